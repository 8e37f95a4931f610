import { misshapen } from "./refusal.js";

/** From the first moment, inclusive, to the last, exclusive, in milliseconds. */
export interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

export interface DayFilter {
  /** Names of the parameters, for the messages. */
  readonly names: readonly [from: string, to: string];
  readonly from: string | undefined;
  readonly to: string | undefined;
  /** IANA zone whose days are meant; UTC without it or where it is unknown. */
  readonly zone: string | undefined;
  /** The day `to` itself is left out. */
  readonly toExclusive: boolean;
}

const dayMs = 86_400_000;

export function spanOf(filter: DayFilter): Span {
  const [fromName, toName] = filter.names;
  return {
    fromMs: filter.from === undefined ? Number.NEGATIVE_INFINITY : startOfDay(dayIn(filter.from, fromName), filter.zone),
    toMs:
      filter.to === undefined
        ? Number.POSITIVE_INFINITY
        : startOfDay(dayIn(filter.to, toName) + (filter.toExclusive ? 0 : dayMs), filter.zone),
  };
}

export function within(ms: number, span: Span): boolean {
  return ms >= span.fromMs && ms < span.toMs;
}

/** Whole days only: a time of day is refused. */
function dayIn(text: string, name: string): number {
  const ms = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(ms)) throw misshapen(name, "Y-m-d");
  return ms;
}

function startOfDay(utcMs: number, zone: string | undefined): number {
  if (zone === undefined) return utcMs;
  // The offset at midnight UTC may differ from the one at midnight there, so it is looked up twice.
  return utcMs - offsetOf(zone, utcMs - offsetOf(zone, utcMs));
}

function offsetOf(zone: string, ms: number): number {
  try {
    const parts = new Intl.DateTimeFormat("en-US", {
      timeZone: zone,
      hourCycle: "h23",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    }).formatToParts(ms);
    const part = (type: string): number => Number(parts.find((one) => one.type === type)?.value);
    return Date.UTC(part("year"), part("month") - 1, part("day"), part("hour"), part("minute"), part("second")) - ms;
  } catch {
    return 0;
  }
}
