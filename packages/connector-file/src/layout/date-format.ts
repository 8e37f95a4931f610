import { fileError } from "../file-error.js";

interface Found {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly time: string | undefined;
}

export type ReadDate = (text: string) => Found | undefined;

const tokens: Readonly<Record<string, string>> = {
  yyyy: "(?<year>\\d{4})",
  yy: "(?<short>\\d{2})",
  MM: "(?<month>\\d{2})",
  M: "(?<month>\\d{1,2})",
  dd: "(?<day>\\d{2})",
  d: "(?<day>\\d{1,2})",
  HH: "(?<hour>\\d{2})",
  H: "(?<hour>\\d{1,2})",
  hh: "(?<hour>\\d{2})",
  h: "(?<hour>\\d{1,2})",
  mm: "(?<minute>\\d{2})",
  ss: "(?<second>\\d{2})",
  SSS: "(?<milli>\\d{3})",
  a: "(?<half>[AaPp])\\.?[Mm]\\.?",
};

const known = new Map<string, ReadDate>();

/** Reads dates and times that are written so: `dd.MM.yyyy`, `M/d/yy h:mm a`. Two-digit years from 70 on are of the last century. */
export function dateFormat(format: string): ReadDate {
  const found = known.get(format) ?? compile(format);
  known.set(format, found);
  return found;
}

function compile(format: string): ReadDate {
  const pattern = format.replace(/yyyy|yy|MM|M|dd|d|HH|H|hh|h|mm|ss|SSS|a|[\s\S]/g, (part) => tokens[part] ?? literal(part, format));
  const whole = new RegExp(`^${pattern}$`);
  return (text) => {
    const groups = whole.exec(text.trim())?.groups;
    return groups && checked(groups);
  };
}

function literal(sign: string, format: string): string {
  if (/[A-Za-z]/.test(sign) && sign !== "T")
    throw fileError(
      "bad-option",
      `"${sign}" means nothing in the date format "${format}".`,
      "Known: yyyy yy MM M dd d HH H hh h mm ss SSS a.",
    );
  return sign.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");
}

function checked(groups: Readonly<Record<string, string | undefined>>): Found | undefined {
  const short = groups.short === undefined ? undefined : Number(groups.short);
  const year = short === undefined ? Number(groups.year ?? 1970) : short + (short >= 70 ? 1900 : 2000);
  const [month, day] = [Number(groups.month ?? 1), Number(groups.day ?? 1)];
  const date = new Date(Date.UTC(year, month - 1, day));
  if (date.getUTCFullYear() !== year || date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined;
  if (groups.hour === undefined) return { year, month, day, time: undefined };
  const time = timeOf(groups);
  return time === undefined ? undefined : { year, month, day, time };
}

function timeOf(groups: Readonly<Record<string, string | undefined>>): string | undefined {
  const half = groups.half?.toLowerCase();
  const said = Number(groups.hour);
  if (half !== undefined && (said < 1 || said > 12)) return undefined;
  const hour = half === undefined ? said : (said % 12) + (half === "p" ? 12 : 0);
  const [minute, second] = [Number(groups.minute ?? 0), Number(groups.second ?? 0)];
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  return `${two(hour)}:${two(minute)}:${two(second)}${groups.milli === undefined ? "" : `.${groups.milli}`}`;
}

function two(value: number): string {
  return String(value).padStart(2, "0");
}

export function dayOf({ year, month, day }: Found): string {
  return `${String(year).padStart(4, "0")}-${two(month)}-${two(day)}`;
}

const isoMoment = /^(?:(\d{4})-(\d{2})-(\d{2}))?T?(?:(\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,3}))?)?$/;

/** An ISO day, moment or time in this format; `undefined` where it is none. */
export function writeDate(iso: string, format: string): string | undefined {
  const [whole, year = "1970", month = "01", day = "01", hour = "00", minute = "00", second = "00", milli = "0"] =
    isoMoment.exec(iso) ?? [];
  if (whole === undefined) return undefined;
  const half = Number(hour) % 12 === 0 ? 12 : Number(hour) % 12;
  const parts: Readonly<Record<string, string>> = {
    yyyy: year,
    yy: year.slice(2),
    MM: month,
    M: String(Number(month)),
    dd: day,
    d: String(Number(day)),
    HH: hour,
    H: String(Number(hour)),
    hh: two(half),
    h: String(half),
    mm: minute,
    ss: second,
    SSS: milli.padEnd(3, "0"),
    a: Number(hour) < 12 ? "AM" : "PM",
  };
  return format.replace(/yyyy|yy|MM|M|dd|d|HH|H|hh|h|mm|ss|SSS|a/g, (part) => parts[part] ?? part);
}
