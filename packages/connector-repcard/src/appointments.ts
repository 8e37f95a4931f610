import { defineStream, type Field, oneByOne, type Stream } from "@fieldwright/connector-kit";
import type { Api } from "./api.js";
import { createAppointment, updateAppointment } from "./appointment-writes.js";
import { bothDays, spanOf, within } from "./days.js";
import { numberedListing, readNumbered } from "./listing.js";
import { lookUps } from "./look-ups.js";

const text: Field = { type: "text" };
const person: Field = {
  type: "object",
  readOnly: true,
  fields: { id: { type: "integer" }, fullName: text, email: text, phoneNumber: text, status: text },
};
const moment: Field = {
  type: "datetime",
  zoneless: true,
  required: true,
  about: "In UTC, without saying so, whatever zone stands beside it.",
};
const onlyWritten = (about: string): Field => ({ type: "text", about: `Only written: ${about}` });

export const appointmentFields: Readonly<Record<string, Field>> = {
  id: { type: "integer", readOnly: true },
  title: text,
  appointmentLink: text,
  notes: text,
  userId: { type: "integer", about: "The setter. A create needs it or setterEmail." },
  setter: person,
  closerId: { type: "integer" },
  closer: person,
  calendarId: { type: "integer", required: true },
  contact: {
    type: "object",
    readOnly: "after-create",
    fields: { id: { type: "integer" }, fullName: text, email: text, phoneNumber: text, contactSource: text },
    about: "The customer. A create needs its id, or `customer`.",
  },
  startAt: moment,
  startAtTimezone: { ...text, about: "A create takes the setter's zone, whatever is written." },
  endAt: moment,
  endAtTimezone: { ...text, readOnly: true },
  appointmentLocation: text,
  status: {
    type: "object",
    fields: { id: { type: "integer" }, title: text, category: { type: "object" } },
    about: "The outcome; none until there is one. Written by its id or its title, and never taken away.",
  },
  createdAt: { type: "datetime", readOnly: true },
  updatedAt: { type: "datetime", readOnly: true },
  durationTime: { type: "integer", readOnly: true, about: "Minutes." },
  setterEmail: onlyWritten("the setter by mail address."),
  closerEmail: onlyWritten("the closer by mail address."),
  customer: {
    type: "object",
    readOnly: "after-create",
    about: "Only written: firstName, lastName, email, countryCode, phoneNumber, ... RepCard finds the customer by them or makes a new one.",
  },
};

export function appointments(api: Api): Stream {
  return defineStream({
    name: "appointments",
    about:
      "Appointments with their outcome. RepCard filters them by the day they start on, not by change, so an incremental read is a span of days around today.",
    key: "id",
    fields: appointmentFields,
    open: true,
    // Compared with what is known, not asked for: there is no such filter.
    cursor: { field: "updatedAt", type: "datetime", granularity: "microsecond", filter: false },
    window: { field: "startAt", rolling: { daysBack: api.options.appointmentDaysBack, daysAhead: api.options.appointmentDaysAhead } },
    references: { userId: "users", closerId: "users", "contact.id": "customers", calendarId: "calendars" },
    listing: numberedListing(api),
    batchSize: 20,
    sideEffects:
      "RepCard may send messages to the customer, the setter and the closer. An appointment cannot be cancelled or deleted through the API, and a customer that is not found is made.",
    read(request, call) {
      const span = spanOf({ pageSize: request.pageSize, ...(request.window === undefined ? {} : { window: request.window }) });
      const { from, to } = bothDays(span, api.assumptions);
      return readNumbered(
        api,
        { path: "/appointments", query: { from_date: from, to_date: to }, request, keep: within(span, "startAt") },
        call,
      );
    },
    create(records, call) {
      const look = lookUps(api, call);
      return oneByOne(records, (record) => createAppointment(api, { record, look }, call));
    },
    update(updates, call) {
      const look = lookUps(api, call);
      return oneByOne(updates, (update) => updateAppointment(api, { update, look }, call));
    },
  });
}
