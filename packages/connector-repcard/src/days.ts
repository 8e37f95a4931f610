import type { DataRecord, ReadRequest } from "@fieldwright/connector-kit";
import type { Assumptions } from "./assumptions.js";

/** Inclusive bounds as asked for; the vendor knows whole days only. */
export interface Span {
  readonly from?: string;
  readonly to?: string;
}

/** YYYY-MM-DD, `days` later. */
export function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(`${day.slice(0, 10)}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** The days to ask the vendor for so that nothing of `span` is missing, whatever its zone and whether its last day counts. */
export function daysToAsk(span: Span, { daysWider, lastDayExclusive }: Assumptions): Span {
  return {
    ...(span.from === undefined ? {} : { from: dayAfter(utcDay(span.from), -daysWider) }),
    ...(span.to === undefined ? {} : { to: dayAfter(utcDay(span.to), daysWider + (lastDayExclusive ? 1 : 0)) }),
  };
}

/** Both days, also where everything is wanted: the vendor declares them required on some paths. */
export function bothDays(span: Span, assumptions: Assumptions): { readonly from: string; readonly to: string } {
  const { from, to } = daysToAsk(span, assumptions);
  return { from: from ?? assumptions.earliestDay, to: to ?? assumptions.latestDay };
}

export function cursorSpan(request: ReadRequest): Span {
  return { ...(request.since === undefined ? {} : { from: request.since }), ...(request.until === undefined ? {} : { to: request.until }) };
}

/** What lies both in the cursor's span and in the window, for a stream where both are on the same field. */
export function spanOf({ since, until, window }: ReadRequest): Span {
  const from = outermost([since, window?.from], "0", 1);
  const to = outermost([until, window?.to], "9", -1);
  return { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
}

function outermost(bounds: readonly (string | undefined)[], fill: "0" | "9", sign: 1 | -1): string | undefined {
  const given = bounds.filter((bound) => bound !== undefined);
  return given.sort((a, b) => sign * (sortable(b, fill) ?? b).localeCompare(sortable(a, fill) ?? a))[0];
}

/** Whether a record lies in the span by `field`; one that does not carry the field does. */
export function within(span: Span, field: string): (record: DataRecord) => boolean {
  const from = span.from === undefined ? undefined : sortable(span.from, "0");
  const to = span.to === undefined ? undefined : sortable(span.to, "9");
  if (from === undefined && to === undefined) return () => true;
  return (record) => {
    const value = record[field];
    const at = typeof value === "string" ? sortable(value, "0") : undefined;
    if (at === undefined) return true;
    return (from === undefined || at >= from) && (to === undefined || at <= to);
  };
}

const form = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?)?(Z|[+-]\d\d:?\d\d)?$/;

/** A moment in UTC as text that sorts, to the nanosecond; a day alone begins ("0") or ends ("9"). Without a zone it is UTC: so the vendor means it. */
function sortable(text: string, fill: "0" | "9"): string | undefined {
  const [, day, minutes, seconds, fraction, zone] = form.exec(text.trim()) ?? [];
  if (day === undefined) return undefined;
  if (minutes === undefined) return `${day}T${fill === "0" ? "00:00:00.000000000" : "23:59:59.999999999"}`;
  const local = `${day}T${minutes}:${seconds ?? "00"}`;
  const whole = zone === undefined || zone === "Z" ? local : new Date(`${local}${zone}`).toISOString().slice(0, 19);
  return `${whole}.${(fraction ?? "").padEnd(9, "0")}`;
}

/** How RepCard wants a moment written: UTC, without saying so. `undefined` for what is none. */
export function utcText(value: unknown): string | undefined {
  if (value instanceof Date) return utcText(value.toISOString());
  return typeof value === "string" ? sortable(value, "0")?.slice(0, 19).replace("T", " ") : undefined;
}

function utcDay(bound: string): string {
  return (sortable(bound, "0") ?? bound).slice(0, 10);
}
