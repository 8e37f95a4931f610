import type { DataRecord } from "@fieldwright/connector-kit";
import { isBlank } from "../mapping/index.js";
import type { Check, Limit } from "../spec/model.js";
import type { Asked, Looked } from "./report.js";

/** "1 record", "1,204 records". */
export function some(count: number, one: string, many = `${one}s`): string {
  return `${number(count)} ${count === 1 ? one : many}`;
}

export function number(value: number): string {
  return value.toLocaleString("en-US");
}

export function seconds(ms: number): string {
  return `${number(Math.round(ms / 100) / 10)} s`;
}

/** "all 40 linked records", "500 of 12,000 linked records". */
export function lookedAt({ at, of }: Looked, one = "linked record"): string {
  return at < of ? `${number(at)} of ${some(of, one)}` : of === 1 ? `the one ${one}` : `all ${some(of, one)}`;
}

/** "stage", "name and email", "a, b and c". */
export function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}

/** A value on one short line. */
export function shown(value: unknown): string {
  if (isBlank(value)) return "(blank)";
  const text = (typeof value === "string" ? value : JSON.stringify(value)).replaceAll(/\s+/g, " ");
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}

const namers = [
  ["name", "title", "full_name", "fullname", "display_name", "displayname", "company", "company_name", "companyname", "subject", "label"],
  ["email", "email_address", "emailaddress", "number", "job_number", "jobnumber", "order_number", "ordernumber", "phone"],
];

/** What a person would call a record by, where it has such a field. */
export function nameOf(record: DataRecord | undefined): string | null {
  if (record === undefined) return null;
  const byName = new Map(Object.keys(record).map((field) => [field.toLowerCase(), field]));
  const value = (name: string) => {
    const found = record[byName.get(name) ?? ""];
    return typeof found === "string" || typeof found === "number" ? String(found).trim() : "";
  };
  const first = (names: readonly string[]) => names.map(value).find((text) => text !== "");
  const person = [first(["first_name", "firstname"]), first(["last_name", "lastname"])].filter((part) => part !== undefined).join(" ");
  const name = first(namers[0] ?? []) ?? (person || first(namers[1] ?? []));
  return name === undefined ? null : shown(name);
}

/** What a check of the spec asks, in its own words or in ours. */
export function askedOf(check: Check, target: string): Asked {
  const { severity, line } = check;
  return {
    check: check.is,
    about: check.about ?? aboutOf(check, target),
    builtIn: false,
    severity,
    ...(line === undefined ? {} : { line }),
  };
}

function aboutOf(check: Check, target: string): string {
  switch (check.is) {
    case "unique":
      return `${listed(check.fields)} ${check.fields.length === 1 ? "is" : "together are"} unique in ${target}`;
    case "not_blank":
      return `${listed(check.fields)} ${check.fields.length === 1 ? "is" : "are"} never blank`;
    case "count_close":
      return `both sides have the same records${closeness(check.within)}`;
    case "sum_close":
      return `${check.from.join(".")} and ${check.to} add up to the same${closeness(check.within)}`;
    case "every":
      return `every record of ${target} that fits a condition fits another`;
    case "references":
      return `${check.field} leads to a record of ${check.stream}`;
    case "sql":
      return "a query finds nothing wrong";
  }
}

function closeness(limit: Limit): string {
  return isExact(limit) ? "" : `, give or take ${limitText(limit)}`;
}

/** "5 and 1 %". */
export function limitText({ count, percent }: Limit): string {
  return [...(count === undefined ? [] : [number(count)]), ...(percent === undefined ? [] : [`${number(percent)} %`])].join(" and ");
}

/** What was allowed, where anything was. */
export function tooFar(limit: Limit): string {
  return isExact(limit) ? "" : `: more than ${limitText(limit)}`;
}

function isExact({ count, percent }: Limit): boolean {
  return count === 0 && percent === undefined;
}
