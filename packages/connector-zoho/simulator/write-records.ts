import type { DataRecord } from "@fieldwright/connector-kit";
import { checkRecord, missing, unknownId } from "./check-record.js";
import type { ModuleTable } from "./module-table.js";
import { momentOf } from "./moments.js";
import type { Org } from "./org.js";
import { type Complaint, complaint, refuse } from "./refusal.js";

export interface Writing {
  readonly org: Org;
  readonly table: ModuleTable;
  readonly body: DataRecord;
  readonly unmodifiedSince?: string | undefined;
}

export type Result = DataRecord & { readonly status: string };

const allAutomation = ["approval", "workflow", "blueprint", "pathfinder", "orchestration"];

/** The records of a body, or a refusal where it is none or too many. */
export function recordsOf(body: DataRecord): readonly DataRecord[] {
  const data = body.data;
  if (!Array.isArray(data)) throw refuse("MANDATORY_NOT_FOUND", "required field not found", { api_name: "data", json_path: "$.data" });
  return data as readonly DataRecord[];
}

export function createRecords(writing: Writing): readonly Result[] {
  return recordsOf(writing.body).map((body, index) => createOne(writing, body, index));
}

export function updateRecords(writing: Writing): readonly Result[] {
  return recordsOf(writing.body).map((body, index) => updateOne(writing, { body, index, id: body.id }));
}

export function upsertRecords(writing: Writing): readonly Result[] {
  const fields = checkFieldsOf(writing);
  return recordsOf(writing.body).map((body, index) => {
    if (body.id !== undefined) return { ...updateOne(writing, { body, index, id: body.id }), action: "update", duplicate_field: null };
    const field = fields.find((name) => writing.table.holderOf(name, body[name]) !== undefined);
    const result =
      field === undefined
        ? createOne(writing, body, index)
        : updateOne(writing, { body, index, id: writing.table.holderOf(field, body[field]) });
    return result.status === "error"
      ? result
      : { ...result, action: field === undefined ? "insert" : "update", duplicate_field: field ?? null };
  });
}

/** In the order in which they are tried. */
function checkFieldsOf({ table, body }: Writing): readonly string[] {
  const { module } = table;
  const able = [
    ...(module.systemDuplicateField === undefined ? [] : [module.systemDuplicateField]),
    ...module.fields.filter((field) => field.unique).map((field) => field.name),
  ];
  const asked = body.duplicate_check_fields;
  if (!Array.isArray(asked)) return able;
  const wrong = asked.find((name) => !able.includes(String(name)));
  if (wrong !== undefined)
    throw refuse("INVALID_DATA", "invalid data", {
      api_name: "duplicate_check_fields",
      json_path: "$.duplicate_check_fields",
      supported_values: able,
    });
  return asked.map(String);
}

function createOne(writing: Writing, body: DataRecord, index: number): Result {
  const checked = checkRecord({ ...writing, body, index });
  if ("complaint" in checked) return failed(checked.complaint);
  const made = writing.table.add(checked.set);
  setOff(writing);
  return success(writing, String(made.id), "record added");
}

function updateOne(writing: Writing, { body, index, id }: { body: DataRecord; index: number; id: unknown }): Result {
  if (id === undefined || id === null) return failed(missing({ index }, "id"));
  const { table, org } = writing;
  const before = table.record(String(id));
  if (before === undefined) return failed(unknownId({ index }));
  if (before.Converted__s === true)
    return failed(complaint("CONVERTED_RECORD", "the record is converted", { api_name: "id", json_path: `$.data[${index}].id`, id }));
  const limit = momentOf(writing.unmodifiedSince);
  if (limit !== undefined && before.Modified_Time > limit) return alreadyModified(org, before);
  const checked = checkRecord({ ...writing, body, index, id: String(id) });
  if ("complaint" in checked) return failed(checked.complaint);
  table.change(String(id), checked.set);
  setOff(writing);
  return success(writing, String(id), "record updated");
}

function alreadyModified(org: Org, before: DataRecord): Result {
  return failed(
    complaint("ALREADY_MODIFIED", "record updated time has already passed if-unmodified-since time", {
      id: before.id,
      Modified_Time: org.moment(Number(before.Modified_Time)),
      Created_Time: org.moment(Number(before.Created_Time)),
      Modified_By: named(org, before.Modified_By),
      Created_By: named(org, before.Created_By),
    }),
  );
}

function success({ org, table }: Writing, id: string, message: string): Result {
  const record = table.record(id);
  const details = {
    id,
    Created_Time: org.moment(Number(record?.Created_Time)),
    Modified_Time: org.moment(Number(record?.Modified_Time)),
    Created_By: named(org, record?.Created_By),
    Modified_By: named(org, record?.Modified_By),
    $approval_state: "approved",
  };
  return { code: "SUCCESS", details, message, status: "success" };
}

function named(org: Org, id: unknown): DataRecord {
  const { name, id: found } = org.user(id);
  return { name, id: found };
}

function failed(what: Complaint): Result {
  return { ...what };
}

/** Without `trigger` everything runs; with an empty one nothing. */
function setOff({ org, table, body }: Writing): void {
  const chosen = Array.isArray(body.trigger) ? body.trigger.map(String) : allAutomation;
  for (const one of chosen) org.automation.push(`${table.module.name} ${one}`);
}
