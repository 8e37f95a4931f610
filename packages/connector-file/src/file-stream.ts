import type { Call, DataRecord, Field, Stream } from "@fieldwright/connector-kit";
import type { BoundStream } from "./bound-stream.js";
import { describeFile, type FileDescription } from "./describe-file.js";
import { placeOf, targetFiles } from "./find-files.js";
import { fieldsOf } from "./layout/columns.js";
import { columnReader, columnShape } from "./layout/convert.js";
import { gather, listing } from "./listing.js";
import { writesOf } from "./write/writes.js";

/** Columns are looked up in this many of a stream's files. */
const describedFiles = 20;

// Clocks of file servers differ from ours.
const overlapMs = 5 * 60_000;

const own: Readonly<Record<string, Field>> = {
  _file: { type: "text", readOnly: true, about: "The file that the row stands in." },
  _sheet: { type: "text", readOnly: true, about: "The sheet, in Excel files." },
  _row: { type: "integer", readOnly: true, about: "The row of the sheet, or the line of the file." },
  _problems: { type: "list", of: { type: "text" }, readOnly: true, about: "Cells that could not be read, with their places." },
};

export async function fileStream(bound: BoundStream, call: Call): Promise<Stream> {
  const { name, key, options } = bound;
  const place = await placeOf(bound.folder, options.file);
  const { about, fields, more } = await lookAt(bound, call);
  return {
    name,
    about,
    fields,
    open: more,
    key: key.field,
    volatile: ["_file", "_sheet", "_row"],
    listing: { maxPageSize: 1000, complete: "by-page", total: false },
    settlesWithinMs: 0,
    ...(place.kind === "files" && options.skipUnchanged
      ? { cursor: { type: "datetime" as const, granularity: "millisecond" as const, filter: true, overlap: overlapMs } }
      : {}),
    read: (request, use) => listing(bound, request, use),
    get: (keys, use) => byKeys(bound, keys, use),
    find: (field, values, use) => byValues(bound, { field, values }, use),
    ...writesOf(bound, place),
  };
}

async function byKeys(bound: BoundStream, keys: readonly string[], call: Call): Promise<readonly DataRecord[]> {
  const wanted = new Set(keys);
  if (wanted.size === 0) return [];
  return gather(bound, call, { fits: (record) => wanted.has(String(record[bound.key.field])), most: wanted.size });
}

interface Search {
  readonly field: string;
  readonly values: readonly unknown[];
}

async function byValues(bound: BoundStream, { field, values }: Search, call: Call): Promise<readonly DataRecord[]> {
  const wanted = new Set(values.filter((value) => value !== null && value !== undefined).map(String));
  if (wanted.size === 0) return [];
  const has = (value: unknown): boolean => value !== null && value !== undefined && wanted.has(String(value));
  return gather(bound, call, { fits: (record) => has(record[field]) });
}

interface Look {
  readonly about: string;
  readonly fields: Readonly<Record<string, Field>>;
  readonly more: boolean;
}

/** What the files say of themselves. One that cannot be read takes no other stream with it: reading the stream tells why. */
async function lookAt(bound: BoundStream, call: Call): Promise<Look> {
  try {
    const files = await targetFiles(bound);
    if (files.length === 0)
      return { about: `${bound.options.file} is not there yet.`, fields: fieldsWith(bound, promised(bound)), more: false };
    const found: FileDescription[] = [];
    for (const file of files.slice(0, describedFiles)) {
      const description = await describeFile(file, bound, call.signal);
      if (description) found.push(description);
    }
    const about = `${bound.options.file}: ${found[0]?.written ?? "no rows yet"}`;
    return { about, fields: fieldsWith(bound, fieldsIn(found)), more: files.length > describedFiles };
  } catch (error) {
    call.signal.throwIfAborted();
    const why = error instanceof Error ? error.message : String(error);
    return { about: `${bound.options.file} cannot be read: ${why}`, fields: fieldsWith(bound, promised(bound)), more: true };
  }
}

/** A column that two files read as two types is text. */
function fieldsIn(found: readonly FileDescription[]): Readonly<Record<string, Field>> {
  const fields = new Map<string, Field>();
  for (const [name, field] of found.flatMap(({ columns }) => Object.entries(fieldsOf(columns)))) {
    const before = fields.get(name);
    fields.set(name, before === undefined || before.type === field.type ? field : { type: "text" });
  }
  return Object.fromEntries(fields);
}

/** The columns that a file will have once it is there. */
function promised({ options }: BoundStream): Readonly<Record<string, Field>> {
  const names = Object.values(options.columns ?? {});
  return Object.fromEntries(names.map((name) => [name, columnReader(columnShape(options.types[name], options)).field]));
}

function fieldsWith({ key }: BoundStream, columns: Readonly<Record<string, Field>>): Readonly<Record<string, Field>> {
  const column = Object.hasOwn(columns, key.field) ? columns[key.field] : undefined;
  const keyField: Field =
    key.kind === "column"
      ? { ...(column ?? { type: "text" }), required: true, readOnly: "after-create" }
      : { type: "text", readOnly: true };
  return { ...columns, [key.field]: keyField, ...own };
}
