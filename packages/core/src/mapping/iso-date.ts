/** An ISO 8601 date or moment, recognised by its form and checked against the calendar. */
export interface IsoDate {
  /** YYYY-MM-DD */
  readonly date: string;
  /** HH:MM:SS; absent for a mere date. */
  readonly time?: string;
  /** Of a second, without the point, as written. */
  readonly fraction: string;
  /** `Z` or `+HH:MM`; absent where the text says no zone. */
  readonly offset?: string;
}

const dayForm = /^(?!0000)\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/;
const form =
  /^((?!0000)\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))(?:[T ]((?:[01]\d|2[0-3]):[0-5]\d)(?::([0-5]\d)(?:[.,](\d{1,9}))?)?(?: ?(Z|[+-](?:0\d|1[0-4])(?::?[0-5]\d)?))?)?$/;

/** What the text says, or `undefined` when it is no ISO date, or one that is in no calendar (30 February). */
export function readIso(text: string): IsoDate | undefined {
  const parts = form.exec(text);
  if (parts === null) return undefined;
  const [, date = "", clock, seconds = "00", fraction = "", offset] = parts;
  if (!isInCalendar(date)) return undefined;
  if (clock === undefined) return { date, fraction };
  const time = `${clock}:${seconds}`;
  return offset === undefined ? { date, time, fraction } : { date, time, fraction, offset: tidyOffset(offset) };
}

export function isIsoDay(text: string): boolean {
  return text.length === 10 && dayForm.test(text) && isInCalendar(text);
}

function isInCalendar(date: string): boolean {
  const day = Number(date.slice(8, 10));
  if (day <= 28) return true;
  const month = Number(date.slice(5, 7));
  if (month !== 2) return day <= 30 || [1, 3, 5, 7, 8, 10, 12].includes(month);
  const year = Number(date.slice(0, 4));
  return day === 29 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

function tidyOffset(offset: string): string {
  if (offset === "Z") return offset;
  const digits = offset.replace(":", "");
  const text = `${digits.slice(0, 3)}:${digits.slice(3, 5).padEnd(2, "0")}`;
  return text === "-00:00" ? "+00:00" : text;
}

/** The moment as ISO text, to the microsecond: finer than that no target keeps, and what is cut here is not found changed for ever. */
export function isoText(iso: IsoDate): string {
  if (iso.time === undefined) return iso.date;
  const fraction = iso.fraction === "" ? "" : `.${iso.fraction.slice(0, 6)}`;
  return `${iso.date}T${iso.time}${fraction}${iso.offset ?? ""}`;
}

/** Text that is equal for equal moments, and sorts as they do: UTC where an offset is known. */
export function sortableIso(iso: IsoDate): string {
  const fraction = iso.fraction.slice(0, 6).padEnd(6, "0");
  const time = iso.time ?? "00:00:00";
  if (iso.offset === undefined) return `${iso.date}T${time}.${fraction}`;
  if (iso.offset === "Z" || iso.offset === "+00:00") return `${iso.date}T${time}.${fraction}Z`;
  const utc = new Date(Date.parse(`${iso.date}T${time}${iso.offset}`)).toISOString();
  return `${utc.slice(0, utc.length - 5)}.${fraction}Z`;
}

/** Milliseconds since 1970; a text without a zone counts as UTC. */
export function isoTime(iso: IsoDate): number {
  const milliseconds = Number(iso.fraction.slice(0, 3).padEnd(3, "0"));
  return Date.parse(`${iso.date}T${iso.time ?? "00:00:00"}${iso.offset ?? "Z"}`) + milliseconds;
}
