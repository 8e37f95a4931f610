#!/usr/bin/env node
// Cuts ServiceTitan's OpenAPI files down to the operations that the connector uses and the schemas these reach.
//   node make-subset.mjs FOLDER   (FOLDER holds crm-v2.json, jpm-v2.json, ... as in archdotdev/tap-service-titan)
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const used = {
  "crm-v2": [
    "get export/customers, customers; post customers; patch customers/{id}",
    "get export/customers/contacts, customers/contacts; post customers/{id}/contacts; patch delete customers/{id}/contacts/{contactId}",
    "get post customers/{id}/notes; delete customers/{id}/notes/{noteId}",
    "get export/locations, locations; post locations; patch locations/{id}",
    "get export/locations/contacts, locations/contacts; post locations/{id}/contacts; patch delete locations/{id}/contacts/{contactId}",
    "get post locations/{id}/notes; delete locations/{id}/notes/{noteId}",
    "get export/leads, leads; post leads; patch leads/{id}; post leads/{id}/dismiss, leads/{id}/follow-up; get post leads/{id}/notes",
    "get export/bookings, bookings; post booking-provider/{booking_provider}/bookings",
    "patch booking-provider/{booking_provider}/bookings/{id}; post booking-provider/{booking_provider}/bookings/{id}/dismiss",
  ],
  "jpm-v2": [
    "get export/jobs, jobs; post jobs; patch jobs/{id}; put jobs/{id}/cancel, jobs/{id}/remove-cancellation, jobs/{id}/hold, jobs/{id}/complete",
    "get export/job-notes; post jobs/{id}/notes",
    "get export/appointments, appointments; post appointments; delete appointments/{id}; patch appointments/{id}/reschedule",
    "put delete appointments/{id}/hold, appointments/{id}/confirmation; put appointments/{id}/special-instructions",
    "get job-types, job-hold-reasons, job-cancel-reasons",
  ],
  "salestech-v2": [
    "get export/estimates, estimates; post estimates; put estimates/{id}, estimates/{id}/sell, estimates/{id}/unsell, estimates/{id}/dismiss",
  ],
  "dispatch-v2": [
    "get export/appointment-assignments, appointment-assignments",
    "post appointment-assignments/assign-technicians, appointment-assignments/unassign-technicians",
  ],
  "settings-v2": [
    "get export/business-units, business-units, export/technicians, technicians, export/employees, employees",
    "get export/tag-types, tag-types; post tag-types; patch tag-types/{id}",
  ],
  "accounting-v2": ["get export/invoices, invoices, export/payments, payments"],
  "memberships-v2": ["get export/memberships, memberships"],
  "marketing-v2": ["get campaigns"],
  "pricebook-v2": ["services", "materials", "equipment", "categories"].map(
    (kind) => `get export/${kind}, ${kind}; post ${kind}; patch delete ${kind}/{id}`,
  ),
};

const folder = process.argv[2];
if (folder === undefined) throw new Error("Name the folder with the vendor's files.");
const here = dirname(fileURLToPath(import.meta.url));

for (const [file, lines] of Object.entries(used)) {
  const whole = JSON.parse(readFileSync(join(folder, `${file}.json`), "utf8"));
  const paths = {};
  for (const [method, path] of lines.flatMap(operations)) {
    const name = `/tenant/{tenant}/${path}`;
    const operation = whole.paths[name]?.[method];
    if (operation === undefined) throw new Error(`${file} has no ${method} ${path}.`);
    const { parameters, requestBody, responses } = operation;
    paths[name] = { ...paths[name], [method]: bare({ parameters, requestBody, responses }) };
  }
  const schemas = {};
  const reach = (value) => {
    if (Array.isArray(value)) return value.forEach(reach);
    if (typeof value !== "object" || value === null) return;
    if (typeof value.$ref === "string") {
      const name = value.$ref.split("/").at(-1);
      if (schemas[name] !== undefined) return;
      schemas[name] = bare(whole.components.schemas[name]);
      reach(schemas[name]);
    }
    Object.values(value).forEach(reach);
  };
  reach(paths);
  const { title, version } = whole.info;
  const sorted = Object.fromEntries(Object.entries(schemas).sort(([a], [b]) => (a < b ? -1 : 1)));
  const subset = { openapi: whole.openapi, info: { title, version }, servers: whole.servers, paths, components: { schemas: sorted } };
  writeFileSync(join(here, "schema", `${file}.json`), `${JSON.stringify(subset)}\n`);
}

/** "get post a, b; put c" as [["get", "a"], ["post", "a"], ...]. */
function operations(line) {
  return line.split("; ").flatMap((part) => {
    const methods =
      part
        .match(/^(?:(?:get|post|put|patch|delete) )+/)?.[0]
        .trim()
        .split(" ") ?? [];
    const paths = part.replace(/^(?:(?:get|post|put|patch|delete) )+/, "").split(", ");
    return paths.flatMap((path) => methods.map((method) => [method, path]));
  });
}

/** Without what only people read. A property may be called "description" all the same. */
function bare(value, within) {
  if (Array.isArray(value)) return value.map((part) => bare(part));
  if (typeof value !== "object" || value === null) return value;
  const forPeople = within === "properties" ? [] : ["description", "example", "examples"];
  const kept = Object.entries(value).filter(([name]) => !forPeople.includes(name));
  return Object.fromEntries(kept.map(([name, part]) => [name, bare(part, name)]));
}
