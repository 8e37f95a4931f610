import type { Call, DataRecord, Page, Position, ReadRequest } from "@fieldwright/connector-kit";
import { VendorError } from "@fieldwright/connector-kit";
import type { Api } from "./api.js";
import { bulkRows } from "./bulk-rows.js";
import { deletedSince } from "./deleted-records.js";
import type { Module } from "./modules.js";
import { dataOf } from "./record-pages.js";

const path = "/crm/bulk/v8/read";
const price = 50;

export interface BulkReading {
  readonly api: Api;
  readonly module: Module;
  readonly request: ReadRequest;
  readonly call: Call;
  readonly since?: string | undefined;
  readonly position?: Position;
}

/** A job, the page of the module that it covers, and how many of its rows are done. Zoho keeps its result for a day. */
interface Place {
  readonly bulkPage: number;
  readonly job: string;
  readonly row: number;
  readonly startedMs: number;
}

/** All records, or those changed since, 200,000 a job. Lookups come as `{ id }`, without their names. */
export async function* readBulk(reading: BulkReading): AsyncGenerator<Page> {
  const { api, module, request, call } = reading;
  let place = await placeOf(reading);
  for (;;) {
    const { count, more, url } = await finished(api, place.job, call);
    const rows = bulkRows(api, module, await api.download(url, call));
    let batch: DataRecord[] = [];
    let row = 0;
    for await (const record of rows) {
      row += 1;
      if (row <= place.row) continue;
      if (batch.length === request.pageSize) {
        yield { records: batch, next: { ...place, row: row - 1 }, total: count };
        batch = [];
      }
      batch.push(record);
    }
    if (!more) {
      const isShifted =
        place.bulkPage > 1 && (await deletedSince(api, { module, sinceMs: place.startedMs - api.assumptions.clockSlackMs }, call));
      yield { records: batch, complete: reading.since === undefined && !isShifted };
      return;
    }
    const bulkPage = place.bulkPage + 1;
    place = { bulkPage, job: await start(reading, bulkPage), row: 0, startedMs: place.startedMs };
    yield { records: batch, next: { ...place } };
  }
}

async function placeOf(reading: BulkReading): Promise<Place> {
  const { position, api } = reading;
  if (position !== undefined)
    return {
      bulkPage: Number(position.bulkPage),
      job: String(position.job),
      row: Number(position.row),
      startedMs: Number(position.startedMs),
    };
  const startedMs = api.now().getTime();
  return { bulkPage: 1, job: await start(reading, 1), row: 0, startedMs };
}

/** The id of a new job. */
async function start({ api, module, since, call }: BulkReading, page: number): Promise<string> {
  const changed = { field: { api_name: "Modified_Time" }, comparator: "greater_equal", value: since };
  const criteria = since === undefined ? {} : { criteria: { group_operator: "and", group: [changed] } };
  const fields = ["id", ...module.fields.map((field) => field.name)];
  const json = { query: { module: { api_name: module.name }, fields, page, ...criteria }, file_type: "csv" };
  // A job twice is 50 credits more, and no harm else.
  const answer = await api.send({ method: "POST", path, json, safeToRepeat: true, credits: price }, call);
  const [made] = dataOf(answer.body);
  const id = ((made?.details ?? {}) as DataRecord).id;
  if (typeof id === "string") return id;
  throw new VendorError(`Zoho took no bulk read job for ${module.name}.`, {
    code: "zoho/no-bulk-job",
    next: "stop-stream",
    hint: "Read fewer fields with `fields`, or set `bulkFrom` to 100000 so that lists are used as far as they reach.",
  });
}

async function finished(
  api: Api,
  job: string,
  call: Call,
): Promise<{ readonly count: number; readonly more: boolean; readonly url: string }> {
  const isDone = (body: unknown) => ["COMPLETED", "FAILURE", "FAILED"].includes(String(dataOf(body)[0]?.state));
  const [item] = dataOf(await api.poll({ path: `${path}/${job}` }, isDone, call));
  const result = (item?.result ?? {}) as { count?: unknown; more_records?: unknown; download_url?: unknown };
  if (item?.state !== "COMPLETED" || typeof result.download_url !== "string")
    throw new VendorError(`Zoho's bulk read job ${job} failed.`, {
      code: "zoho/bulk-failed",
      next: "stop-stream",
      hint: "Run again: a new job is made.",
    });
  return { count: Number(result.count), more: result.more_records === true, url: result.download_url };
}
