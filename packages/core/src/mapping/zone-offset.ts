import { DateTime, IANAZone } from "luxon";
import { CannotConvert } from "./cannot-convert.js";
import { remember } from "./remember.js";

export function isZone(name: string): boolean {
  return IANAZone.isValidZone(name);
}

/**
 * Gives the offset (`-06:00`, `Z`) of a clock time (YYYY-MM-DDTHH:MM:SS) in a zone. Of an hour that comes twice the first one counts;
 * a time that the clocks skip is a `CannotConvert`. Whole hours are remembered, because the zone database is slow to ask.
 */
export function zoneOffset(zone: string): (clock: string) => string | CannotConvert {
  if (zone === "UTC" || zone === "Etc/UTC") return () => "Z";
  const skipped = new CannotConvert(`is a time that the clocks of ${zone} skip (the hour when summer time begins)`);
  const exact = (clock: string) => {
    const moment = DateTime.fromISO(clock, { zone });
    if (moment.toFormat("yyyy-MM-dd'T'HH:mm:ss") !== clock) return skipped;
    const first = moment.getPossibleOffsets().reduce((a, b) => (a.toMillis() <= b.toMillis() ? a : b));
    return first.toFormat("ZZ");
  };
  const ofHour = remember((hour) => {
    const start = exact(`${hour}:00:00`);
    return start === exact(`${hour}:59:59`) ? start : undefinedHour;
  });
  return (clock) => {
    const offset = ofHour(clock.slice(0, 13));
    return offset === undefinedHour ? exact(clock) : offset;
  };
}

const undefinedHour = new CannotConvert("changes within the hour");

/** A moment (milliseconds) on the clock of a zone: `YYYY-MM-DDTHH:MM:SS`. */
export function clockIn(zone: string): (time: number) => string {
  if (zone === "UTC" || zone === "Etc/UTC") return (time) => new Date(time).toISOString().slice(0, 19);
  return (time) => DateTime.fromMillis(time, { zone }).toFormat("yyyy-MM-dd'T'HH:mm:ss");
}
