import pg from "pg";

/** PostgreSQL's type numbers, from its catalog pg_type. */
const oid = { int8: 20, numeric: 1700, date: 1082, time: 1083, timestamp: 1114, timestamptz: 1184 } as const;
const arrayOid = { int8: 1016, numeric: 1231, date: 1182, time: 1183, timestamp: 1115, timestamptz: 1185 } as const;

type Parse = (text: string) => unknown;

// The package's declaration knows a later form of this function than the one that pg 8 brings.
const arrayParser = pg.types.arrayParser as unknown as { create(text: string, parse: Parse): { parse(): unknown[] } };
const asText: Parse = (text) => text;

/** How values leave the database, by type number: the same for a server and for the embedded one. */
export const parsers: Readonly<Record<number, Parse>> = {
  [oid.int8]: wholeNumber,
  [oid.numeric]: asText,
  [oid.date]: asText,
  [oid.time]: asText,
  [oid.timestamp]: (text) => text.replace(" ", "T"),
  [oid.timestamptz]: utcText,
};

/** The same for arrays of these types. */
export const arrayParsers: Readonly<Record<number, Parse>> = Object.fromEntries(
  Object.entries(arrayOid).map(([name, number]) => {
    const parse = parsers[oid[name as keyof typeof oid]] ?? asText;
    return [number, (text: string) => arrayParser.create(text, parse).parse()];
  }),
);

/** A number where JavaScript can hold it exactly, else its digits. */
function wholeNumber(text: string): number | string {
  const value = Number(text);
  return Number.isSafeInteger(value) ? value : text;
}

/** "2025-01-13 13:35:13.1234+02" as "2025-01-13T11:35:13.123400Z": all microseconds kept, `infinity` and years BC as they are. */
export function utcText(text: string): string {
  const parts = /^(\d{4,})-(\d\d)-(\d\d) (\d\d:\d\d:\d\d)(\.\d+)?([+-])(\d\d)(?::?(\d\d))?(?::?(\d\d))?$/.exec(text);
  if (!parts) return text;
  const [, year, month, day, time, fraction, sign, hours, minutes, seconds] = parts;
  const tail = fraction === undefined ? "" : fraction.padEnd(7, "0");
  const offset = Number(hours) * 3600 + Number(minutes ?? 0) * 60 + Number(seconds ?? 0);
  if (offset === 0) return `${year}-${month}-${day}T${time}${tail}Z`;
  const local = Date.parse(`${year}-${month}-${day}T${time}Z`);
  if (Number.isNaN(local)) return text;
  const utc = new Date(local - (sign === "-" ? -offset : offset) * 1000);
  return `${utc.toISOString().slice(0, 19)}${tail}Z`;
}
