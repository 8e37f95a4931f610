import type { Field } from "@fieldwright/connector-kit";
import type { IdType } from "./schema.js";

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const largestSerial = 2_147_483_647;

/**
 * A key as Payload wants it in JSON; `undefined` where no record can have it. Databases of SQL take an id of the wrong type for an
 * outage of theirs (500), so it must not be sent.
 */
export function idOf(key: unknown, type: IdType): string | number | undefined {
  const text = typeof key === "string" || typeof key === "number" ? String(key).trim() : "";
  if (text === "") return undefined;
  if (type === "text") return text;
  if (type === "uuid") return uuid.test(text) ? text : undefined;
  if (!/^-?\d+(\.\d+)?$/.test(text)) return undefined;
  const number = Number(text);
  if (type === "number") return number;
  return Number.isInteger(number) && Math.abs(number) <= largestSerial ? number : undefined;
}

export function idField(type: IdType): Field {
  return { type, readOnly: true };
}

/** What the ids of these records are; `undefined` where there are none to tell. */
export function idTypeOf(ids: readonly unknown[]): IdType | undefined {
  if (ids.length === 0) return undefined;
  if (ids.every((id) => typeof id === "number"))
    return ids.every((id) => Number.isInteger(id) && Math.abs(id as number) <= largestSerial) ? "integer" : "number";
  return ids.every((id) => typeof id === "string" && uuid.test(id)) ? "uuid" : "text";
}
