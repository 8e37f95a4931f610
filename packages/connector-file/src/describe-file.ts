import type { BoundStream } from "./bound-stream.js";
import { asFileError } from "./file-error.js";
import { fingerprint, headed } from "./header.js";
import { type Column, columnsOf } from "./layout/columns.js";
import { guessType, type TypeGuess } from "./layout/guess-type.js";
import { readRows } from "./open-table.js";
import type { Row } from "./row.js";
import { openSource, type SourceFile } from "./source-file.js";

/** How a file is understood, for people to confirm. */
export interface FileDescription {
  readonly file: string;
  /** "utf-8, separated by ;" */
  readonly written: string;
  readonly headerRow: number;
  readonly fingerprint: string;
  /** Titles that were blank or stood twice. */
  readonly remarks: readonly string[];
  readonly columns: readonly DescribedColumn[];
  /** Fields that are different in each of the rows looked at, and blank in none. */
  readonly possibleKeys: readonly string[];
  readonly rowsLookedAt: number;
}

export interface DescribedColumn extends Column {
  readonly looksLike: TypeGuess;
  readonly samples: readonly string[];
}

const lookedAt = 200;

/** Reads the first rows only. `undefined` for a file without any row. */
export async function describeFile(found: SourceFile, bound: BoundStream, signal: AbortSignal): Promise<FileDescription | undefined> {
  const { options: stream, limits } = bound;
  try {
    const open = await openSource(found, limits);
    try {
      const table = await readRows(open, { stream, limits, signal });
      const head = await headed(table.rows, open.file.name, stream.headerRow);
      if (!head) return undefined;
      const columns = columnsOf(head.header, { stream: bound.name, options: stream, layouts: bound.layouts, file: open.file.name });
      const rows = await first(head.rows, lookedAt);
      const described = columns.map((column) => ({ ...column, ...lookOf(rows, column.at) }));
      return {
        file: open.file.name,
        written: table.written,
        headerRow: head.header.row,
        fingerprint: fingerprint(head.header.titles),
        remarks: head.header.remarks,
        columns: described,
        possibleKeys: described.filter(({ at }) => isUnique(rows, at)).map((column) => column.field),
        rowsLookedAt: rows.length,
      };
    } finally {
      await open.handle.close();
    }
  } catch (error) {
    throw asFileError(found.name, error);
  }
}

async function first(rows: AsyncIterable<Row>, count: number): Promise<readonly Row[]> {
  const found: Row[] = [];
  for await (const row of rows) {
    found.push(row);
    if (found.length === count) break;
  }
  return found;
}

function lookOf(rows: readonly Row[], at: number): Pick<DescribedColumn, "looksLike" | "samples"> {
  const values = textsOf(rows, at);
  return { looksLike: guessType(values), samples: values.slice(0, 3).map((value) => value.slice(0, 40)) };
}

function isUnique(rows: readonly Row[], at: number): boolean {
  const values = textsOf(rows, at);
  return rows.length > 0 && values.length === rows.length && new Set(values).size === rows.length;
}

function textsOf(rows: readonly Row[], at: number): readonly string[] {
  return rows.map((row) => row.cells[at]).filter((cell) => typeof cell === "string");
}
