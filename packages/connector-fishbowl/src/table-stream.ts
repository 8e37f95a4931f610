import { type Call, type Cursor, type DataRecord, defineStream, type Page, type Stream, VendorError } from "@fieldwright/connector-kit";
import type { Api } from "./api.js";
import { chunks, column, list } from "./sql.js";
import type { TableModel } from "./table-model.js";
import { readAll, readChanged, readRevised, select } from "./walk.js";

const keysAQuery = 200;
const findable = new Set(["text", "integer"]);

/** A stream over a table, without writes. */
export function tableStream(api: Api, model: TableModel): Stream {
  const { kind } = model;
  return defineStream({
    name: kind.name,
    about: kind.about,
    key: "id",
    fields: model.fields,
    ...cursorOf(api, model),
    references: Object.fromEntries(Object.entries(kind.references ?? {}).filter(([name]) => model.fields[name] !== undefined)),
    // A mark of the link to the accounting program.
    ...(model.fields.accountingHash ? { volatile: ["accountingHash"] } : {}),
    listing: { maxPageSize: api.assumptions.maxPageSize, complete: "by-page", total: false },
    read: (request, call): AsyncGenerator<Page> => {
      const isIncremental = request.since !== undefined || request.until !== undefined;
      if (!isIncremental) return readAll(api, model, request, call);
      return model.audited ? readRevised(api, model, request, call) : readChanged(api, model, request, call);
    },
    get: (keys, call) => getRecords(api, model, keys, call),
    find: (field, values, call) => findRecords(api, model, { field, values, call }),
  });
}

function cursorOf(api: Api, { audited, changedAt }: TableModel): { readonly cursor?: Cursor } {
  if (audited)
    return {
      cursor: { field: "revision", type: "integer", granularity: "exact", filter: true, overlap: api.assumptions.overlapRevisions },
    };
  if (changedAt === undefined) return {};
  const overlap = api.assumptions.overlapSeconds * 1000;
  return { cursor: { field: changedAt, type: "datetime", granularity: "microsecond", filter: true, overlap } };
}

export async function getRecords(api: Api, model: TableModel, keys: readonly string[], call: Call): Promise<readonly DataRecord[]> {
  const ids = [...new Set(keys.filter(isId).map(Number))];
  const found: DataRecord[] = [];
  for (const some of chunks(ids, keysAQuery)) found.push(...(await select(api, model, `t.id IN ${list(some)}`, call)));
  return found;
}

interface Asked {
  readonly field: string;
  readonly values: readonly unknown[];
  readonly call: Call;
}

/** The database compares without regard to case and to blanks at the end: what is not equal is left out again. */
async function findRecords(api: Api, model: TableModel, { field, values, call }: Asked): Promise<readonly DataRecord[]> {
  const wanted = [...new Set(values.filter((value) => value !== null && value !== undefined && value !== "").map(String))];
  const type = model.asked.find((one) => one.field === field && one.sql === column(field))?.type;
  if (type === undefined || !findable.has(type)) throw cannotFindBy(model, field);
  const usable = type === "integer" ? wanted.filter((value) => /^-?\d{1,15}$/.test(value)).map(Number) : wanted;
  const found: DataRecord[] = [];
  for (const some of byLength(usable)) found.push(...(await select(api, model, `${column(field)} IN ${list(some)}`, call)));
  return found.filter((record) => wanted.includes(String(record[field])));
}

/** Texts may be long, and a query may not. */
function byLength(values: readonly (string | number)[]): readonly (readonly (string | number)[])[] {
  const some: (string | number)[][] = [];
  let room = 0;
  for (const value of values) {
    const length = encodeURIComponent(String(value)).length + 12;
    if (room < length || (some.at(-1)?.length ?? 0) >= keysAQuery) {
      some.push([]);
      room = 1500;
    }
    some.at(-1)?.push(value);
    room -= length;
  }
  return some;
}

export function isId(key: string): boolean {
  return /^[1-9]\d{0,15}$/.test(key);
}

function cannotFindBy(model: TableModel, field: string): VendorError {
  const names = model.asked.filter(({ sql, field: name, type }) => sql === column(name) && findable.has(type)).map((one) => one.field);
  return new VendorError(`Fishbowl's ${model.kind.name} cannot be searched by "${field}".`, {
    code: "fishbowl/cannot-find-by",
    next: "stop-stream",
    field,
    hint: `Match by one of ${names.slice(0, 12).join(", ")}.`,
  });
}
