import type { Call, DataRecord, Page, Position, ReadRequest } from "@fieldwright/connector-kit";
import { VendorError } from "@fieldwright/connector-kit";
import { quoteName } from "@fieldwright/connector-kit/sql";
import { reading } from "./door.js";
import { keyText, splitKey } from "./key.js";
import { bounded, isFull, type Listed } from "./listed.js";
import type { Column } from "./table.js";
import { valueText } from "./value-text.js";

/** Up to this many rows, as the planner estimates them, counting takes no time worth mentioning. */
const countedRows = 50_000;

/**
 * Pages in the order of the key; with `since`, in the order of the cursor and then the key.
 *
 * Each page is a query of its own, so that no transaction stays open while pages are worked on, and a read goes on from any page.
 * A listing in the order of the key proves what is gone: a row that was there all the time, under one key, lies between two
 * positions and was seen by the page that covers them. Rows that appear behind the position are not seen; they are new, so
 * nobody takes them for deleted, and the next read brings them.
 */
export async function* pagesByKey(listed: Listed, request: ReadRequest, call: Call): AsyncGenerator<Page> {
  const total = request.position ? undefined : await totalOf(listed, request, call);
  let position = request.position;
  do {
    const query = pageQuery(listed, request, position);
    const rows = await reading(listed.door, call, (session) => session.query(query.text, query.values));
    const records = rows.slice(0, request.pageSize).map(listed.select.record);
    const last = records.at(-1);
    position = rows.length > request.pageSize && last ? positionAfter(listed, request, last) : undefined;
    yield {
      records,
      ...(total === undefined ? {} : { total }),
      ...(position === undefined ? { complete: isFull(listed, request) } : { next: position }),
    };
  } while (position !== undefined);
}

function pageQuery(
  listed: Listed,
  request: ReadRequest,
  position: Position | undefined,
): { readonly text: string; readonly values: readonly unknown[] } {
  const { table, key, select } = listed;
  const order = orderOf(listed, request);
  const conditions = bounded(listed, request);
  if (position) {
    const parts = splitKey(key, String(position.after));
    const start = order.length > key.columns.length ? [String(position.at), ...(parts ?? [])] : parts;
    if (start?.length !== order.length)
      throw new VendorError(`The place where the read of ${table.stream} stopped does not fit its key any more.`, {
        code: "sql/position",
        next: "stop-stream",
        hint: "Read the stream in full with `--full`.",
      });
    const places = order.map((column, index) => conditions.place(column, start[index] ?? ""));
    conditions.add(`(${names(order)}) > (${places.join(", ")})`);
  }
  return {
    // One row more than asked for tells whether there is another page.
    text: `select ${select.list} from ${table.path} t${conditions.where} order by ${names(order)} limit ${Math.floor(request.pageSize) + 1}`,
    values: conditions.values,
  };
}

function orderOf(listed: Listed, request: ReadRequest): readonly Column[] {
  const { key, cursor } = listed;
  return cursor === undefined || isFull(listed, request) ? key.columns : [cursor, ...key.columns];
}

function names(columns: readonly Column[]): string {
  return columns.map((column) => `t.${quoteName(column.name)}`).join(", ");
}

function positionAfter(listed: Listed, request: ReadRequest, record: DataRecord): Position {
  const after = keyText(listed.key, record);
  const { cursor } = listed;
  return cursor === undefined || isFull(listed, request) ? { after } : { after, at: valueText(cursor, record[cursor.name]) };
}

/** Exact for small tables and where an index serves the bounds; else the planner's estimate. */
async function totalOf(listed: Listed, request: ReadRequest, call: Call): Promise<number | undefined> {
  const { table } = listed;
  const full = isFull(listed, request);
  if (table.kind === "view" && table.estimatedRows === undefined) return undefined; // a view's count may cost as much as the view
  if (full && (table.estimatedRows ?? 0) > countedRows) return table.estimatedRows;
  if (!full && (table.estimatedRows ?? 0) > countedRows && !listed.cursor?.indexed) return undefined;
  const conditions = bounded(listed, request);
  const [row] = await reading(listed.door, call, (session) =>
    session.query<{ count: number }>(`select pg_catalog.count(*) as count from ${table.path} t${conditions.where}`, conditions.values),
  );
  return row === undefined ? undefined : Number(row.count);
}
