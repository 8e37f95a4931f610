import { type Call, type DataRecord, defineStream, type Page, type ReadRequest, type Stream } from "@fieldwright/connector-kit";
import type { Api, Row } from "./api.js";
import { fieldValue } from "./record.js";
import { chunks, list } from "./sql.js";
import type { TableModel } from "./table-model.js";
import { isId } from "./table-stream.js";

/** Which records of a table were deleted, as its audit table keeps it. Ids are never given out again. */
export function deletedStream(api: Api, model: TableModel): Stream {
  return defineStream({
    name: `${model.kind.name}_deleted`,
    about: `Deletions among ${model.kind.name}: the id that is gone, the revision and who did it.`,
    key: "id",
    fields: {
      id: { type: "integer", readOnly: true },
      revision: { type: "integer", readOnly: true },
      userId: { type: "integer", readOnly: true },
    },
    cursor: { field: "revision", type: "integer", granularity: "exact", filter: true, overlap: api.assumptions.overlapRevisions },
    references: { userId: "users" },
    // A server may purge its audit tables.
    listing: { maxPageSize: api.assumptions.maxPageSize, complete: "never", total: false },
    read: (request, call) => readDeleted(api, model, request, call),
    async get(keys, call) {
      const found: DataRecord[] = [];
      for (const some of chunks(keys.filter(isId).map(Number), 200))
        found.push(...recordsOf(api, await api.query(`${selected(api, model)} AND a.id IN ${list(some)} ORDER BY a.REV`, call)));
      return found;
    },
  });
}

async function* readDeleted(
  api: Api,
  model: TableModel,
  { pageSize, position, since, until }: ReadRequest,
  call: Call,
): AsyncGenerator<Page> {
  const bounds = [
    since === undefined ? "" : ` AND a.REV >= ${Number(since)}`,
    until === undefined ? "" : ` AND a.REV <= ${Number(until)}`,
  ].join("");
  let [at, after] = [Number(position?.at ?? 0), Number(position?.after ?? 0)];
  for (;;) {
    const beyond = ` AND a.REV >= ${at} AND (a.REV > ${at} OR a.id > ${after})`;
    const rows = await api.query(`${selected(api, model)}${bounds}${beyond} ORDER BY a.REV, a.id LIMIT ${pageSize}`, call);
    const records = recordsOf(api, rows);
    const isLast = rows.length < pageSize;
    at = Number(records.at(-1)?.revision ?? at);
    after = Number(records.at(-1)?.id ?? after);
    yield { records, ...(isLast ? {} : { next: { at, after } }) };
    if (isLast) return;
  }
}

function selected(api: Api, { kind }: TableModel): string {
  return `SELECT a.id, a.REV AS revision, i.modifiedUserId AS userId FROM ${kind.table}_aud a LEFT JOIN revinfo i ON i.id = a.REV WHERE a.REVTYPE = ${api.assumptions.deletedRevisionType}`;
}

function recordsOf({ zone }: Api, rows: readonly Row[]): readonly DataRecord[] {
  const integer = (row: Row, name: string) => fieldValue("integer", row.get(name), zone);
  return rows.map((row) => ({ id: integer(row, "id"), revision: integer(row, "revision"), userId: integer(row, "userid") }));
}
