import { type Call, type DataRecord, type Outcome, type Update, VendorError } from "@fieldwright/connector-kit";
import type { Api } from "./api.js";
import { customerFields } from "./customer-fields.js";
import { recordOf } from "./envelope.js";
import type { LookUps } from "./look-ups.js";
import { readBack } from "./read-back.js";
import { refuse } from "./refuse.js";

/** Twice the same create makes two customers: it is never repeated. */
export async function createCustomer(
  api: Api,
  { record, look }: { readonly record: DataRecord; readonly look: LookUps },
  call: Call,
): Promise<Outcome> {
  const { ownerEmail, ...body } = await customerBody(record, look);
  const missing = ["firstName", "phoneNumber", "companyName", "type"].filter((field) => isBlank(body[field]));
  if (missing.length > 0) throw refuse(`RepCard creates a customer only with ${missing.join(", ")}.`, { field: missing[0] ?? "" });
  if (isBlank(ownerEmail))
    throw refuse("RepCard creates a customer only with an owner.", {
      field: "ownerId",
      hint: "Map `ownerId` (a RepCard user) or `ownerEmail`.",
    });
  if (isBlank(body.statusName))
    throw refuse("RepCard creates a customer only with a status.", {
      field: "statusTitle",
      hint: "Map `statusTitle` or `statusId`; the status has to exist for the customer's type.",
    });
  const answer = await api.send(
    { method: "POST", path: "/customers", json: { ...body, userEmail: ownerEmail }, safeToRepeat: false },
    call,
  );
  return written(api, { answer: recordOf(answer.body), created: true }, call);
}

/** RepCard makes a new customer where it does not know the id, and says so by 201 only. */
export async function updateCustomer(
  api: Api,
  { update, look }: { readonly update: Update; readonly look: LookUps },
  call: Call,
): Promise<Outcome> {
  const json = { ...(await customerBody(update.set, look)), id: idOf(update.key), contactIdentifierField: "id" };
  const answer = await api.send({ method: "POST", path: "/customers/upsert", json, safeToRepeat: false }, call);
  const record = recordOf(answer.body);
  if (answer.status === 201 || String(record.id) !== update.key) throw madeInstead(update.key, String(record.id));
  return written(api, { answer: record, created: false }, call);
}

export interface Upsert {
  readonly record: DataRecord;
  readonly on: readonly string[];
  readonly look: LookUps;
}

export async function upsertCustomer(api: Api, { record, on, look }: Upsert, call: Call): Promise<Outcome> {
  const [field] = on;
  if (on.length !== 1 || (field !== "id" && field !== "email")) {
    throw new VendorError(`RepCard upserts customers by id or by email, not by ${on.join(" and ")}.`, {
      code: "repcard/cannot-upsert-by",
      next: "stop-stream",
      hint: "Match by `id` or `email`.",
    });
  }
  const { id, ...rest } = record;
  const named = field === "id" ? id : record.email;
  if (isBlank(named)) throw refuse(`A customer without ${field} cannot be upserted by it.`, { field });
  if (field === "id") return updateCustomer(api, { update: { key: String(named), set: rest }, look }, call);
  const json = { ...(await customerBody(rest, look)), id: named, contactIdentifierField: "email" };
  const answer = await api.send({ method: "POST", path: "/customers/upsert", json, safeToRepeat: false }, call);
  return written(api, { answer: recordOf(answer.body), created: answer.status === 201 }, call);
}

/** The reply of a write lacks what RepCard fills in a moment later (statusTitle, fullName): only a second look is true. */
async function written(
  api: Api,
  { answer, created }: { readonly answer: DataRecord; readonly created: boolean },
  call: Call,
): Promise<Outcome> {
  const key = String(answer.id);
  const seen = await readBack(() => api.recordIfAny(`/customers/${encodeURIComponent(key)}`, {}, call));
  return { ok: true, key, created, ...seen };
}

/** Under the names that RepCard wants; fields that are not declared are the company's own and go as they are. */
async function customerBody(record: DataRecord, look: LookUps): Promise<Record<string, unknown>> {
  const body: Record<string, unknown> = {};
  for (const [field, value] of Object.entries(record)) {
    if (value === undefined || field === "statusId" || field === "statusTitle" || field === "ownerId") continue;
    if (customerFields[field]?.readOnly === true) throw refuse(`RepCard does not let ${field} of a customer be written.`, { field });
    body[field] = writtenValue(field, value);
  }
  if (!isBlank(record.statusTitle)) body.statusName = record.statusTitle;
  else if (!isBlank(record.statusId)) body.statusName = await look.statusName(record.statusId);
  else if (record.statusTitle === null || record.statusId === null)
    throw refuse("RepCard cannot take a customer's status away, only change it.", { field: "statusTitle" });
  if (isBlank(record.ownerEmail) && !isBlank(record.ownerId)) body.ownerEmail = await look.userEmail(record.ownerId);
  return body;
}

function writtenValue(field: string, value: unknown): unknown {
  if (Array.isArray(value) && field === "notes") return value.join("\n");
  if (customerFields[field]?.type !== "text") return value;
  return value === null ? "" : String(value);
}

function madeInstead(asked: string, made: string): VendorError {
  return new VendorError(`RepCard has no customer ${asked} and made a new one, ${made}, instead of refusing.`, {
    code: "repcard/created-instead",
    next: "hold-record",
    hint: `It cannot be deleted through the API: give customer ${made} a void status in RepCard, and correct the link that led to ${asked}.`,
  });
}

function idOf(key: string): number | string {
  return /^\d{1,15}$/.test(key) ? Number(key) : key;
}

function isBlank(value: unknown): boolean {
  return value === undefined || value === null || value === "";
}
