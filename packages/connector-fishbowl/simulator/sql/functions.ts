import { localStamp, utcStamp } from "../local-time.js";
import type { Database } from "./scope.js";
import { SqlError } from "./tokens.js";

type Call = (args: readonly unknown[], database: Database) => unknown;

const functions: Readonly<Record<string, Call>> = {
  NOW: (_args, { now, timeZone }) => localStamp(now(), timeZone),
  UTC_TIMESTAMP: (_args, { now }) => utcStamp(now()),
  DATABASE: () => "fishbowl",
  COALESCE: (args) => args.find((arg) => arg !== null && arg !== undefined) ?? null,
  LOWER: ([text]) => (text === null || text === undefined ? null : String(text).toLowerCase()),
  CONCAT: (args) => (args.some((arg) => arg === null || arg === undefined) ? null : args.join("")),
  DATE_FORMAT: ([stamp, form]) => (typeof stamp === "string" ? formatted(stamp, String(form)) : null),
  CUSTOMFIELDBYNAME: ([json, name]) => {
    const fields = Object.values((json ?? {}) as Readonly<Record<string, { readonly name: string; readonly value: unknown }>>);
    return fields.find((field) => field.name.toLowerCase() === String(name).toLowerCase())?.value ?? null;
  },
};

export function functionOf(name: string): Call {
  const found = functions[name];
  if (!found) throw new SqlError(`FUNCTION fishbowl.${name} does not exist`);
  return found;
}

/** Of "2026-03-10 08:15:00.123456". */
function formatted(stamp: string, form: string): string {
  return form.replace(/%(.)/g, (_all, letter: string) => {
    switch (letter) {
      case "Y":
        return stamp.slice(0, 4);
      case "m":
        return stamp.slice(5, 7);
      case "d":
        return stamp.slice(8, 10);
      case "H":
        return stamp.slice(11, 13);
      case "i":
        return stamp.slice(14, 16);
      case "s":
        return stamp.slice(17, 19);
      case "T":
        return stamp.slice(11, 19);
      case "f":
        return stamp.slice(20).padEnd(6, "0");
      default:
        return letter;
    }
  });
}

export function cast(value: unknown, to: string): unknown {
  if (value === null || value === undefined) return null;
  if (to === "CHAR") return typeof value === "object" ? JSON.stringify(value) : String(value);
  return typeof value === "boolean" ? Number(value) : Math.trunc(Number(value));
}
