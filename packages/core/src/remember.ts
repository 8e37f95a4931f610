import type { Patched } from "./policy/index.js";
import type { Spec } from "./spec/model.js";
import type { Remembered } from "./store/remembered.js";

type Values = Readonly<Record<string, unknown>>;

/** What a sync has to keep in mind of its records. */
export interface ToRemember {
  /** Target fields of which the last value is kept. */
  readonly fields: readonly string[];
  readonly stages: boolean;
}

/** `undefined` for a spec that protects nothing by memory: its records cost nothing more. */
export function toRemember(spec: Spec): ToRemember | undefined {
  const fields = [...(spec.protect?.keepHumanEdits ?? []), ...(spec.protect?.setOnce ?? [])];
  return fields.length === 0 && !spec.stages ? undefined : { fields, stages: spec.stages !== undefined };
}

export const nothingRemembered: Remembered = { written: {}, wanted: {}, human: [] };

/** What to keep in mind once a decision is carried out; `undefined` where that is what is kept already. */
export function remember(
  what: ToRemember,
  decided: {
    readonly before: Remembered | undefined;
    readonly wanted: { readonly values: Values };
    readonly patched: Patched;
    readonly highest: string | undefined;
  },
): Remembered | undefined {
  const { before = nothingRemembered, wanted, patched } = decided;
  const written: Record<string, unknown> = {};
  const asked: Record<string, unknown> = {};
  for (const field of what.fields) {
    const value = field in patched.patch ? patched.patch[field] : before.written[field];
    if (value !== undefined) written[field] = value;
    const want = wanted.values[field] ?? before.wanted[field];
    if (want !== undefined) asked[field] = want;
  }
  const human = patched.becameHuman.length === 0 ? before.human : [...new Set([...before.human, ...patched.becameHuman])];
  const { highest } = decided;
  const after: Remembered = { ...(highest === undefined ? {} : { highest }), written, wanted: asked, human };
  return decided.before !== undefined && isSame(decided.before, after) ? undefined : after;
}

/** What was remembered, with the values that the target says it took: some systems tidy what they are given. */
export function asTaken(remembered: Remembered, taken: { patch: Values; record: Values }): Remembered {
  const written = { ...remembered.written };
  for (const field in written) if (field in taken.patch && taken.record[field] !== undefined) written[field] = taken.record[field];
  return { ...remembered, written };
}

function isSame(a: Remembered, b: Remembered): boolean {
  return (
    a.highest === b.highest &&
    a.human.length === b.human.length &&
    JSON.stringify(a.written) === JSON.stringify(b.written) &&
    JSON.stringify(a.wanted) === JSON.stringify(b.wanted)
  );
}
