import {
  type Call,
  type Connection,
  createBudget,
  createHttp,
  defineConnector,
  headerAuth,
  type Limits,
  type Stream,
  type World,
} from "@fieldwright/connector-kit";
import { type Api, createApi } from "./api.js";
import { appointments } from "./appointments.js";
import { appointmentAttachments, customerAttachments } from "./attachments.js";
import { calendars } from "./calendars.js";
import { check } from "./check.js";
import { companies } from "./companies.js";
import { contactStatuses } from "./contact-statuses.js";
import { customFields } from "./custom-fields.js";
import { customers } from "./customers.js";
import { explain } from "./errors.js";
import { notes } from "./notes.js";
import { offices } from "./offices.js";
import { optionsSchema, type RepcardOptions } from "./options.js";
import { statusLogs } from "./status-logs.js";
import { statuses } from "./statuses.js";
import { teams } from "./teams.js";
import { users } from "./users.js";

export type { RepcardOptions } from "./options.js";

// The vendor's header says 100; the period is nowhere documented, and a minute is the usual one of its framework.
const documentedLimits: Limits = { requests: 100, perSeconds: 60 };

/** RepCard: canvassing of door-to-door sales teams. */
export const repcard = defineConnector<RepcardOptions>({
  name: "repcard",
  title: "RepCard",
  options: optionsSchema,
  secrets: ["apiKey"],
  open: async (options, world) => openConnection(options, world),
});

export default repcard;

function openConnection(options: RepcardOptions, world: World): Connection {
  const { apiKey, baseUrl, keyHeader, keyPrefix, timeoutMs, attempts } = options;
  world.secret(apiKey);
  const budget = createBudget({ ...documentedLimits, ...world.limits }, world.waiting ? { onWait: world.waiting } : {});
  const http = createHttp({
    baseUrl,
    auth: headerAuth(keyHeader, apiKey, keyPrefix),
    budget,
    explain,
    timeoutMs,
    secret: world.secret,
    ...(attempts === undefined ? {} : { attempts }),
  });
  const api = createApi({ http, options, notice: world.notice });
  return {
    budget,
    check: (call: Call) => check({ http, baseUrl, budget, now: world.now }, call),
    streams: async () => streamsOf(api),
    close: () => http.close(),
  };
}

function streamsOf(api: Api): readonly Stream[] {
  return [
    companies(api),
    offices(api),
    teams(api),
    users(api),
    statuses(api),
    contactStatuses(api),
    calendars(api),
    customFields(api),
    customers(api),
    appointments(api),
    statusLogs(api),
    customerAttachments(api),
    appointmentAttachments(api),
    notes(api),
  ];
}
