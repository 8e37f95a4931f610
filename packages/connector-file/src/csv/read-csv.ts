import { pipeline, Readable } from "node:stream";
import { CsvError, parse } from "csv-parse";
import { fileError } from "../file-error.js";
import type { Limits } from "../options.js";
import type { Row, Table } from "../row.js";
import { type OpenFile, untouched } from "../source-file.js";
import { findDelimiter } from "./delimiter.js";
import { decoded, type Encoding, findEncoding } from "./encoding.js";

export interface CsvSettings {
  readonly delimiter?: string | undefined;
  readonly encoding?: string | undefined;
  readonly mayEndOpen: boolean;
  readonly limits: Limits;
  readonly signal: AbortSignal;
  /** Rows carry the text that they were read from. */
  readonly raw?: boolean | undefined;
  /** Somebody may still be writing it. */
  readonly young?: boolean | undefined;
}

export interface CsvShape {
  readonly encoding: Encoding;
  readonly delimiter: string;
  readonly lineEnd: string;
}

const sampleBytes = 64 * 1024;

/** How the file is written, as far as its beginning tells. */
export async function findShape({ file, handle }: OpenFile, settings: Pick<CsvSettings, "delimiter" | "encoding">): Promise<CsvShape> {
  const encoding = await findEncoding(handle, file.name, settings.encoding);
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(sampleBytes), 0, sampleBytes, 0);
  const text = new TextDecoder(encoding.name).decode(buffer.subarray(encoding.mark, bytesRead), { stream: true });
  const lineEnd = /\r\n|\n|\r/.exec(text)?.[0] ?? "\n";
  // The last line of a sample is cut anywhere.
  const whole = bytesRead < sampleBytes ? text : text.slice(0, text.lastIndexOf(lineEnd) + 1 || text.length);
  return { encoding, delimiter: settings.delimiter ?? findDelimiter(whole, file.name), lineEnd };
}

interface Parsed {
  readonly record: string[];
  readonly info: { readonly lines: number };
  readonly raw?: string;
}

/** The rows of a text file, in one pass and without holding more than one of them. */
export async function readCsv(open: OpenFile, settings: CsvSettings): Promise<Table> {
  const shape = await findShape(open, settings);
  const { file } = open;
  let lastSign = "\n";
  let left: "whole" | "cut" | "withheld" = "whole";
  async function* text(): AsyncGenerator<string> {
    for await (const piece of decoded(bytesOf(open, settings.signal), shape.encoding, file.name)) {
      lastSign = piece.at(-1) ?? lastSign;
      yield piece;
    }
  }
  async function* rows(): AsyncGenerator<Row> {
    let width = 0;
    let last: Row | undefined;
    for await (const row of parsed(text(), { shape, settings, name: file.name })) {
      // One behind, because only at the end it is known which row is the last.
      if (last) yield last;
      width = Math.max(width, last?.cells.length ?? 0);
      last = row;
    }
    if (!last) return;
    const endsOpen = !endsLine(lastSign);
    if (endsOpen && ((settings.young && !settings.mayEndOpen) || !(await untouched(open)))) left = "withheld";
    else if (endsOpen && last.cells.length < width) left = "cut";
    if (left === "whole") yield last;
  }
  return {
    rows: rows(),
    written: `${shape.encoding.name}, separated by ${shown(shape.delimiter)}`,
    doubt() {
      if (left === "cut") throw truncated(file.name, "its last line stops in the middle");
      if (left === "withheld") return "its last line is still being written";
      return endsLine(lastSign) || settings.mayEndOpen ? undefined : noLineEnd;
    },
  };
}

const noLineEnd = "its last line has no line end, so it may be cut off there (`mayEndOpen` says that it never has one)";

function endsLine(sign: string): boolean {
  return sign === "\n" || sign === "\r";
}

function shown(delimiter: string): string {
  return delimiter === "\t" ? "tabs" : delimiter;
}

async function* bytesOf({ file, handle }: OpenFile, signal: AbortSignal): AsyncGenerator<Buffer> {
  const size = 256 * 1024;
  for (let at = 0; at < file.bytes; ) {
    signal.throwIfAborted();
    const length = Math.min(size, file.bytes - at);
    const { buffer, bytesRead } = await handle.read(Buffer.allocUnsafe(length), 0, length, at);
    if (bytesRead === 0) return;
    at += bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}

interface Parsing {
  readonly shape: CsvShape;
  readonly settings: CsvSettings;
  readonly name: string;
}

async function* parsed(text: AsyncIterable<string>, { shape, settings, name }: Parsing): AsyncGenerator<Row> {
  const parser = parse({
    delimiter: shape.delimiter,
    // Files that were put together from several have both; a lone carriage return is a line end only where there is no other.
    record_delimiter: shape.lineEnd === "\r" ? ["\r"] : ["\r\n", "\n"],
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    info: true,
    raw: settings.raw === true,
    max_record_size: settings.limits.maxRowBytes,
  });
  pipeline(Readable.from(text, { objectMode: false }), parser, () => undefined);
  try {
    // The parser takes the two signs of a line end within quotes for two lines.
    let doubled = 0;
    for await (const each of parser as AsyncIterable<Parsed>) {
      const within = each.record.reduce((count, cell) => count + matches(cell, /\r\n|\n|\r/g), 0);
      if (within > 0) doubled += each.record.reduce((count, cell) => count + matches(cell, /\r\n/g), 0);
      yield {
        number: each.info.lines - doubled - within,
        cells: each.record.map((cell) => (cell === "" ? null : cell)),
        ...(each.raw === undefined ? {} : { raw: written(each.raw, shape.lineEnd) }),
      };
    }
  } catch (error) {
    throw plainer(error, name, settings.limits);
  }
}

/** The parser gives of each line end around a row its first sign only, and blank lines in front of it. */
function written(raw: string, lineEnd: string): string {
  const whole = lineEnd === "\r" ? raw : raw.replace(/^\r+/, (ends) => "\r\n".repeat(ends.length)).replace(/\r$/, "\r\n");
  return /[\r\n]$/.test(whole) ? whole : whole + lineEnd;
}

function matches(cell: string, pattern: RegExp): number {
  return cell.includes("\n") || cell.includes("\r") ? (cell.match(pattern)?.length ?? 0) : 0;
}

function plainer(error: unknown, name: string, limits: Limits): unknown {
  if (!(error instanceof CsvError)) return error;
  const line = Number((error as unknown as { readonly lines?: number }).lines ?? 0);
  if (error.code === "CSV_MAX_RECORD_SIZE")
    return fileError(
      "row-too-long",
      `${name}: the row near line ${line} is longer than ${limits.maxRowBytes} characters. A quote that is never closed makes one of many.`,
      "Check the quotes there and the delimiter, or raise `limits.maxRowBytes`.",
    );
  if (error.code === "CSV_QUOTE_NOT_CLOSED") return truncated(name, `a quote that is opened before line ${line} is never closed`);
  return fileError("damaged", `${name}, line ${line}: ${error.message}`, "Check the file there, or export it again.");
}

function truncated(name: string, how: string): unknown {
  return fileError("truncated", `${name} is cut off: ${how}.`, "Export the file again; what was read before stays.");
}
