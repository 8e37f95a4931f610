import { open as openHandle } from "node:fs/promises";
import { dirname, join } from "node:path";
import { type Call, type Outcome, VendorError } from "@fieldwright/connector-kit";
import { stringify } from "csv-stringify/sync";
import type { BoundStream } from "../bound-stream.js";
import { encoderOf } from "../csv/encoding.js";
import { type CsvShape, findShape, readCsv } from "../csv/read-csv.js";
import { fileError } from "../file-error.js";
import { headed } from "../header.js";
import { type Column, columnsOf } from "../layout/columns.js";
import type { Row, Table } from "../row.js";
import { firstBytes, inPlace, type OpenFile } from "../source-file.js";
import { type ChangeSet, changeSet, type Wish, wishKey } from "./change-set.js";
import { replaceFile } from "./replace-file.js";

export interface Target {
  readonly bound: BoundStream;
  readonly path: string;
  readonly call: Call;
}

const flushAt = 256 * 1024;

/** Changes a text file: rows that are not asked about stay as they are written, to the byte. */
export async function changeText(target: Target, open: OpenFile, wishes: readonly Wish[]): Promise<readonly Outcome[]> {
  const { bound, path } = target;
  const shape = await findShape(open, bound.options);
  const encode = encoderOf(shape.encoding.name);
  if (!encode)
    throw fileError("not-writable", `${open.file.name} is ${shape.encoding.name}, which cannot be written.`, "Save it as UTF-8.");
  const standing = await standingIn(target, open, wishes);
  const changes = changeSet(wishes, { ...standing, keyField: bound.key.field, writable: (text) => encode(text) !== undefined });
  if (changes.changed.size + changes.deleted.size + changes.added.length === 0) return changes.outcomes;
  const bytes = (text: string): Buffer => encode(text) ?? Buffer.alloc(0);
  if (bound.options.write === "append") await append(open, path, { changes, shape, bytes });
  else
    await replaceFile(
      path,
      async (handle) => {
        await handle.writeFile(await firstBytes(open.handle, shape.encoding.mark));
        for await (const piece of rewritten(target, open, { changes, shape, ...standing })) await handle.writeFile(bytes(piece));
      },
      () => stillOurs(open),
    );
  return changes.outcomes;
}

async function stillOurs(open: OpenFile): Promise<void> {
  if (await inPlace(open)) return;
  throw new VendorError(`${open.file.name} was changed by another program meanwhile. Nothing was written.`, {
    code: "file/changed",
    next: "retry",
  });
}

async function tableOf({ bound, call }: Target, open: OpenFile): Promise<Table> {
  // A target is ours to write, so a last line without an end is no sign of a cut.
  return readCsv(open, { ...bound.options, mayEndOpen: true, limits: bound.limits, signal: call.signal, raw: true });
}

/** A row that was left out in reading would be lost in writing. */
function whole(table: Table, open: OpenFile): void {
  const why = table.doubt();
  if (why !== undefined) throw fileError("still-written", `${open.file.name}: ${why}. Nothing was written.`, "Run again.");
}

interface InFile {
  readonly columns: readonly Column[];
  readonly headerRow: number;
  readonly counts: ReadonlyMap<string, number>;
}

async function standingIn(target: Target, open: OpenFile, wishes: readonly Wish[]): Promise<InFile> {
  const { bound } = target;
  const table = await tableOf(target, open);
  const head = await headed(table.rows, open.file.name, bound.options.headerRow);
  if (!head) throw fileError("no-header", `${open.file.name} has no column titles.`, "Delete it, and let the first write make it anew.");
  const columns = columnsOf(head.header, { stream: bound.name, options: bound.options, layouts: bound.layouts, file: open.file.name });
  const wanted = new Set(wishes.map((wish) => wishKey(wish, bound.key.field)));
  const counts = new Map<string, number>();
  for await (const row of head.rows) {
    const key = keyIn(row, columns, bound);
    if (key !== undefined && wanted.has(key)) counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  whole(table, open);
  return { columns, counts, headerRow: head.header.row };
}

/** A row whose cells may stand under wrong titles has no key: it is left alone. */
function keyIn(row: Row, columns: readonly Column[], { key }: BoundStream): string | undefined {
  const column = columns.find((one) => one.field === key.field);
  const cell = column && row.cells[column.at];
  if (typeof cell !== "string" || row.cells.length !== columns.length) return undefined;
  const read = column?.reader.read(cell);
  return read && "value" in read ? String(read.value).trim() : undefined;
}

interface Rewriting extends InFile {
  readonly changes: ChangeSet;
  readonly shape: CsvShape;
}

async function* rewritten(target: Target, open: OpenFile, { changes, columns, headerRow, shape }: Rewriting): AsyncGenerator<string> {
  const table = await tableOf(target, open);
  let text = "";
  for await (const row of table.rows) {
    const key = row.number > headerRow ? keyIn(row, columns, target.bound) : undefined;
    if (key !== undefined && changes.deleted.has(key)) continue;
    const cells = key === undefined ? undefined : changes.changed.get(key);
    text += cells ? line(withCells(row, cells), shape) : (row.raw ?? "");
    if (text.length < flushAt) continue;
    yield text;
    text = "";
  }
  whole(table, open);
  yield text + changes.added.map((row) => line(row, shape)).join("");
}

function withCells(row: Row, cells: ReadonlyMap<number, string>): readonly string[] {
  return row.cells.map((cell, at) => cells.get(at) ?? (typeof cell === "string" ? cell : ""));
}

function line(cells: readonly string[], { delimiter, lineEnd }: CsvShape): string {
  // A line break of either kind ends a row for some reader or other.
  return stringify([cells], { delimiter, record_delimiter: lineEnd, quoted_match: /[\r\n"]/ });
}

interface Appending {
  readonly changes: ChangeSet;
  readonly shape: CsvShape;
  readonly bytes: (text: string) => Buffer;
}

async function append(open: OpenFile, path: string, { changes, shape, bytes }: Appending): Promise<void> {
  const end = await lastOf(open, bytes(shape.lineEnd).length);
  const gap = open.file.bytes > 0 && !end.equals(bytes(shape.lineEnd)) ? shape.lineEnd : "";
  const handle = await openHandle(path, "a");
  try {
    await handle.writeFile(bytes(gap + changes.added.map((row) => line(row, shape)).join("")));
    await handle.sync();
  } catch (error) {
    // A full disk takes half a row: none of the batch stays.
    await handle.truncate(open.file.bytes);
    throw error;
  } finally {
    await handle.close();
  }
}

async function lastOf({ file, handle }: OpenFile, count: number): Promise<Buffer> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(count), 0, count, Math.max(0, file.bytes - count));
  return buffer.subarray(0, bytesRead);
}

/** A file with titles and no row yet. */
export async function makeText({ bound, path }: Target): Promise<void> {
  const titles = Object.keys(bound.options.columns ?? {});
  if (titles.length === 0)
    throw fileError(
      "no-columns",
      `${join(dirname(path), bound.options.file)} is not there, and nobody says which columns it has.`,
      "Give `columns`: title -> field, in their order.",
    );
  const delimiter = bound.options.delimiter ?? (/\.(tsv|tab)$/i.test(path) ? "\t" : ",");
  await replaceFile(path, async (handle) => {
    await handle.writeFile(line(titles, { delimiter, lineEnd: "\n", encoding: { name: "utf-8", mark: 0 } }));
  });
}
