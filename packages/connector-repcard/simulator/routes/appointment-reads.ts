import type { Context, Hono } from "hono";
import { type Account, appointmentsOf } from "../account.js";
import type { Appointment } from "../data/appointments.js";
import { type Span, spanOf, within } from "../day-span.js";
import { pagedList, paginator } from "../envelopes.js";
import { missing } from "../refusal.js";
import { idIn, idsIn, pageOf, sliceOf } from "../request.js";
import { appointmentRow } from "../rows/appointment-row.js";
import { customerOr404 } from "./customer-reads.js";

export function addAppointmentReads(app: Hono, account: Account): void {
  app.get("/api/appointments", (c) => {
    for (const name of ["from_date", "to_date"]) if (!c.req.query(name)) throw missing(name);
    // The days are those of the start, not of creation or change.
    const span = exclusiveSpanIn(c, account);
    const belongs = peopleFilter(c);
    const passes = (appointment: Appointment): boolean => within(appointment.startAt, span) && belongs(appointment);
    const slice = sliceOf(c, account.appointments, {
      ...pageOf(c, account.settings),
      passes,
      row: (appointment) => appointmentRow(account, appointment),
    });
    return c.json(pagedList(slice));
  });

  app.get("/api/customers/:id/appointments", (c) => {
    const customer = customerOr404(account, idIn(c));
    const { page, perPage } = pageOf(c, account.settings);
    const all = appointmentsOf(account, customer.id);
    const rows = all.slice((page - 1) * perPage, page * perPage).map((one) => appointmentRow(account, one));
    return c.json(paginator(c, { rows, page, perPage, total: all.length }));
  });
}

/** `from_date` and `to_date`, the latter left out itself unless the settings say otherwise. */
export function exclusiveSpanIn(c: Context, account: Account): Span {
  return spanOf({
    names: ["from_date", "to_date"],
    from: c.req.query("from_date") || undefined,
    to: c.req.query("to_date") || undefined,
    zone: c.req.header("UserTimeZone"),
    toExclusive: account.settings.toDateExclusive,
  });
}

/** The four comma lists that appointments and their attachments share. */
export function peopleFilter(c: Context): (appointment: Appointment) => boolean {
  const customers = idsIn(c, "customer_ids");
  const statuses = idsIn(c, "status_ids");
  const setters = idsIn(c, "setter_ids");
  const closers = idsIn(c, "closer_ids");
  const has = (ids: ReadonlySet<number> | undefined, id: number | null): boolean => ids === undefined || (id !== null && ids.has(id));
  return (appointment) =>
    has(customers, appointment.customerId) &&
    has(statuses, appointment.outcomeId) &&
    has(setters, appointment.userId) &&
    has(closers, appointment.closerId);
}
