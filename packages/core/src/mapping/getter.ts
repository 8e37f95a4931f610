import type { Path } from "../spec/model.js";

/** The value at a path of a record: `undefined` where the record does not say it. */
export type Getter = (record: unknown) => unknown;

/**
 * Reads a path. An empty one (or `.`) is the whole record. A list is gone through member by member: the result is a flat list of what its
 * members have there; a number picks one member. What lies below an explicit `null` is `null`; what lies below something absent is absent.
 */
export function getter(path: Path): Getter {
  const parts = path.length === 1 && path[0] === "." ? [] : path;
  const [first, ...rest] = parts.map(part);
  if (first === undefined) return (record) => record;
  if (rest.length === 0) return first;
  if (rest.length === 1 && rest[0]) {
    const second = rest[0];
    return (record) => second(first(record));
  }
  return (record) => {
    let value = first(record);
    for (const next of rest) value = next(value);
    return value;
  };
}

/** Reads one field of what is known to be a record. */
export function fieldGetter(name: string): (record: Readonly<Record<string, unknown>>) => unknown {
  // Records are JSON: only what every object inherits could be taken for a field, so only such names need the dearer look.
  return name in Object.prototype ? ownOnly(name) : (record) => record[name];
}

function part(name: string): Getter {
  const own = fieldGetter(name);
  const index = /^\d{1,9}$/.test(name) ? Number(name) : undefined;
  return (value) => {
    if (typeof value !== "object") return undefined;
    if (value === null) return null;
    if (!Array.isArray(value)) return own(value as Readonly<Record<string, unknown>>);
    return index === undefined ? through(value, own) : value[index];
  };
}

function ownOnly(name: string): (record: Readonly<Record<string, unknown>>) => unknown {
  return (record) => (Object.hasOwn(record, name) ? record[name] : undefined);
}

function through(list: readonly unknown[], own: (record: Readonly<Record<string, unknown>>) => unknown): unknown[] {
  const found: unknown[] = [];
  for (const member of list) {
    if (typeof member !== "object" || member === null) continue;
    const value = Array.isArray(member) ? through(member, own) : own(member as Readonly<Record<string, unknown>>);
    if (Array.isArray(value)) found.push(...value);
    else if (value !== undefined) found.push(value);
  }
  return found;
}
