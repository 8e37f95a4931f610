import type { Call, DataRecord, Outcome, Update } from "@fieldwright/connector-kit";
import type { Api } from "./api.js";
import { bothDays, utcText } from "./days.js";
import { recordOf } from "./envelope.js";
import type { LookUps } from "./look-ups.js";
import { phoneParts } from "./phone.js";
import { readBack, thenAlso } from "./read-back.js";
import { refuse } from "./refuse.js";

const asItIs = ["title", "appointmentLink", "appointmentLocation", "calendarId", "notes"] as const;

export async function createAppointment(
  api: Api,
  { record, look }: { readonly record: DataRecord; readonly look: LookUps },
  call: Call,
): Promise<Outcome> {
  const outcome = outcomeIn(record);
  const body = await appointmentBody(record, look);
  for (const field of ["calendarId", "setterEmail", "startAt", "endAt"]) {
    if (body[field] === undefined)
      throw refuse(`RepCard creates an appointment only with ${field}.`, { field: field === "setterEmail" ? "userId" : field });
  }
  const customer = record.customer ?? (await customerOf(api, memberOf(record, "contact", "id"), call));
  const answer = await api.send({ method: "POST", path: "/appointments", json: { ...body, customer }, safeToRepeat: false }, call);
  const made = recordOf(answer.body);
  const key = String(made.id);
  if (outcome !== undefined) await thenAlso(`RepCard made appointment ${key}`, () => setOutcome(api, { key, outcome }, call));
  const customerId = memberOf(made, "contact", "id");
  return { ok: true, key, created: true, ...(await readBack(() => appointmentOf(api, { key, customerId }, call))) };
}

/** RepCard answers with another object than its list shows, but with the customer's id in it: that leads to the row. */
export async function updateAppointment(
  api: Api,
  { update, look }: { readonly update: Update; readonly look: LookUps },
  call: Call,
): Promise<Outcome> {
  const { key, set } = update;
  const outcome = outcomeIn(set);
  const json = await appointmentBody(set, look);
  if (outcome !== undefined) await setOutcome(api, { key, outcome }, call);
  if (Object.keys(json).length === 0) return { ok: true, key, created: false };
  const change = () => api.send({ method: "PATCH", path: `/appointments/${encodeURIComponent(key)}`, json, safeToRepeat: true }, call);
  const answer = outcome === undefined ? await change() : await thenAlso(`RepCard set the outcome of appointment ${key}`, change);
  const customerId = recordOf(answer.body).resourceId;
  return { ok: true, key, created: false, ...(await readBack(() => appointmentOf(api, { key, customerId }, call))) };
}

type AppointmentOutcome = { readonly outcomeId: number } | { readonly outcome: string };

/** One appointment a call: with several, it is not known which were changed when one of them is refused. */
async function setOutcome(api: Api, of: { readonly key: string; readonly outcome: AppointmentOutcome }, call: Call): Promise<void> {
  const json = { appointments: [{ id: Number(of.key), ...of.outcome }] };
  await api.send({ method: "POST", path: "/appointments/set-outcome", json, safeToRepeat: true }, call);
}

function outcomeIn(record: DataRecord): AppointmentOutcome | undefined {
  const id = memberOf(record, "status", "id");
  const title = memberOf(record, "status", "title");
  if (id !== undefined && id !== null) return { outcomeId: Number(id) };
  if (typeof title === "string" && title !== "") return { outcome: title };
  if (record.status === null) throw refuse("RepCard cannot take an appointment's outcome away, only change it.", { field: "status" });
  return undefined;
}

async function appointmentBody(record: DataRecord, look: LookUps): Promise<Record<string, unknown>> {
  const body: Record<string, unknown> = {};
  for (const field of asItIs) if (record[field] !== undefined) body[field] = record[field] ?? "";
  if (record.startAtTimezone !== undefined) body.timezone = record.startAtTimezone;
  for (const field of ["startAt", "endAt"]) {
    if (record[field] === undefined) continue;
    const moment = utcText(record[field]);
    if (moment === undefined) throw refuse(`${field} of an appointment has to be a date and time.`, { field });
    body[field] = moment;
  }
  const setter = record.setterEmail ?? (isGiven(record.userId) ? await look.userEmail(record.userId) : undefined);
  const closer = record.closerEmail ?? (isGiven(record.closerId) ? await look.userEmail(record.closerId) : undefined);
  if (setter !== undefined) body.setterEmail = setter;
  if (closer !== undefined) body.closerEmail = closer;
  return body;
}

/** RepCard takes no customer by id: who it is has to be said again in full. */
async function customerOf(api: Api, id: unknown, call: Call): Promise<DataRecord> {
  if (!isGiven(id))
    throw refuse("RepCard creates an appointment only with a customer.", {
      field: "contact",
      hint: "Map `contact.id`, or `customer` with first name, phone number and so on.",
    });
  const found = await api.recordIfAny(`/customers/${encodeURIComponent(String(id))}`, {}, call);
  if (found === undefined) throw refuse(`RepCard has no customer ${String(id)}.`, { field: "contact" });
  const { firstName, lastName, email, phoneNumber, contactSource, address, city, state, zip } = found;
  const countryCode = typeof found.countryCode === "string" && found.countryCode !== "" ? found.countryCode : api.assumptions.countryCode;
  return { firstName, lastName, email, ...phoneParts(String(phoneNumber ?? ""), countryCode), contactSource, address, city, state, zip };
}

/** There is no reading of one appointment: the list of its customer holds it. */
async function appointmentOf(
  api: Api,
  of: { readonly key: string; readonly customerId: unknown },
  call: Call,
): Promise<DataRecord | undefined> {
  if (!isGiven(of.customerId)) return undefined;
  const { from, to } = bothDays({}, api.assumptions);
  for (let page = 1; ; page += 1) {
    const query = { from_date: from, to_date: to, customer_ids: String(of.customerId), page, per_page: api.assumptions.maxPageSize };
    const got = await api.items("/appointments", query, call);
    const found = got.items.find((item) => String(item.id) === of.key);
    if (found !== undefined || got.last) return found;
  }
}

/** `record.contact.id`, or `record["contact.id"]`. */
function memberOf(record: DataRecord, field: string, member: string): unknown {
  const whole = record[field];
  if (typeof whole === "object" && whole !== null && !Array.isArray(whole)) return (whole as DataRecord)[member];
  return record[`${field}.${member}`];
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null && value !== "";
}
