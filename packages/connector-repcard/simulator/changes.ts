import type { Account } from "./account.js";
import type { Appointment } from "./data/appointments.js";
import type { Customer } from "./data/customers.js";
import { mongoId } from "./data/records.js";

/** Adds a customer and the first line of its history. */
export function addCustomer(account: Account, customer: Customer, by: number): Customer {
  account.customers.add(customer);
  if (customer.statusId !== null) logStatus(account, customer, { from: null, by });
  return customer;
}

/** Changes a customer; another status is logged, as whoever changes it. */
export function changeCustomer(account: Account, before: Customer, set: Partial<Customer>): Customer {
  const after = { ...before, ...set, updatedAt: set.updatedAt ?? account.nowMs() };
  account.customers.replace(before.id, after);
  if (after.statusId !== null && after.statusId !== before.statusId)
    logStatus(account, after, { from: before.statusId, by: after.ownerId });
  return after;
}

export function changeAppointment(account: Account, before: Appointment, set: Partial<Appointment>): Appointment {
  return account.appointments.replace(before.id, { ...before, ...set, updatedAt: set.updatedAt ?? account.nowMs() });
}

export function addNote(account: Account, note: { readonly customerId: number; readonly userId: number; readonly text: string }): void {
  const createdAt = account.nowMs();
  account.notes.add({
    id: mongoId(createdAt, account.notes.nextIndex),
    note: note.text,
    customerId: note.customerId,
    userId: note.userId,
    createdAt,
  });
}

function logStatus(account: Account, customer: Customer, change: { readonly from: number | null; readonly by: number }): void {
  if (customer.statusId === null) return;
  const createdAt = account.nowMs();
  account.statusLogs.add({
    _id: mongoId(createdAt, account.statusLogs.nextIndex),
    customerId: customer.id,
    statusFromId: change.from,
    statusToId: customer.statusId,
    userId: change.by,
    createdAt,
  });
}
