import type { Account } from "../account.js";
import type { Appointment } from "../data/appointments.js";
import { isoText, zonelessText } from "../data/moment.js";
import { outcomes } from "../data/statuses.js";
import { customerRow } from "./customer-row.js";
import { calendarRow, type Row } from "./organisation-rows.js";

/** An appointment as the lists and the answer to its creation print it. */
export function appointmentRow(account: Account, appointment: Appointment): Row {
  return {
    id: appointment.id,
    title: appointment.title,
    appointmentLink: appointment.appointmentLink,
    notes: appointment.notes,
    userId: appointment.userId,
    setter: personIn(account, appointment.userId),
    closerId: appointment.closerId,
    closer: personIn(account, appointment.closerId),
    calendarId: appointment.calendarId,
    contact: contactIn(account, appointment.customerId),
    // UTC, although a zone stands beside it.
    startAt: zonelessText(appointment.startAt),
    startAtTimezone: appointment.timezone,
    endAt: zonelessText(appointment.endAt),
    endAtTimezone: appointment.timezone,
    appointmentLocation: appointment.appointmentLocation,
    status: outcomes.find((outcome) => outcome.id === appointment.outcomeId) ?? null,
    createdAt: isoText(appointment.createdAt),
    updatedAt: isoText(appointment.updatedAt),
    durationTime: durationOf(appointment),
    ...appointment.extra,
  };
}

/** The other object: what changing an appointment answers with. */
export function rawAppointmentRow(account: Account, appointment: Appointment): Row {
  const calendar = appointment.calendarId === null ? undefined : account.calendars.get(appointment.calendarId);
  const customer = account.customers.get(appointment.customerId);
  return {
    id: appointment.id,
    crmId: 1,
    title: appointment.title,
    appointmentLink: appointment.appointmentLink,
    notes: appointment.notes,
    apptOutcomeNotes: null,
    userId: appointment.userId,
    closerId: appointment.closerId,
    dispatcherId: null,
    calendarEventId: appointment.calendarId,
    resourceId: appointment.customerId,
    remindAt: zonelessText(appointment.startAt),
    endAt: zonelessText(appointment.endAt),
    startAtTimezone: appointment.timezone,
    endAtTimezone: appointment.timezone,
    latitude: customer?.latitude ?? null,
    longitude: customer?.longitude ?? null,
    statusId: appointment.outcomeId,
    isCompleted: appointment.outcomeId === null ? 0 : 1,
    appointmentType: "REPCARD",
    dataSource: "API",
    lastUpdatedBySource: "API",
    createdAt: isoText(appointment.createdAt),
    updatedAt: isoText(appointment.updatedAt),
    deletedAt: null,
    durationTime: durationOf(appointment),
    confirmationStatus: null,
    rescheduleDate: null,
    calendar: calendar ? calendarRow(calendar) : null,
    resource: customer ? customerRow(account, customer) : null,
    closer: personIn(account, appointment.closerId),
  };
}

function durationOf(appointment: Appointment): number {
  return Math.round((appointment.endAt - appointment.startAt) / 60_000);
}

function personIn(account: Account, userId: number | null): Row | null {
  const user = userId === null ? undefined : account.users.get(userId);
  if (!user) return null;
  const person = { id: user.id, fullName: `${user.firstName} ${user.lastName}`, email: user.email, phoneNumber: user.phoneNumber };
  // Some answers carry the status, some do not.
  return user.id % 2 === 0 ? { ...person, status: user.status } : person;
}

/** Here the phone number is in E.164; in the customer's own row it is ten digits. */
function contactIn(account: Account, customerId: number): Row | null {
  const customer = account.customers.get(customerId);
  if (!customer) return null;
  const { id, firstName, lastName, countryCode, phoneNumber, contactSource } = customer;
  return {
    id,
    fullName: `${firstName} ${lastName ?? ""}`.trim(),
    email: customer.email ?? "",
    phoneNumber: phoneNumber === "" ? "" : `${countryCode}${phoneNumber}`,
    contactSource,
  };
}
