import { allRecords, type Call, type DataRecord, VendorError } from "@fieldwright/connector-kit";
import type { Collection } from "../collections/collection.js";
import type { Api } from "./api.js";
import { shapeOf } from "./query.js";
import { includedOf, recordOf } from "./record.js";
import { walk } from "./walk.js";

export async function getRecords(
  api: Api,
  { collection, keys }: { readonly collection: Collection; readonly keys: readonly string[] },
  call: Call,
): Promise<readonly DataRecord[]> {
  const found: DataRecord[] = [];
  for (const key of new Set(keys)) {
    const single = await api.one(`/${collection.name}/${encodeURIComponent(key)}`, shapeOf(api, collection), call);
    // Any of the three paths of jobs finds any job, so the answer may be of another stream.
    if (single && isOfStream(collection, single.data.attributes.domain))
      found.push(recordOf(collection, single.data, includedOf(single.included)));
  }
  return found;
}

const domains: Readonly<Record<string, string>> = { services: "Service", opportunities: "Sales", productions: "Production" };

function isOfStream({ name, isJob }: Collection, domain: unknown): boolean {
  return !isJob || domain === undefined || domain === null || domain === domains[name];
}

/** A search looks at more than was asked for, so its answer is compared once more. */
export async function findRecords(
  api: Api,
  { collection, field, values }: { readonly collection: Collection; readonly field: string; readonly values: readonly unknown[] },
  call: Call,
): Promise<readonly DataRecord[]> {
  const wanted = [...new Set(values.map(String))];
  if (field === "id" && collection.one) return getRecords(api, { collection, keys: wanted }, call);
  if (wanted.length === 0) return [];
  const filter = collection.finds[field];
  if (filter === undefined) throw cannotFindBy(collection, field);
  const found = new Map<string, DataRecord>();
  for (const value of wanted) {
    const request = { pageSize: api.options.assumptions.maxPageSize };
    const records = await allRecords(walk(api, { collection, request, extra: { [`filter[${filter}]`]: value } }, call));
    for (const record of records) if (String(record[field]) === value) found.set(String(record.id), record);
  }
  return [...found.values()];
}

function cannotFindBy({ name, finds }: Collection, field: string): VendorError {
  const known = ["id", ...Object.keys(finds)].join(", ");
  return new VendorError(`Centerpoint cannot look for ${name} by ${field}.`, {
    code: "centerpoint/cannot-find-by",
    next: "stop-stream",
    hint: `It can by: ${known}. Match by one of these, or by what was read before.`,
  });
}
