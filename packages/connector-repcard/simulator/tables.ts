import type { Table, Tables } from "@fieldwright/connector-kit/testing";
import type { Account } from "./account.js";
import type { Extra, Id, Records } from "./data/records.js";
import { appointmentHands, customerHands, type Hands, mongoHands, plainHands } from "./hands.js";
import { appointmentRow } from "./rows/appointment-row.js";
import { appointmentAttachmentRow, customerAttachmentRow } from "./rows/attachment-rows.js";
import { customerRow } from "./rows/customer-row.js";
import { noteRow } from "./rows/note-row.js";
import { calendarRow, companyRow, customFieldRow, officeRow, type Row, statusRow, teamRow, userRow } from "./rows/organisation-rows.js";
import { statusLogRow } from "./rows/status-log-row.js";

/** The account as streams of rows: what a full read by the API gives. */
export function tablesOf(account: Account): Tables {
  const hands = <R extends Extra>(records: Records<R>): Hands<R> => plainHands(account, records);
  return {
    companies: tableOf({ key: "id", records: account.companies, row: companyRow, hands: hands(account.companies) }),
    offices: tableOf({ key: "id", records: account.offices, row: officeRow, hands: hands(account.offices) }),
    teams: tableOf({ key: "id", records: account.teams, row: teamRow, hands: hands(account.teams) }),
    users: tableOf({ key: "id", records: account.users, row: (user) => userRow(account, user), hands: hands(account.users) }),
    statuses: tableOf({ key: "id", records: account.statuses, row: statusRow, hands: hands(account.statuses) }),
    calendars: tableOf({ key: "id", records: account.calendars, row: calendarRow, hands: hands(account.calendars) }),
    custom_fields: tableOf({ key: "id", records: account.customFields, row: customFieldRow, hands: hands(account.customFields) }),
    customers: tableOf({
      key: "id",
      records: account.customers,
      row: (customer) => customerRow(account, customer),
      hands: customerHands(account),
    }),
    status_logs: tableOf({
      key: "_id",
      records: account.statusLogs,
      row: (log) => statusLogRow(account, log),
      hands: mongoHands(account, account.statusLogs, "_id"),
    }),
    appointments: tableOf({
      key: "id",
      records: account.appointments,
      row: (one) => appointmentRow(account, one),
      hands: appointmentHands(account),
    }),
    // A client knows whose notes it asked for.
    notes: tableOf({
      key: "id",
      records: account.notes,
      row: (note) => ({ ...noteRow(account, note), customerId: note.customerId }),
      hands: mongoHands(account, account.notes, "id"),
    }),
    customer_attachments: tableOf({
      key: "id",
      records: account.customerAttachments,
      row: (one) => customerAttachmentRow(account, one),
      hands: hands(account.customerAttachments),
    }),
    appointment_attachments: tableOf({
      key: "id",
      records: account.appointmentAttachments,
      row: (one) => appointmentAttachmentRow(account, one),
      hands: hands(account.appointmentAttachments),
    }),
  };
}

interface Shown<R extends P, P> {
  readonly key: string;
  readonly records: Records<R, P>;
  readonly row: (record: R) => Row;
  readonly hands: Hands<R>;
}

function tableOf<R extends P, P>({ key, records, row, hands }: Shown<R, P>): Table {
  const find = (id: Id): R | undefined =>
    records.get(id) ?? (typeof id === "string" && /^\d+$/.test(id) ? records.get(Number(id)) : undefined);
  const existing = (id: Id): R => {
    const record = find(id);
    if (record === undefined) throw new Error(`There is no record ${id}.`);
    return record;
  };
  const rows = function* (): Generator<Row> {
    for (const record of records.all()) yield row(record);
  };
  return {
    key,
    get size() {
      return records.size;
    },
    get: (id) => {
      const record = find(id);
      return record === undefined ? undefined : row(record);
    },
    has: (id) => find(id) !== undefined,
    slice: (offset, limit) => records.slice(offset, limit).map(row),
    filter: (test) => [...rows()].filter(test),
    add: (set) => row(hands.add(set)),
    change: (id, set) => row(hands.change(existing(id), set)),
    remove: (id) => {
      records.remove(row(existing(id))[key] as Id);
    },
    useClock: () => undefined, // the account has the clock already
    [Symbol.iterator]: rows,
  };
}
