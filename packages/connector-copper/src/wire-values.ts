import { VendorError } from "@fieldwright/connector-kit";
import type { Api } from "./api.js";
import { dayFromLocal, dayOf, isDay, localFromDay, startOf } from "./days.js";
import { type CustomField, labelOf } from "./definitions.js";
import { refuse } from "./errors.js";

export function momentFrom(seconds: unknown): unknown {
  return typeof seconds === "number" ? new Date(seconds * 1000).toISOString() : seconds;
}

/** Seconds since 1970. A day without a time is its beginning in the account's zone. */
export function secondsFrom(field: string, value: unknown, zone: string): number | null {
  if (value === null) return null;
  if (typeof value === "string" && isDay(value)) return startOf(value, zone);
  const hasZone = typeof value === "string" && /(Z|[+-]\d{2}:?\d{2})$/.test(value);
  const moment = hasZone ? Date.parse(value) : Number.NaN;
  if (!Number.isNaN(moment)) return Math.floor(moment / 1000);
  throw refuse(`${field} takes a moment with its offset, such as 2026-03-10T15:00:00Z, and not ${JSON.stringify(value)}.`, { field });
}

/** @throws where the account writes days in the other order: a guess would move them by months. */
export function closeDateFrom({ options }: Api, value: unknown): unknown {
  if (typeof value !== "string" || value === "") return value === "" ? null : value;
  const day = dayFromLocal(value, options.dateOrder);
  if (day !== undefined) return day;
  const other = options.dateOrder === "month-first" ? "day-first" : "month-first";
  throw new VendorError(`Copper gives the close date ${value}, which is no day when read ${options.dateOrder}.`, {
    code: "copper/date-order",
    next: "stop-stream",
    hint: `Set \`dateOrder: ${other}\` in the connection's options if the account writes days so.`,
  });
}

export function closeDateTo({ options }: Api, value: unknown): string | null {
  if (value === null) return null;
  const day = typeof value === "string" ? value.slice(0, 10) : "";
  if (!isDay(day) || value !== day)
    throw refuse(`close_date takes a day as YYYY-MM-DD, and not ${JSON.stringify(value)}.`, { field: "close_date" });
  return localFromDay(day, options.dateOrder);
}

/** A custom value as specs see it; `undefined` where it names an option that is not known. */
export function customFrom(api: Api, { definition, name }: CustomField, value: unknown): unknown {
  const labelled = (id: unknown): string | undefined => {
    const option = definition.options.find((candidate) => candidate.id === Number(id));
    return option && labelOf(definition, option);
  };
  switch (definition.type) {
    case "Dropdown":
      return value === null ? null : labelled(value);
    case "MultiSelect": {
      const ids = Array.isArray(value) ? value.map(Number) : [];
      if (ids.some((id) => labelled(id) === undefined)) return undefined;
      // Their order means nothing and changes, so it is that of the options.
      return definition.options.filter((option) => ids.includes(option.id)).map((option) => labelOf(definition, option));
    }
    case "Checkbox":
      return value === true;
    case "Date": {
      if (typeof value !== "number") return value;
      const { day, isMidnight } = dayOf(value, api.options.timeZone);
      if (!isMidnight)
        api.notice(
          `A date in "${name}" is not a midnight of ${api.options.timeZone}. It is read as the day that it falls on there; check \`timeZone\`, which has to be the account's.`,
        );
      return day;
    }
    default:
      return value;
  }
}

/** A value of a spec as Copper keeps it. @throws hold-record where it cannot be one of this field. */
export function customTo(api: Api, custom: CustomField, value: unknown): unknown {
  const { definition, name } = custom;
  const wrong = (wanted: string) => refuse(`"${name}" takes ${wanted}, and not ${JSON.stringify(value)}.`, { field: name });
  if (value === null) return definition.type === "MultiSelect" ? [] : definition.type === "Checkbox" ? false : null;
  switch (definition.type) {
    case "Dropdown":
      return optionId(custom, value);
    case "MultiSelect":
      if (!Array.isArray(value)) throw wrong("a list of options");
      return value.map((label) => optionId(custom, label));
    case "Checkbox":
      if (typeof value !== "boolean") throw wrong("true or false");
      return value;
    case "Date":
      if (typeof value !== "string" || !isDay(value)) throw wrong("a day as YYYY-MM-DD");
      return startOf(value, api.options.timeZone);
    case "Percentage":
      if (typeof value !== "number" || !Number.isFinite(value)) throw wrong("a number");
      if (api.assumptions.percentagesAreWhole && !Number.isInteger(value)) throw wrong("a whole number of percent");
      return value;
    case "Float":
    case "Currency":
      if (typeof value !== "number" || !Number.isFinite(value)) throw wrong("a number");
      return value;
    default:
      if (typeof value !== "string") throw wrong("a text");
      if (definition.type === "String" && [...value].length > 255) throw wrong("at most 255 characters");
      return value;
  }
}

function optionId({ definition, name }: CustomField, label: unknown): number {
  const option = definition.options.find((candidate) => labelOf(definition, candidate) === label);
  if (option) return option.id;
  const there = definition.options.map((candidate) => `"${labelOf(definition, candidate)}"`).join(", ");
  throw refuse(`"${name}" has no option ${JSON.stringify(label)}. Its options are: ${there || "none"}.`, {
    code: "copper/no-such-option",
    field: name,
    hint: "Map the value to one of these, or add the option in Copper's settings.",
  });
}
