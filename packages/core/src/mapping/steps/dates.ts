import { DateTime } from "luxon";
import { z } from "zod";
import { CannotConvert } from "../cannot-convert.js";
import { type IsoDate, isIsoDay, isoText, isoTime, readIso } from "../iso-date.js";
import { remember } from "../remember.js";
import { kindOf } from "../scalar-text.js";
import { defineTransform, type ValueType } from "../transform.js";
import { clockIn, isZone, zoneOffset } from "../zone-offset.js";

const units: Readonly<Record<string, number>> = { unix_seconds: 1_000, unix_milliseconds: 1 };

const from = z
  .string()
  .min(1)
  .describe("How the source writes it, e.g. `MM/dd/yyyy h:mm a`; or `unix_seconds`, `unix_milliseconds`.")
  .optional();
const zone = z.string().refine(isZone, { error: "is no time zone: write one such as `America/Denver` or `UTC`" });
const takes: readonly ValueType[] = ["text", "date", "datetime", "integer"];

/** Reads a date as its source writes it. */
function reader(form: string | undefined, what: string): (value: unknown) => IsoDate | CannotConvert {
  const unit = form === undefined ? undefined : units[form];
  if (unit !== undefined) return (value) => ofUnix(value, unit);
  const none = new CannotConvert(
    form === undefined
      ? `is not an ISO ${what} (${what === "date" ? "2024-12-31" : "2024-12-31T17:05:00Z"}), or is in no calendar; say how it is written, e.g. \`{ ${what}: { from: MM/dd/yyyy } }\``
      : `is not a ${what} of the form ${form}`,
  );
  const read = form === undefined ? (text: string) => readIso(text) ?? none : remember((text) => ofForm(text, form) ?? none);
  return (value) =>
    typeof value === "string"
      ? read(value.trim())
      : new CannotConvert(
          typeof value === "number"
            ? `is a number; say what it counts, e.g. \`{ ${what}: { from: unix_seconds } }\``
            : `is ${kindOf(value)}, not a ${what}`,
        );
}

function ofForm(text: string, form: string): IsoDate | undefined {
  // Read as UTC, so that the clock time comes out as written; the zone is put to it afterwards.
  const moment = DateTime.fromFormat(text, form, { zone: "utc", setZone: true, locale: "en-US" });
  if (!moment.isValid) return undefined;
  return readIso(moment.toFormat(hasOffset(form) ? "yyyy-MM-dd'T'HH:mm:ss.SSSZZ" : "yyyy-MM-dd'T'HH:mm:ss.SSS").replace(".000", ""));
}

/** Whether a form has a part that says the zone. */
function hasOffset(form: string): boolean {
  return /[zZ]/.test(form.replace(/'[^']*'/g, ""));
}

const noTime = new CannotConvert("is not a time since 1970 in the unit given, or lies beyond the year 9999");

function ofUnix(value: unknown, unit: number): IsoDate | CannotConvert {
  const count = typeof value === "string" && /^-?\d{1,16}(?:\.\d{1,9})?$/.test(value.trim()) ? Number(value) : value;
  if (typeof count !== "number" || !(Math.abs(count * unit) < 8.64e15)) return noTime;
  return readIso(new Date(Math.round(count * unit)).toISOString().replace(".000", "")) ?? noTime;
}

const date = defineTransform({
  name: "date",
  takes,
  gives: "date",
  argument: z
    .strictObject({ from, zone: zone.describe("The day on the calendar of this zone; without it the day as written.").optional() })
    .optional(),
  about:
    "A day, YYYY-MM-DD. Of a date with time it is the day as written, or the day in `zone`. Examples: `date`, `{ date: { from: dd.MM.yyyy } }`, `{ date: { zone: America/Denver } }`",
  make: (options) => {
    const read = reader(options?.from, "date");
    const clock = options?.zone === undefined ? undefined : clockIn(options.zone);
    return (value) => {
      if (typeof value === "string" && value.trim() === "") return null;
      if (options?.from === undefined && typeof value === "string" && isIsoDay(value)) return value;
      return dayOf(read(value), clock);
    };
  },
});

function dayOf(iso: IsoDate | CannotConvert, clock: ((time: number) => string) | undefined): unknown {
  if (iso instanceof CannotConvert) return iso;
  return clock === undefined || iso.offset === undefined ? iso.date : clock(isoTime(iso)).slice(0, 10);
}

const datetime = defineTransform({
  name: "datetime",
  takes,
  gives: "datetime",
  argument: z
    .strictObject({
      from,
      zone: zone.describe("The zone of the clock that a time without a zone was read from.").optional(),
      zoneless: z.boolean().describe("Gives the time on the clock of `zone`, without a zone, for targets that keep it so.").optional(),
    })
    .refine((options) => !options.zoneless || options.zone !== undefined, { error: "`zoneless` needs `zone`: whose clock?" })
    .optional(),
  about:
    "A moment with its zone. A time that says no zone needs `zone`. Examples: `datetime`, `{ datetime: { zone: America/Denver } }`, `{ datetime: { from: MM/dd/yyyy h:mm a, zone: UTC } }`",
  make: (options) => {
    const read = reader(options?.from, "datetime");
    const place = options?.zoneless && options.zone ? onClock(options.zone) : inZone(options?.zone);
    return (value) => {
      if (typeof value === "string" && value.trim() === "") return null;
      const iso = read(value);
      return iso instanceof CannotConvert ? iso : place(iso);
    };
  },
});

const whichZone = new CannotConvert("says no time zone; say whose clock it is, e.g. `{ datetime: { zone: America/Denver } }`");

/** Puts the offset to a time that has none. A mere day is its first moment. */
function inZone(name: string | undefined): (iso: IsoDate) => unknown {
  const offsetOf = name === undefined ? undefined : zoneOffset(name);
  return (iso) => {
    if (iso.offset !== undefined) return isoText(iso);
    if (offsetOf === undefined || name === undefined) return whichZone;
    const time = iso.time ?? "00:00:00";
    const offset = offsetOf(`${iso.date}T${time}`);
    if (typeof offset === "string") return isoText({ ...iso, time, offset });
    // Some zones change at midnight, so that a day may begin at one o'clock.
    return iso.time === undefined ? DateTime.fromISO(iso.date, { zone: name }).startOf("day").toFormat("yyyy-MM-dd'T'HH:mm:ssZZ") : offset;
  };
}

/** The clock time in a zone, without the zone. What has none is taken as it is. */
function onClock(name: string): (iso: IsoDate) => unknown {
  const clock = clockIn(name);
  return (iso) => {
    const time = iso.offset === undefined ? `${iso.date}T${iso.time ?? "00:00:00"}` : clock(isoTime(iso));
    return isoText({ date: time.slice(0, 10), time: time.slice(11), fraction: iso.fraction });
  };
}

export const dateSteps = [date, datetime];
