import type { Cursor } from "@fieldwright/connector-kit";

const isoForm = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(?:Z|\+00(?::?00)?)?$/;

/** A cursor field's value in a form that sorts as text: datetimes in UTC to nine digits, integers as they are. `undefined` when it is none. */
export function cursorValue(value: unknown, type: Cursor["type"]): string | undefined {
  if (value === null || value === undefined || value === "") return undefined;
  if (type !== "datetime") return String(value);
  if (typeof value === "string") {
    const parts = isoForm.exec(value);
    if (parts) return `${parts[1]}T${parts[2]}.${(parts[3] ?? "").padEnd(9, "0")}Z`;
  }
  const time = value instanceof Date ? value.getTime() : typeof value === "number" ? value * 1000 : Date.parse(String(value));
  if (Number.isNaN(time)) return undefined;
  return new Date(time).toISOString().replace(/\.(\d{3})Z$/, ".$1000000Z");
}

/** The later of two values, compared as their type. */
export function laterOf(a: string | undefined, b: string | undefined, type: Cursor["type"]): string | undefined {
  if (a === undefined) return b;
  if (b === undefined) return a;
  if (type === "integer") return BigInt(a) >= BigInt(b) ? a : b;
  return a >= b ? a : b;
}

/** Where a read starts: the stored value, lowered by the overlap. The stored value itself never moves back. */
export function lowerBound(stored: string, type: Cursor["type"], overlap: number): string {
  if (overlap === 0) return stored;
  if (type === "integer") return String(BigInt(stored) - BigInt(overlap));
  if (type === "text") return stored;
  const lowered = new Date(Date.parse(stored) - overlap);
  return type === "date" ? lowered.toISOString().slice(0, 10) : `${lowered.toISOString().slice(0, 19)}.000Z`;
}
