import { type Appointment, createAppointments } from "./data/appointments.js";
import {
  type AppointmentAttachment,
  type CustomerAttachment,
  createAppointmentAttachments,
  createCustomerAttachments,
} from "./data/attachments.js";
import { type Calendar, createCalendars } from "./data/calendars.js";
import { type CustomField, createCustomFields } from "./data/custom-fields.js";
import { type Customer, type CustomerGlance, createCustomers, customerIdAt } from "./data/customers.js";
import { createGround, type Ground } from "./data/ground.js";
import { wholeSecond } from "./data/moment.js";
import { createNotes, type Note } from "./data/notes.js";
import { type Company, createCompanies, createOffices, createTeams, type Office, type Team } from "./data/organisation.js";
import type { Records } from "./data/records.js";
import { createStatusLogs, type StatusLog } from "./data/status-logs.js";
import { type CustomerStatus, createStatuses } from "./data/statuses.js";
import { createUsers, type User } from "./data/users.js";
import type { Settings } from "./options.js";

/** Everything one RepCard company holds. */
export interface Account {
  readonly settings: Settings;
  readonly ground: Ground;
  readonly companies: Records<Company>;
  readonly offices: Records<Office>;
  readonly teams: Records<Team>;
  readonly users: Records<User>;
  readonly statuses: Records<CustomerStatus>;
  readonly customFields: Records<CustomField>;
  readonly customers: Records<Customer, CustomerGlance>;
  readonly statusLogs: Records<StatusLog>;
  readonly appointments: Records<Appointment>;
  readonly calendars: Records<Calendar>;
  readonly notes: Records<Note>;
  readonly customerAttachments: Records<CustomerAttachment>;
  readonly appointmentAttachments: Records<AppointmentAttachment>;
  /** Files that calls have uploaded, by their path on the file server. */
  readonly uploads: Map<string, Uint8Array>;
  /** Mails and texts that went out to people, in words. */
  readonly messages: string[];
  /** Where files can be fetched, e.g. `http://127.0.0.1:41235/repcard`. Known once their server listens. */
  filesUrl: string;
  /** The clock in whole seconds, as the vendor stores it, in milliseconds. */
  nowMs(): number;
}

export function createAccount(settings: Settings): Account {
  const ground = createGround(settings);
  const { seed, sizes } = settings;
  return {
    settings,
    ground,
    companies: createCompanies(sizes),
    offices: createOffices(seed, sizes),
    teams: createTeams(seed, sizes),
    users: createUsers(seed, sizes, ground.history),
    statuses: createStatuses(),
    customFields: createCustomFields(),
    customers: createCustomers(ground),
    statusLogs: createStatusLogs(ground),
    appointments: createAppointments(ground),
    calendars: createCalendars(sizes),
    notes: createNotes(ground),
    customerAttachments: createCustomerAttachments(ground),
    appointmentAttachments: createAppointmentAttachments(ground),
    uploads: new Map(),
    messages: [],
    filesUrl: "",
    nowMs: () => wholeSecond(settings.clock.now().getTime()),
  };
}

export function logsOf(account: Account, customerId: number): StatusLog[] {
  return account.statusLogs.children(customerId, account.ground.logs.childrenOf(placeOf(customerId)));
}

export function notesOf(account: Account, customerId: number): Note[] {
  return account.notes.children(customerId, account.ground.notes.childrenOf(placeOf(customerId)));
}

export function appointmentsOf(account: Account, customerId: number): Appointment[] {
  return account.appointments.children(customerId, account.ground.appointments.childrenOf(placeOf(customerId)));
}

export function attachmentsOf(account: Account, customerId: number): CustomerAttachment[] {
  return account.customerAttachments.children(customerId, account.ground.customerAttachments.childrenOf(placeOf(customerId)));
}

function placeOf(customerId: number): number {
  return customerId - customerIdAt(0);
}
