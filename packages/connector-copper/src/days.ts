const formats = new Map<string, Intl.DateTimeFormat>();

/** The calendar day that a moment falls on in a zone, YYYY-MM-DD, and whether the moment is the day's midnight. */
export function dayOf(seconds: number, zone: string): { readonly day: string; readonly isMidnight: boolean } {
  const { day, time } = wallClock(seconds, zone);
  return { day, isMidnight: time === "00:00:00" || startOf(day, zone) === seconds };
}

/** The moment at which a day begins in a zone, in seconds. Where clocks skip midnight it is the first moment after the gap. */
export function startOf(day: string, zone: string): number {
  const naive = Date.parse(`${day}T00:00:00Z`) / 1000;
  // The offset at the answer is that of one of the two sides of any change nearby.
  const candidates = [-1, 1].map((side) => naive - offsetAt(naive + side * 86_400, zone)).sort((a, b) => a - b);
  const exact = candidates.find((seconds) => {
    const at = wallClock(seconds, zone);
    return at.day === day && at.time === "00:00:00";
  });
  if (exact !== undefined) return exact;
  return candidates.find((seconds) => wallClock(seconds, zone).day === day) ?? naive;
}

/** Whether the text is a day that exists. */
export function isDay(text: string): boolean {
  const moment = Date.parse(`${text}T00:00:00Z`);
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(moment) && new Date(moment).toISOString().startsWith(text);
}

/** "1/23/2026" or "23/1/2026" as YYYY-MM-DD; `undefined` where it is no day in this order. */
export function dayFromLocal(text: string, order: DateOrder): string | undefined {
  const parts = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text);
  if (!parts) return undefined;
  const [first, second, year] = parts.slice(1).map((part) => part.padStart(2, "0"));
  const day = order === "month-first" ? `${year}-${first}-${second}` : `${year}-${second}-${first}`;
  return isDay(day) ? day : undefined;
}

/** YYYY-MM-DD as the account writes it, with two digits for day and month. */
export function localFromDay(day: string, order: DateOrder): string {
  const [year, month, date] = day.split("-");
  return order === "month-first" ? `${month}/${date}/${year}` : `${date}/${month}/${year}`;
}

export type DateOrder = "month-first" | "day-first";

function offsetAt(seconds: number, zone: string): number {
  const { day, time } = wallClock(seconds, zone);
  return Date.parse(`${day}T${time}Z`) / 1000 - seconds;
}

function wallClock(seconds: number, zone: string): { readonly day: string; readonly time: string } {
  const known = formats.get(zone);
  const format = known ?? new Intl.DateTimeFormat("en-US", { timeZone: zone, hourCycle: "h23", ...allParts });
  formats.set(zone, format);
  const part = Object.fromEntries(format.formatToParts(new Date(seconds * 1000)).map(({ type, value }) => [type, value]));
  return { day: `${part.year}-${part.month}-${part.day}`, time: `${part.hour}:${part.minute}:${part.second}` };
}

const allParts = {
  year: "numeric",
  month: "2-digit",
  day: "2-digit",
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
} as const;
