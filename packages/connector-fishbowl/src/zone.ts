/** A clock on a wall somewhere: Fishbowl's times are those of its server, and say nothing about where that is. */
export interface Zone {
  /** "2026-03-10 08:15:00.123456" as ISO in UTC; of an hour that comes twice, the first. `undefined` where it is no moment. */
  toUtc(local: string): string | undefined;
  /** The earliest time on that clock at or after the moment `iso`: an hour may come again. */
  lowest(iso: string): string;
  /** The latest time on that clock up to the moment `iso`. */
  highest(iso: string): string;
  /** In milliseconds; positive east of Greenwich. */
  offsetMs(utcMs: number): number;
}

const quarterMs = 900_000; // clocks change on quarters of an hour
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const stamp = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}:\d{2})(?:\.(\d{1,9}))?/;

export function createZone(name: string): Zone {
  const format = new Intl.DateTimeFormat("en-CA", {
    timeZone: name,
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  });
  const known = new Map<number, number>();
  const offsetMs = (utcMs: number): number => {
    const quarter = Math.floor(utcMs / quarterMs);
    const found = known.get(quarter);
    if (found !== undefined) return found;
    const parts = Object.fromEntries(format.formatToParts(quarter * quarterMs).map(({ type, value }) => [type, value]));
    const { year, month, day, hour, minute, second } = parts;
    const offset = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`) - quarter * quarterMs;
    known.set(quarter, offset);
    return offset;
  };
  return {
    offsetMs,
    toUtc(local) {
      const [, day, time, fraction = ""] = stamp.exec(local) ?? [];
      const wallMs = Date.parse(`${day}T${time}Z`);
      if (Number.isNaN(wallMs)) return undefined;
      const candidates = [wallMs - offsetMs(wallMs - dayMs), wallMs - offsetMs(wallMs + dayMs)].sort((a, b) => a - b);
      // A time that the clock jumped over fits neither.
      const utcMs = candidates.find((ms) => ms + offsetMs(ms) === wallMs) ?? wallMs - offsetMs(wallMs - dayMs);
      return `${new Date(utcMs).toISOString().slice(0, 19)}.${fraction.slice(0, 6).padEnd(6, "0")}Z`;
    },
    lowest(iso) {
      const { ms, fraction } = split(iso);
      const falls = Math.max(0, offsetMs(ms) - offsetMs(ms + hourMs));
      return written(ms + offsetMs(ms) - falls, fraction);
    },
    highest(iso) {
      const { ms, fraction } = split(iso);
      const fell = Math.max(0, offsetMs(ms - hourMs) - offsetMs(ms));
      return written(ms + offsetMs(ms) + fell, fraction);
    },
  };
}

export function isZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}

/** Whole seconds and microseconds: a `Date` knows nothing finer than a millisecond. */
function split(iso: string): { readonly ms: number; readonly fraction: string } {
  const fraction = /:\d{2}\.(\d+)/.exec(iso)?.[1] ?? "";
  return { ms: Math.floor(Date.parse(iso) / 1000) * 1000, fraction: fraction.slice(0, 6).padEnd(6, "0") };
}

function written(wallMs: number, fraction: string): string {
  return `${new Date(wallMs).toISOString().slice(0, 19).replace("T", " ")}.${fraction}`;
}
