/** Mapping of one page, compiled from a spec against written by hand: `node --conditions=fieldwright-source --import tsx bench/mapping.ts`. Read the ratios, not the figures. */
import type { DataRecord, Field } from "@fieldwright/connector-kit";
import { parsePhoneNumberFromString } from "libphonenumber-js/max";
import { Bench } from "tinybench";
import { canonical, compileFields, type MapContext } from "../packages/core/src/mapping/index.js";
import type { FieldRule, Spec, Step } from "../packages/core/src/spec/model.js";

const pageSize = 1_000;

function customer(id: number): DataRecord {
  const day = String((id % 28) + 1).padStart(2, "0");
  return {
    id,
    firstName: ` First${id % 300} `,
    lastName: `Last${id % 900}`,
    email: `Customer${id}@Example.com`,
    phone: `(512) 555-${String(id % 10_000).padStart(4, "0")}`,
    mobile: `+1512555${String(id % 10_000).padStart(4, "0")}`,
    company: `Company ${id % 50}`,
    title: "Owner",
    status: id % 3 === 0 ? "Won" : "Open",
    source: "door",
    score: id % 100,
    balance: `${id}.50`,
    discount: 0.05,
    active: id % 2 === 0,
    notes: `Some words about customer ${id}, as people write them.`,
    ownerId: id % 40,
    officeId: id % 8,
    createdAt: `2024-01-${day}T10:00:00Z`,
    updatedAt: `2024-06-${day}T10:00:00.123456Z`,
    birthday: `1980-05-${day}`,
    address: { street: `${id} Main St`, city: "Austin", state: "TX", zip: "78701", location: { lat: 30.2, lng: -97.7 } },
    custom: { system_size: 7.5, has_battery: "yes" },
  };
}

const text: Field = { type: "text" };
const table: readonly (readonly [target: string, path: string, field: Field, ...steps: Step[]])[] = [
  ["id", "id", { type: "integer" }],
  ["first_name", "firstName", text, { name: "trim" }],
  ["last_name", "lastName", text, { name: "trim" }],
  ["email", "email", text, { name: "lower" }],
  ["phone", "phone", text, { name: "phone", argument: "US" }],
  ["mobile", "mobile", text],
  ["company", "company", text],
  ["title", "title", { type: "text", maxLength: 80 }],
  ["status", "status", text],
  ["source", "source", text],
  ["score", "score", { type: "integer" }],
  ["balance", "balance", { type: "decimal" }],
  ["discount", "discount", { type: "number" }],
  ["active", "active", { type: "boolean" }],
  ["notes", "notes", text],
  ["owner_id", "ownerId", { type: "integer" }],
  ["office_id", "officeId", { type: "integer" }],
  ["created_at", "createdAt", { type: "datetime" }],
  ["updated_at", "updatedAt", { type: "datetime" }],
  ["birthday", "birthday", { type: "date" }],
  ["street", "address.street", text],
  ["city", "address.city", text],
  ["zip", "address.zip", text],
  ["latitude", "address.location.lat", { type: "number" }],
  ["system_size", "custom.system_size", { type: "number" }],
];

const fields = Object.fromEntries(table.map(([target, , field]) => [target, field]));
const rules: readonly FieldRule[] = table.map(([target, path, , ...steps]) => ({ target, kind: "from", from: path.split("."), steps }));
const spec: Spec = {
  version: 1,
  name: "bench",
  hash: "",
  from: { connection: "a", stream: "customers", with: {} },
  to: { connection: "b", stream: "customers" },
  match: { tryInOrder: [], whenSeveral: "hold", whenNone: "create" },
  write: "upsert",
  fields: rules,
  whenSourceDeleted: { act: "keep" },
  run: {},
  lines: {},
};

interface Customer {
  readonly [name: string]: unknown;
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string;
  readonly phone: string;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly address?: { readonly street: string; readonly city: string; readonly zip: string; readonly location?: { readonly lat: number } };
  readonly custom?: { readonly system_size: number };
}

const phones = new Map<string, string | null>();
const moment = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z$/;

function phoneByHand(written: string): string | null {
  let phone = phones.get(written);
  if (phone === undefined) {
    const parsed = parsePhoneNumberFromString(written, "US");
    phone = parsed?.isValid() ? parsed.number : null;
    phones.set(written, phone);
  }
  return phone;
}

function momentByHand(written: string): string {
  return moment.test(written) ? written : new Date(written).toISOString();
}

/** As a careful engineer writes it: no types checked but those of dates, no reasons, nothing held. */
function byHand(record: Customer): Record<string, unknown> {
  return {
    id: record.id,
    first_name: record.firstName?.trim(),
    last_name: record.lastName?.trim(),
    email: record.email?.toLowerCase(),
    phone: phoneByHand(record.phone),
    mobile: record.mobile,
    company: record.company,
    title: record.title,
    status: record.status,
    source: record.source,
    score: record.score,
    balance: record.balance,
    discount: record.discount,
    active: record.active,
    notes: record.notes,
    owner_id: record.ownerId,
    office_id: record.officeId,
    created_at: momentByHand(record.createdAt),
    updated_at: momentByHand(record.updatedAt),
    birthday: record.birthday,
    street: record.address?.street,
    city: record.address?.city,
    zip: record.address?.zip,
    latitude: record.address?.location?.lat,
    system_size: record.custom?.system_size,
  };
}

function checked<T>(value: unknown, is: boolean): T | null {
  if (value === null || value === undefined) return null;
  if (!is) throw new TypeError("does not fit");
  return value as T;
}
const asText = (value: unknown, longest = Number.POSITIVE_INFINITY) =>
  checked<string>(value, typeof value === "string" && value.length <= longest);
const asWhole = (value: unknown) => checked<number>(value, Number.isSafeInteger(value));
const asFloat = (value: unknown) => checked<number>(value, Number.isFinite(value));
const asMatch = (value: unknown, form: RegExp) => checked<string>(value, typeof value === "string" && form.test(value));
const exact = /^-?\d+(\.\d+)?$/;
const day = /^\d{4}-\d\d-\d\d$/;

/** With what the compiled mapping promises: every value is checked against its target's type. */
function byHandChecked(record: Customer): Record<string, unknown> {
  return {
    id: asWhole(record.id),
    first_name: asText(record.firstName)?.trim(),
    last_name: asText(record.lastName)?.trim(),
    email: asText(record.email)?.toLowerCase(),
    phone: phoneByHand(asText(record.phone) ?? ""),
    mobile: asText(record.mobile),
    company: asText(record.company),
    title: asText(record.title, 80),
    status: asText(record.status),
    source: asText(record.source),
    score: asWhole(record.score),
    balance: asMatch(record.balance, exact),
    discount: asFloat(record.discount),
    active: checked(record.active, typeof record.active === "boolean"),
    notes: asText(record.notes),
    owner_id: asWhole(record.ownerId),
    office_id: asWhole(record.officeId),
    created_at: asMatch(record.createdAt, moment),
    updated_at: asMatch(record.updatedAt, moment),
    birthday: asMatch(record.birthday, day),
    street: asText(record.address?.street),
    city: asText(record.address?.city),
    zip: asText(record.address?.zip),
    latitude: asFloat(record.address?.location?.lat),
    system_size: asFloat(record.custom?.system_size),
  };
}

const page = JSON.parse(JSON.stringify(Array.from({ length: pageSize }, (_, at) => customer(at)))) as readonly Customer[];
const context: MapContext = { related: {}, refs: () => undefined, now: new Date() };
const mapRecord = compileFields(spec, fields);
const comparisons = Object.entries(fields).map(([name, field]) => ({ name, comparable: canonical(field) }));

const expected = JSON.stringify(page.map(byHand));
const mapped = page.map((record) => mapRecord(record, context));
if (JSON.stringify(page.map(byHandChecked)) !== expected) throw new Error("The two ways by hand differ.");
if (JSON.stringify(mapped.map((one) => (one.ok ? one.values : one.reason))) !== expected) throw new Error("The two mappings differ.");

// A page's results are kept, as the engine keeps them: an object that nobody reads is never made.
const kept: unknown[] = new Array(pageSize);
const bench = new Bench({ time: 1_500, warmupTime: 500 });
bench.add("by hand, nothing checked", () => {
  for (let at = 0; at < pageSize; at++) kept[at] = byHand(page[at] as Customer);
});
bench.add("by hand, values checked", () => {
  for (let at = 0; at < pageSize; at++) kept[at] = byHandChecked(page[at] as Customer);
});
bench.add("compiled from the spec", () => {
  for (let at = 0; at < pageSize; at++) kept[at] = mapRecord(page[at] as Customer, context);
});
bench.add("comparison of all fields", () => {
  for (let at = 0; at < pageSize; at++) {
    const one = mapped[at];
    if (one?.ok) for (const { name, comparable } of comparisons) kept[at] = comparable(one.values[name]);
  }
});
await bench.run();

const micros = bench.tasks.map((task) => ({
  name: task.name,
  each: task.result.state === "completed" ? (task.result.latency.p50 * 1_000) / pageSize : Number.NaN,
}));
const base = micros[0]?.each ?? Number.NaN;
console.log(`${table.length} fields, median of pages of ${pageSize}\n`);
console.log("| way | microseconds a record | ratio |\n|---|---|---|");
for (const { name, each } of micros) console.log(`| ${name} | ${each.toFixed(2)} | ${(each / base).toFixed(2)} |`);
