import type { Context, Hono } from "hono";
import type { Account } from "../account.js";
import { changeAppointment } from "../changes.js";
import type { Appointment } from "../data/appointments.js";
import type { Customer } from "../data/customers.js";
import { parseZoneless } from "../data/moment.js";
import { outcomes } from "../data/statuses.js";
import type { User } from "../data/users.js";
import { standard } from "../envelopes.js";
import { type Body, invalid, misshapen, missing, numberOf, Refusal, requireKeys, textOf } from "../refusal.js";
import { bodyOf, idIn } from "../request.js";
import { appointmentRow, rawAppointmentRow } from "../rows/appointment-row.js";
import { createFrom } from "./customer-writes.js";
import { ofEmail } from "./user-writes.js";

export function addAppointmentWrites(app: Hono, account: Account): void {
  app.post("/api/appointments", async (c) => {
    const body = await bodyOf(c);
    requireKeys(body, ["calendarId", "setterEmail", "startAt", "endAt"]);
    const setter = userIn(account, body, "setterEmail");
    const now = account.nowMs();
    const blank: Appointment = {
      ...account.appointments.record(account.appointments.nextIndex),
      ...{ title: "", appointmentLink: "", notes: "", appointmentLocation: "", closerId: null, outcomeId: null, userId: setter.id },
      // The setter's own zone, whatever `timezone` says.
      timezone: zoneOf(account, setter),
      createdAt: now,
      updatedAt: now,
    };
    const fields = fieldsIn(account, body);
    const customer = contactIn(account, body, setter);
    const appointment = account.appointments.add({ ...blank, ...fields, customerId: customer.id });
    account.messages.push(`Text to ${customer.phoneNumber || customer.email || "nobody"}: your appointment.`);
    return c.json(standard(appointmentRow(account, appointment), "Appointment added successfully."));
  });

  app.patch("/api/appointments/:id", async (c) => change(c, idIn(c), await bodyOf(c)));

  app.post("/api/appointment/update", async (c) => {
    const body = await bodyOf(c);
    requireKeys(body, ["reminderId"]);
    return change(c, numberOf(body.reminderId), body);
  });

  app.post("/api/appointments/set-outcome", async (c) => {
    const items = (await bodyOf(c)).appointments;
    if (!Array.isArray(items) || items.length === 0) throw missing("appointments");
    // One after the other: those before a bad one have been set when it is refused.
    for (const item of items) setOutcome(account, item as Body);
    return c.json(standard({}, "Appointment updated successfully."));
  });

  const change = (c: Context, id: number | undefined, body: Body): Response => {
    const before = id === undefined ? undefined : account.appointments.get(id);
    if (!before) throw new Refusal(404, "Appointment not found.");
    const after = changeAppointment(account, before, fieldsIn(account, body));
    account.messages.push(`Text about the changed appointment ${after.id}.`);
    return c.json(standard(rawAppointmentRow(account, after), "Appointment updated successfully."));
  };
}

function userIn(account: Account, body: Body, key: string): User {
  const user = ofEmail(account, textOf(body[key]) ?? "");
  if (!user) throw invalid(key);
  return user;
}

function zoneOf(account: Account, user: User): string {
  const office = user.officeId === null ? undefined : account.offices.get(user.officeId);
  return office?.timezone ?? "UTC";
}

function fieldsIn(account: Account, body: Body): Partial<Appointment> {
  const set: Record<string, unknown> = {};
  for (const key of ["title", "appointmentLink", "appointmentLocation", "notes"]) if (key in body) set[key] = textOf(body[key]) ?? "";
  for (const key of ["startAt", "endAt"]) if (key in body) set[key] = momentIn(body, key);
  if ("calendarId" in body) {
    const id = numberOf(body.calendarId);
    if (id === undefined || !account.calendars.get(id)) throw invalid("calendarId");
    set.calendarId = id;
  }
  if ("setterEmail" in body) set.userId = userIn(account, body, "setterEmail").id;
  if (body.closerEmail) set.closerId = userIn(account, body, "closerEmail").id;
  return set;
}

function momentIn(body: Body, key: string): number {
  const ms = parseZoneless(body[key]);
  if (ms === undefined) throw misshapen(key, "Y-m-d H:i:s");
  return ms;
}

/** The contact with this phone number, else with this e-mail, else a new lead. The vendor's rule is not known. */
function contactIn(account: Account, body: Body, setter: User): Customer {
  const given: Body = typeof body.customer === "object" && body.customer !== null ? { ...body.customer } : {};
  requireKeys(given, ["firstName"]);
  const phone = digitsOf(textOf(given.phoneNumber) ?? "");
  const email = textOf(given.email)?.toLowerCase();
  let byEmail: Customer | undefined;
  for (const customer of account.customers.all()) {
    if (phone !== "" && digitsOf(customer.phoneNumber) === phone) return customer;
    if (email && customer.email?.toLowerCase() === email) byEmail ??= customer;
  }
  return byEmail ?? createFrom(account, given, { owner: setter, type: 1, statusId: null });
}

function digitsOf(phone: string): string {
  return phone.replaceAll(/\D/g, "").slice(-10);
}

function setOutcome(account: Account, item: Body): void {
  const appointment = account.appointments.get(numberOf(item.id) ?? -1);
  if (!appointment) throw new Refusal(400, `Appointment ${String(item.id)} is invalid.`);
  const wanted = item.outcomeId ?? item.outcome;
  const outcome = outcomes.find((one) => (item.outcomeId === undefined ? one.title === item.outcome : one.id === numberOf(item.outcomeId)));
  if (!outcome) throw new Refusal(400, `Outcome ${String(wanted)} is invalid.`);
  changeAppointment(account, appointment, { outcomeId: outcome.id });
}
