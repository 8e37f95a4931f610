import type { Call, DataRecord, Page, ReadRequest } from "@fieldwright/connector-kit";
import type { Api, Row } from "./api.js";
import { withItems } from "./order-items.js";
import { recordOf } from "./record.js";
import { literal } from "./sql.js";
import type { TableModel } from "./table-model.js";

/** A piece of SQL between FROM and LIMIT, with what its rows are in order of. */
interface Step {
  readonly from: string;
  readonly where: readonly string[];
  readonly order: string;
  /** More columns than the model's. */
  readonly more?: string;
}

/** All records by id: what is created or deleted meanwhile moves no other, so a short page ends a listing that held them all. */
export async function* readAll(api: Api, model: TableModel, request: ReadRequest, call: Call): AsyncGenerator<Page> {
  let after = numberIn(request.position?.after);
  for (;;) {
    const rows = await step(
      api,
      model,
      {
        from: `${model.kind.table} t`,
        where: after === undefined ? [] : [`t.id > ${after}`],
        order: "t.id",
        ...(model.audited ? { more: `,(SELECT MAX(a.REV) FROM ${model.kind.table}_aud a WHERE a.id = t.id) AS revision` } : {}),
      },
      { pageSize: request.pageSize, call },
    );
    const records = await recordsOf(api, model, rows, call);
    after = numberIn(records.at(-1)?.id) ?? after;
    const isLast = rows.length < request.pageSize;
    yield { records, ...(isLast ? { complete: true } : { next: { after: after ?? 0 } }) };
    if (isLast) return;
  }
}

/** What changed since, oldest change first: a record that changes meanwhile goes beyond `until`, and comes with the next read. */
export async function* readChanged(api: Api, model: TableModel, request: ReadRequest, call: Call): AsyncGenerator<Page> {
  const stamp = `t.${model.changedAt ?? ""}`;
  const until = request.until === undefined ? [] : [`${stamp} <= ${literal(api.zone.highest(request.until))}`];
  let at = typeof request.position?.at === "string" ? request.position.at : api.zone.lowest(request.since ?? "1970-01-01T00:00:00Z");
  let after = numberIn(request.position?.after);
  for (;;) {
    const beyond = after === undefined ? [] : [`(${stamp} > ${literal(at)} OR t.id > ${after})`];
    const rows = await step(
      api,
      model,
      {
        from: `${model.kind.table} t`,
        where: [`${stamp} >= ${literal(at)}`, ...beyond, ...until],
        order: `${stamp}, t.id`,
      },
      { pageSize: request.pageSize, call },
    );
    const records = await recordsOf(api, model, rows, call);
    const isLast = rows.length < request.pageSize;
    const last = rows.at(-1);
    if (last) {
      at = String(last.get((model.changedAt ?? "").toLowerCase())).replace("T", " ");
      after = numberIn(last.get("id")) ?? after;
    }
    yield { records, ...(isLast ? {} : { next: { at, after: after ?? 0 } }) };
    if (isLast) return;
  }
}

/** The same by revisions of the audit table, which grow with every change and have no time zone. */
export async function* readRevised(api: Api, model: TableModel, request: ReadRequest, call: Call): AsyncGenerator<Page> {
  const since = numberIn(request.since) ?? 0;
  const until = request.until === undefined ? "" : ` AND a.REV <= ${numberIn(request.until) ?? 0}`;
  let at = numberIn(request.position?.at);
  let after = numberIn(request.position?.after) ?? 0;
  for (;;) {
    const changed = `(SELECT a.id AS id, MAX(a.REV) AS rev FROM ${model.kind.table}_aud a WHERE a.REV >= ${at ?? since}${until} GROUP BY a.id)`;
    const rows = await step(
      api,
      model,
      {
        from: `${changed} r JOIN ${model.kind.table} t ON t.id = r.id`,
        where: at === undefined ? [] : [`(r.rev > ${at} OR t.id > ${after})`],
        order: "r.rev, t.id",
        more: ",r.rev AS revision",
      },
      { pageSize: request.pageSize, call },
    );
    const records = await recordsOf(api, model, rows, call);
    const isLast = rows.length < request.pageSize;
    at = numberIn(records.at(-1)?.revision) ?? at;
    after = numberIn(records.at(-1)?.id) ?? after;
    yield { records, ...(isLast ? {} : { next: { at: at ?? since, after } }) };
    if (isLast) return;
  }
}

/** Records that a condition picks, with no thought of pages. */
export async function select(api: Api, model: TableModel, where: string, call: Call): Promise<readonly DataRecord[]> {
  const more = model.audited ? { more: `,(SELECT MAX(a.REV) FROM ${model.kind.table}_aud a WHERE a.id = t.id) AS revision` } : {};
  const rows = await step(api, model, { from: `${model.kind.table} t`, where: [where], order: "t.id", ...more }, { call });
  return recordsOf(api, model, rows, call);
}

function step(
  api: Api,
  model: TableModel,
  { from, where, order, more = "" }: Step,
  { pageSize, call }: { readonly pageSize?: number; readonly call: Call },
): Promise<readonly Row[]> {
  const asked = model.asked.map(({ as, sql, field }) => (sql === `t.\`${field}\`` ? sql : `${sql} AS \`${as}\``)).join(",");
  const condition = where.length === 0 ? "" : ` WHERE ${where.join(" AND ")}`;
  const limit = pageSize === undefined ? "" : ` LIMIT ${pageSize}`;
  return api.query(`SELECT ${asked}${more} FROM ${from}${condition} ORDER BY ${order}${limit}`, call);
}

async function recordsOf(api: Api, model: TableModel, rows: readonly Row[], call: Call): Promise<readonly DataRecord[]> {
  const records = rows.map((row) => {
    const record = recordOf(model, row, api.zone);
    return model.audited ? { ...record, revision: numberIn(row.get("revision")) ?? null } : record;
  });
  return model.kind.table === "so" && api.options.orderItems ? withItems(api, records, call) : records;
}

function numberIn(value: unknown): number | undefined {
  const number = typeof value === "string" && value !== "" ? Number(value) : value;
  return typeof number === "number" && Number.isSafeInteger(number) ? number : undefined;
}
