import type { Account } from "./account.js";
import { addCustomer, changeAppointment, changeCustomer } from "./changes.js";
import { keyOfField } from "./data/custom-fields.js";
import type { Customer } from "./data/customers.js";
import { parseZoneless } from "./data/moment.js";
import { type Extra, type Id, mongoId, type Records } from "./data/records.js";
import type { Row } from "./rows/organisation-rows.js";

/** Sets keys of a row on the record behind it; keys that are derived stay as they were set by hand. */
export function withSet<R extends Extra>(record: R, set: Row): R {
  const own: Record<string, unknown> = {};
  const extra: Record<string, unknown> = { ...record.extra };
  for (const [key, value] of Object.entries(set)) {
    if (key in record && key !== "extra") own[key] = momentKeys.has(key) ? momentOf(value) : value;
    else extra[key] = value;
  }
  return { ...record, ...own, ...(Object.keys(extra).length > 0 ? { extra } : {}) };
}

const momentKeys: ReadonlySet<string> = new Set(["createdAt", "updatedAt", "lastLoginAt", "startAt", "endAt"]);

function momentOf(value: unknown): unknown {
  if (typeof value !== "string") return value;
  const ms = parseZoneless(value) ?? Date.parse(value);
  if (Number.isNaN(ms)) throw new Error(`"${value}" is no moment: give YYYY-MM-DD HH:mm:ss or ISO 8601.`);
  return ms;
}

/** What a person in the web app does to one kind of record. */
export interface Hands<R> {
  add(set: Row): R;
  change(record: R, set: Row): R;
}

export function plainHands<R extends Extra>(account: Account, records: Records<R>): Hands<R> {
  return {
    add: (set) => {
      const blank = records.record(records.nextIndex);
      return records.add(withSet("createdAt" in blank ? { ...blank, createdAt: account.nowMs() } : blank, set));
    },
    change: (record, set) => records.replace(idOf(record), withSet(record, set)),
  };
}

/** As `plainHands`, for records whose ids are made of their moment. */
export function mongoHands<R extends Extra>(account: Account, records: Records<R>, key: "id" | "_id"): Hands<R> {
  const plain = plainHands(account, records);
  return { ...plain, add: (set) => plain.add({ [key]: mongoId(account.nowMs(), records.nextIndex), ...set }) };
}

export function customerHands(account: Account): Hands<Customer> {
  const split = (customer: Customer, set: Row): Customer => {
    const custom: Record<string, unknown> = { ...customer.custom };
    const rest: Record<string, unknown> = { ...set };
    for (const field of account.customFields.all()) {
      const key = keyOfField(field);
      if (field.contactType !== customer.type || !(key in set)) continue;
      custom[key] = set[key];
      delete rest[key];
    }
    return withSet({ ...customer, custom }, rest);
  };
  return {
    add: (set) => {
      const now = account.nowMs();
      const customer = split({ ...account.customers.record(account.customers.nextIndex), createdAt: now, updatedAt: now }, set);
      return addCustomer(account, customer, customer.ownerId);
    },
    change: (customer, set) => {
      const after = split(customer, set);
      return changeCustomer(account, customer, "updatedAt" in set ? after : { ...after, updatedAt: account.nowMs() });
    },
  };
}

const hourMs = 3_600_000;

export function appointmentHands(account: Account): Hands<ReturnType<Account["appointments"]["record"]>> {
  // The row shows these with what they point at; somebody who sets them means the pointer.
  const pointers = { contact: "customerId", setter: "userId", closer: "closerId", status: "outcomeId" } as const;
  const split = (set: Row): Row => {
    const plain: Record<string, unknown> = { ...set };
    for (const [shown, own] of Object.entries(pointers)) {
      if (!(shown in set)) continue;
      delete plain[shown];
      plain[own] = (set[shown] as { readonly id?: unknown } | null)?.id ?? null;
    }
    for (const shown of ["startAtTimezone", "endAtTimezone"]) {
      if (!(shown in set)) continue;
      delete plain[shown];
      plain.timezone = set[shown];
    }
    return plain;
  };
  return {
    add: (set) => {
      const now = account.nowMs();
      const blank = { ...account.appointments.record(account.appointments.nextIndex), outcomeId: null, createdAt: now, updatedAt: now };
      return account.appointments.add(withSet({ ...blank, startAt: now + 24 * hourMs, endAt: now + 24 * hourMs + hourMs / 2 }, split(set)));
    },
    change: (appointment, set) => {
      const after = withSet(appointment, split(set));
      return changeAppointment(account, appointment, "updatedAt" in set ? after : { ...after, updatedAt: account.nowMs() });
    },
  };
}

function idOf(record: object): Id {
  const id = "_id" in record ? record._id : "id" in record ? record.id : undefined;
  if (typeof id !== "string" && typeof id !== "number") throw new Error("The record has no id.");
  return id;
}
