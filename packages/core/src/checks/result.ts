import { VendorError } from "@fieldwright/connector-kit";
import { plain } from "../plain.js";
import { CannotBeAsked, type Checking } from "./checking.js";
import type { Asked, CheckResult, Looked, NamedRecord } from "./report.js";
import { seconds } from "./words.js";

/** How many issues are named; all are counted. */
export const namedAtMost = 20;

/** Issues as they are found: all counted, the first of them named. */
export class Found {
  count = 0;
  readonly records: NamedRecord[] = [];

  add(record: () => NamedRecord): void {
    this.count++;
    if (this.records.length < namedAtMost) this.records.push(record());
  }
}

type More = Partial<Pick<CheckResult, "looked" | "sides" | "advice">>;

export function passed(asked: Asked, says: string, more: More = {}): CheckResult {
  return { ...asked, status: "passed", says, found: 0, records: [], ...sampleOnly(more) };
}

export function failed(asked: Asked, says: string, found: Pick<Found, "count" | "records">, more: More = {}): CheckResult {
  return { ...asked, status: "failed", says, found: found.count, records: found.records, ...sampleOnly(more) };
}

/** Could not be carried out, and why. */
export function notChecked(asked: Asked, why: string, more: { readonly advice?: string; readonly looked?: Looked } = {}): CheckResult {
  return { ...asked, status: "not checked", says: `It could not be checked: ${why}`, found: 0, records: [], ...more };
}

/** Only what was left out is worth telling. */
function sampleOnly<T extends More>(more: T): T {
  if (more.looked === undefined || more.looked.at < more.looked.of) return more;
  const { looked: _, ...rest } = more;
  return rest as T;
}

/** A check's own failure is an issue, and never that of the run or of other checks. */
export async function attempt(c: Checking, asked: Asked, work: () => CheckResult | Promise<CheckResult>): Promise<CheckResult> {
  try {
    return await work();
  } catch (error) {
    return cannot(c, asked, error);
  }
}

/** What the system has no way to answer is told as a warning where the product asks it, and as the spec says where the spec does. */
export function cannot(c: Checking, asked: Asked, error: unknown): CheckResult {
  const severity = error instanceof CannotBeAsked && asked.builtIn ? "warn" : asked.severity;
  return notChecked({ ...asked, severity }, whyNot(c, error));
}

export function whyNot(c: Checking, error: unknown): string {
  if (c.call.signal.aborted) {
    const { reason } = c.call.signal;
    return reason instanceof DOMException && reason.name === "TimeoutError" ? "its time was over." : "the checks were asked to stop.";
  }
  if (error instanceof VendorError && error.code === "sql/57014")
    return `the database stopped the query: it took longer than ${seconds(c.sqlTimeoutMs)}.`;
  const text = error instanceof Error ? plain(error) : String(error);
  return c.redact(/[.!?]$/.test(text) ? text : `${text}.`);
}
