const known = new Map<string, number>();
const formats = new Map<string, Intl.DateTimeFormat>();
const quarter = 900;

/** The day that clocks in `zone` show, YYYY-MM-DD. */
export function dayIn(zone: string, seconds: number): string {
  const format =
    formats.get(zone) ?? new Intl.DateTimeFormat("en-CA", { timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit" });
  formats.set(zone, format);
  return format.format(new Date(seconds * 1000));
}

/** The first quarter of an hour that belongs to the day: midnight, but where clocks are put forward at midnight. */
export function startOfDay(zone: string, day: string): number {
  const name = `${zone} ${day}`;
  const found = known.get(name);
  if (found !== undefined) return found;
  let at = Date.parse(`${day}T00:00:00Z`) / 1000 - 15 * 3600;
  while (dayIn(zone, at) < day) at += quarter;
  known.set(name, at);
  return at;
}

/** As the account's settings want it: 1/23/2026, or 23/1/2026. */
export function localDay(day: string, order: "month-first" | "day-first"): string {
  const [year = 0, month = 0, date = 0] = day.split("-").map(Number);
  return order === "month-first" ? `${month}/${date}/${year}` : `${date}/${month}/${year}`;
}

/** YYYY-MM-DD, or `undefined` where the text is no day in this order. */
export function dayOfLocal(text: string, order: "month-first" | "day-first"): string | undefined {
  const [, one = "", two = "", year = ""] = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text) ?? [];
  const [month, date] = order === "month-first" ? [one, two] : [two, one];
  const day = `${year}-${month.padStart(2, "0")}-${date.padStart(2, "0")}`;
  return Number.isNaN(Date.parse(`${day}T00:00:00Z`)) || Number(month) > 12 ? undefined : day;
}
