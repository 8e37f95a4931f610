import {
  type Call,
  type Connection,
  clientCredentialsAuth,
  createBudget,
  createHttp,
  defineConnector,
  type Limits,
  type Stream,
  type World,
} from "@fieldwright/connector-kit";
import { type Api, createApi } from "./api.js";
import { check } from "./check.js";
import { explain } from "./errors.js";
import { addressesOf, optionsSchema, type ServiceTitanOptions } from "./options.js";
import { appointmentAssignments } from "./streams/appointment-assignments.js";
import { appointments } from "./streams/appointments.js";
import { bookings } from "./streams/bookings.js";
import { contacts } from "./streams/contacts.js";
import { customers } from "./streams/customers.js";
import { estimates } from "./streams/estimates.js";
import { jobNotes } from "./streams/job-notes.js";
import { jobs } from "./streams/jobs.js";
import { leads } from "./streams/leads.js";
import { locations } from "./streams/locations.js";
import { invoices, memberships, payments } from "./streams/money.js";
import { notes } from "./streams/notes.js";
import { categories, equipment, materials, services } from "./streams/pricebook.js";
import { campaigns, jobCancelReasons, jobHoldReasons, jobTypes } from "./streams/reference.js";
import { businessUnits, employees, tagTypes, technicians } from "./streams/settings.js";

export type { ServiceTitanOptions } from "./options.js";
export { type SignedWebhook, verifyWebhook } from "./verify-webhook.js";

/** Of one application in one tenant. */
const documentedLimits: Limits = { requests: 60, perSeconds: 1 };

/** ServiceTitan: customers, jobs, estimates and the pricebook of home-service companies, by its REST API v2. */
export const servicetitan = defineConnector<ServiceTitanOptions>({
  name: "servicetitan",
  title: "ServiceTitan",
  options: optionsSchema,
  secrets: ["clientSecret", "appKey"],
  open: async (options, world) => openConnection(options, world),
});

export default servicetitan;

function openConnection(options: ServiceTitanOptions, world: World): Connection {
  const { appKey, clientId, clientSecret, timeoutMs, attempts, assumptions } = options;
  world.secret(appKey);
  world.secret(clientSecret);
  const { apiUrl, tokenUrl } = addressesOf(options);
  const budget = createBudget({ ...documentedLimits, ...world.limits }, world.waiting ? { onWait: world.waiting } : {});
  const http = createHttp({
    baseUrl: apiUrl,
    auth: clientCredentialsAuth({ tokenUrl, clientId, clientSecret, prefix: assumptions.tokenPrefix }),
    headers: { "st-app-key": appKey.trim() },
    budget,
    explain,
    timeoutMs,
    secret: world.secret,
    ...(attempts === undefined ? {} : { attempts }),
  });
  const api = createApi({ http, options, now: world.now, notice: world.notice });
  return {
    budget,
    check: (call: Call) => check({ api, host: new URL(apiUrl).host, budget }, call),
    streams: async () => streamsOf(api),
    close: () => http.close(),
  };
}

function streamsOf(api: Api): readonly Stream[] {
  return [
    customers(api),
    contacts(api, "customers"),
    locations(api),
    contacts(api, "locations"),
    leads(api),
    bookings(api),
    jobs(api),
    appointments(api),
    appointmentAssignments(api),
    estimates(api),
    notes(api, "customers"),
    notes(api, "locations"),
    notes(api, "leads"),
    jobNotes(api),
    businessUnits(api),
    technicians(api),
    employees(api),
    jobTypes(api),
    jobHoldReasons(api),
    jobCancelReasons(api),
    tagTypes(api),
    campaigns(api),
    invoices(api),
    payments(api),
    memberships(api),
    services(api),
    materials(api),
    equipment(api),
    categories(api),
  ];
}
