import type { DataRecord, Field } from "@fieldwright/connector-kit";
import { isBlank } from "../mapping/index.js";
import { type SameValue, sameValues } from "./same-value.js";

type Values = Readonly<Record<string, unknown>>;

/** A write as the trail has it. `before` and `after` hold the changed fields only; a delete's `before` is the whole record. */
export interface RecordedChange {
  readonly operation: "create" | "update" | "delete";
  readonly before: Values | null;
  readonly after: Values | null;
}

/** What the target's system can do. */
export interface Abilities {
  readonly create: boolean;
  readonly update: boolean;
  readonly delete: boolean;
  /** Brings a deleted record back under its old key. */
  readonly restore: boolean;
  /** The field values that archive a record, where that is the way to take one away. */
  readonly archive?: Values;
}

export interface InverseOptions {
  readonly fields: Readonly<Record<string, Field>>;
  /** The field that names a record for good. */
  readonly key: string;
  readonly can: Abilities;
}

/** A field that is not put back, and why. */
export interface NotRestored {
  readonly field: string;
  readonly why: string;
}

/** What takes a write back. `left` names what stays as it is all the same. */
export type Inverse = { readonly left: readonly NotRestored[] } & (
  | { readonly do: "update" | "archive"; readonly before: Values; readonly after: Values }
  | { readonly do: "delete"; readonly before: Values }
  | { readonly do: "restore" }
  | { readonly do: "create"; readonly values: Values; readonly says: string }
  /** Nothing is to be done, or nothing may be. */
  | { readonly do: "nothing"; readonly why: string }
  /** A person must: the system has no way. */
  | { readonly do: "cannot"; readonly why: string }
);

/** The inverse of a recorded change against the target as it is now; `undefined` where it is not there. Compare and restore: only what still holds the value that was written is touched. */
export type InverseOf = (change: RecordedChange, now: DataRecord | undefined) => Inverse;

/** `couldUndo`: before any write, whether a write of this kind could be taken back, and if not wholly, why. */
export interface CompiledInverse {
  readonly inverseOf: InverseOf;
  couldUndo(operation: RecordedChange["operation"]): { readonly undo: "yes" | "partly" | "no"; readonly says?: string };
}

const none: readonly NotRestored[] = [];
const changedSince = "it was changed again since; the newer value stays";
const noLonger = "its record is not there any more";
const newId = "the record comes back under a new id, and what pointed to the old one does not find it";

export function compileInverse(options: InverseOptions): CompiledInverse {
  const same = sameValues(options.fields);
  const { can } = options;
  return {
    inverseOf: (change, now) => {
      if (change.operation === "create") return uncreate(options, { change, now, same });
      if (change.operation === "delete") return undelete(options, change, now);
      return revert(options, { change, now, same });
    },
    couldUndo: (operation) => {
      if (operation === "update") return can.update ? { undo: "yes" } : { undo: "no", says: "the system cannot change records" };
      if (operation === "create") {
        if (can.delete) return { undo: "yes" };
        return can.archive && can.update
          ? { undo: "partly", says: "archive only" }
          : { undo: "no", says: "the system cannot delete records" };
      }
      if (can.restore) return { undo: "yes" };
      return can.create ? { undo: "partly", says: newId } : { undo: "no", says: "the system cannot bring records back" };
    },
  };
}

interface Looked {
  readonly change: RecordedChange;
  readonly now: DataRecord | undefined;
  readonly same: (name: string) => SameValue;
}

function revert({ fields, can }: InverseOptions, { change, now, same }: Looked): Inverse {
  const written = change.after ?? {};
  if (now === undefined) return { do: "nothing", why: noLonger, left: Object.keys(written).map((field) => ({ field, why: noLonger })) };
  const left: NotRestored[] = [];
  const before: Record<string, unknown> = {};
  const after: Record<string, unknown> = {};
  let changes = false;
  for (const field of Object.keys(written)) {
    const present = now[field] ?? null;
    const old = change.before?.[field] ?? null;
    const equal = same(field);
    if (equal(present, old)) continue; // it is back already
    const why = equal(present, written[field]) ? cannotSet(fields[field], old) : changedSince;
    if (why !== undefined) {
      left.push({ field, why });
      continue;
    }
    before[field] = present;
    after[field] = old;
    changes = true;
  }
  if (!changes) return { do: "nothing", why: left.length === 0 ? "it is as it was already" : "no field can be put back", left };
  if (!can.update) return { do: "cannot", why: "the system cannot change records", left };
  return { do: "update", before, after, left };
}

function cannotSet(field: Field | undefined, value: unknown): string | undefined {
  if (field?.readOnly === true) return "the system lets nobody write it";
  if (field?.readOnly === "after-create") return "the system takes it only when a record is created";
  if (field?.required && isBlank(value)) return "it was blank, and the system does not let it become so again";
  return undefined;
}

function uncreate({ can }: InverseOptions, { change, now, same }: Looked): Inverse {
  const written = change.after ?? {};
  if (now === undefined) return { do: "nothing", why: noLonger, left: none };
  const left: NotRestored[] = [];
  for (const field of Object.keys(written)) if (!same(field)(now[field], written[field])) left.push({ field, why: changedSince });
  if (left.length > 0) return { do: "nothing", why: "the new record was changed since, and taking it away would lose that", left };
  if (can.delete) return { do: "delete", before: now, left };
  const { archive } = can;
  if (archive === undefined || !can.update)
    return { do: "cannot", why: "the system cannot delete records; take it away there by hand", left };
  const fields = Object.keys(archive).filter((field) => !same(field)(now[field], archive[field]));
  if (fields.length === 0) return { do: "nothing", why: "it is archived already", left };
  return { do: "archive", before: pick(now, fields), after: pick(archive, fields), left };
}

function undelete({ fields, key, can }: InverseOptions, change: RecordedChange, now: DataRecord | undefined): Inverse {
  if (now !== undefined) return { do: "nothing", why: "the record is there again", left: none };
  if (can.restore) return { do: "restore", left: none };
  if (!can.create) return { do: "cannot", why: "the system cannot bring records back", left: none };
  const left: NotRestored[] = [];
  const values: Record<string, unknown> = {};
  for (const [field, value] of Object.entries(change.before ?? {})) {
    if (isBlank(value)) continue;
    if (fields[field]?.readOnly === true) left.push({ field, why: "the system lets nobody write it" });
    else values[field] = value;
  }
  return { do: "create", values, says: Object.hasOwn(values, key) ? "the record comes back under its old id" : newId, left };
}

function pick(values: Values, fields: readonly string[]): Values {
  return Object.fromEntries(fields.map((field) => [field, values[field] ?? null]));
}
