/**
 * What deciding about a record costs: map, diff, protect and stages, compiled from a spec, against one function written by hand that does the same, and the mapping
 * alone against JSONata: `node --conditions=fieldwright-source --import tsx bench/decisions.ts`. Read the ratios, not the figures.
 */
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { DataRecord } from "@fieldwright/connector-kit";
import jsonata from "jsonata";
import { parsePhoneNumberFromString } from "libphonenumber-js/max";
import { Bench } from "tinybench";
import { compileFields, type MapContext } from "../packages/core/src/mapping/index.js";
import { compileProtect, compileStages } from "../packages/core/src/policy/index.js";
import { fields, type Job, job, line, spec, targetOf } from "./decided-jobs.js";

const pageSize = 1_000;
const now = new Date("2024-06-15T12:00:00Z");
const context: MapContext = { related: {}, refs: () => undefined, now };
const mapRecord = compileFields(spec, fields);
const protect = compileProtect(spec, { fields });
if (spec.stages === undefined) throw new Error("The spec of the bench has stages.");
const stages = compileStages(spec.stages);

interface Work {
  readonly source: Job;
  readonly target: DataRecord;
  readonly lastWritten: DataRecord;
}

function compiled({ source, target, lastWritten }: Work): DataRecord {
  const mapped = mapRecord(source as unknown as DataRecord, context);
  if (!mapped.ok) throw new Error(mapped.reason);
  const stage = stages.decide(stages.currentOf(target), stages.wantedStage(source, now));
  return protect({ operation: "update", wanted: mapped.values, target, lastWritten, stage }).patch;
}

const phones = new Map<string, string | null>();
function phoneByHand(raw: string): string | null {
  let phone = phones.get(raw);
  if (phone === undefined) {
    const parsed = parsePhoneNumberFromString(raw, "US");
    phone = parsed?.isValid() ? parsed.number : null;
    phones.set(raw, phone);
  }
  return phone;
}

const kinds: Readonly<Record<string, string>> = { homeowner: "residential", business: "commercial" };
const moment = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;
const textOf = (value: unknown): string | null => {
  if (typeof value !== "string") throw new Error("not a text");
  return value.trim() === "" ? null : value;
};
const wholeOf = (value: unknown): number => {
  if (!Number.isInteger(value)) throw new Error("not a whole number");
  return value as number;
};
const momentOf = (value: unknown): string => {
  if (typeof value !== "string" || !moment.test(value)) throw new Error("not a moment");
  return value;
};

function mapByHand(source: Job): Record<string, unknown> {
  let sold: Job["estimates"][number] | undefined;
  for (const one of source.estimates) {
    if (one.status.name.trim().toLowerCase() === "sold" && (sold === undefined || (one.soldOn ?? "") > (sold.soldOn ?? ""))) sold = one;
  }
  const kind = kinds[source.accountType.trim().toLowerCase()];
  if (kind === undefined) throw new Error("an unknown kind");
  return {
    job_id: wholeOf(source.id),
    order_number: textOf(source.jobNumber),
    title: textOf(source.summary)?.trim().slice(0, 120),
    name: [source.customer.firstName, source.customer.lastName]
      .map((part) => part.trim())
      .filter(Boolean)
      .join(" "),
    email: textOf(source.customer.email)?.toLowerCase(),
    phone: phoneByHand(source.customer.phone),
    street: textOf(source.address.street),
    city: textOf(source.address.city),
    state: textOf(source.address.state),
    zip: textOf(source.address.zip),
    kind,
    owner_id: wholeOf(source.ownerId),
    priority: textOf(source.priority),
    notes: textOf(source.notes),
    value: sold === undefined ? null : String(sold.total),
    created_at: momentOf(source.createdOn),
    updated_at: momentOf(source.modifiedOn),
  };
}

const decimals = new Set(["value"]);
const moments = new Set(["created_at", "updated_at"]);
const human = new Set(["title", "notes"]);
const isBlank = (value: unknown) => value === undefined || value === null || (typeof value === "string" && value.trim() === "");

function sameByHand(field: string, a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (isBlank(a) || isBlank(b)) return isBlank(a) && isBlank(b);
  if (decimals.has(field)) return Number(a) === Number(b);
  if (moments.has(field)) return Date.parse(String(a)) === Date.parse(String(b));
  return String(a) === String(b);
}

function byHand({ source, target, lastWritten }: Work): DataRecord {
  const wanted = mapByHand(source);
  const patch: Record<string, unknown> = {};
  for (const field in wanted) {
    const value = wanted[field];
    const present = target[field];
    if (isBlank(value) || sameByHand(field, value, present) || field === "owner_id") continue;
    if ((field === "order_number" || field === "phone") && !isBlank(present)) continue;
    if (human.has(field) && !isBlank(present) && !sameByHand(field, present, lastWritten[field])) continue;
    patch[field] = value;
  }
  const isSold = source.estimates.some((one) => one.status.name.trim().toLowerCase() === "sold");
  const wantedStage = isSold
    ? 4
    : source.estimates.some((one) => one.total > 0)
      ? 3
      : source.appointments.length > 0
        ? 2
        : source.customer
          ? 1
          : -1;
  const current = line.indexOf(String(target.stage));
  if (current >= 0 && current !== 4 && wantedStage > current) {
    patch.stage = line[wantedStage];
    if (target.pipeline !== "sales") patch.pipeline = "sales";
    if (wantedStage === 4 && target.status !== "won") patch.status = "won";
  }
  return patch;
}

/** Phone numbers by digits alone: JSONata has no more to offer. */
const expression = jsonata(`{
  "job_id": id, "order_number": jobNumber, "title": $substring($trim(summary), 0, 120), "name": $trim(customer.firstName) & " " & $trim(customer.lastName),
  "email": $lowercase(customer.email), "phone": "+1" & $replace(customer.phone, /[^0-9]/, ""),
  "street": address.street, "city": address.city, "state": address.state, "zip": address.zip,
  "kind": $lookup({ "Homeowner": "residential", "Business": "commercial" }, accountType),
  "owner_id": ownerId, "priority": priority, "notes": notes,
  "value": estimates[status.name = "Sold"] ? $string($sort(estimates[status.name = "Sold"], function($a, $b) { $a.soldOn < $b.soldOn })[0].total) : null,
  "created_at": createdOn, "updated_at": modifiedOn
}`);

const page: readonly Work[] = Array.from({ length: pageSize }, (_, at) => {
  const source = JSON.parse(JSON.stringify(job(at))) as Job;
  return { source, ...targetOf(mapByHand(source), at) };
});

/** JSONata marks the lists that it walks over, which would slow the others down: it gets copies. */
const copies: readonly Job[] = page.map(({ source }) => JSON.parse(JSON.stringify(source)) as Job);

const ways: Readonly<Record<string, (at: number) => unknown>> = {
  "map, by hand": (at) => mapByHand(workAt(at).source),
  "map, compiled from the spec": (at) => mapRecord(workAt(at).source as unknown as DataRecord, context),
  "map, in JSONata": (at) => expression.evaluate(copies[at]),
  "all, by hand": (at) => byHand(workAt(at)),
  "all, compiled from the spec": (at) => compiled(workAt(at)),
};

const [way] = process.argv.slice(2);
if (way === undefined) {
  await sameResults();
  report();
} else process.stdout.write(String(await microsecondsOf(way)));

function workAt(at: number): Work {
  return page[at] as Work;
}

/** Median of the pages, a record. A page's results are kept, as the engine keeps them: an object that nobody reads is never made. */
async function microsecondsOf(name: string): Promise<number> {
  const one = ways[name];
  if (one === undefined) throw new RangeError(name);
  const kept: unknown[] = new Array(pageSize);
  const bench = new Bench({ time: 1_000, warmupTime: 500 });
  if (name.endsWith("JSONata")) {
    bench.add(name, async () => {
      for (let at = 0; at < pageSize; at++) kept[at] = await one(at);
    });
  } else {
    bench.add(name, () => {
      for (let at = 0; at < pageSize; at++) kept[at] = one(at);
    });
  }
  const [task] = await bench.run();
  return task?.result.state === "completed" ? (task.result.latency.p50 * 1_000) / pageSize : Number.NaN;
}

async function sameResults(): Promise<void> {
  const sorted = (record: DataRecord) => JSON.stringify(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
  for (const [at, work] of page.entries()) {
    const mapped = mapRecord(work.source as unknown as DataRecord, context);
    const own = mapped.ok ? sorted(mapped.values) : mapped.reason;
    const others = [sorted(mapByHand(work.source)), sorted((await expression.evaluate(copies[at])) as DataRecord)];
    if (others.some((one) => one !== own)) throw new Error(`The mappings differ:\n${own}\n${others.join("\n")}`);
    if (sorted(compiled(work)) !== sorted(byHand(work)))
      throw new Error(`The patches of job ${work.source.id} differ: ${sorted(compiled(work))} ${sorted(byHand(work))}`);
  }
}

/** Each way in a process of its own, three times by turns: in one process the first to run spoils the others' inlining. */
function report(): void {
  const names = Object.keys(ways);
  const rounds = [1, 2, 3].map(
    () =>
      new Map(
        names.map((name) => [name, Number(execFileSync(process.execPath, [...process.execArgv, fileURLToPath(import.meta.url), name]))]),
      ),
  );
  const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[1] ?? Number.NaN;
  const each = (name: string) => median(rounds.map((round) => round.get(name) ?? Number.NaN));
  const ratio = (a: string, b: string) => median(rounds.map((round) => (round.get(a) ?? Number.NaN) / (round.get(b) ?? Number.NaN)));
  console.log(
    `${spec.fields.length} fields, 4 stage rules, medians of pages of ${pageSize}; all ways give the same results. all: map, diff, protect and stages\n`,
  );
  console.log("| way | microseconds a record |\n|---|---|");
  for (const name of names) console.log(`| ${name} | ${each(name).toFixed(2)} |`);
  console.log("\n| compiled from the spec | ratio | reach |\n|---|---|---|");
  console.log(`| mapping against by hand | ${ratio("map, compiled from the spec", "map, by hand").toFixed(2)} | 2 at most |`);
  console.log(`| the whole decision against by hand | ${ratio("all, compiled from the spec", "all, by hand").toFixed(2)} | 2 at most |`);
  console.log(`| JSONata against mapping | ${ratio("map, in JSONata", "map, compiled from the spec").toFixed(1)} | 10 at least |`);
}
