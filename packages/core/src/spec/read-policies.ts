import { defaultGuards } from "./default-guards.js";
import type { Spec } from "./model.js";
import { readAlert, readTests } from "./read-after.js";
import { readChecks } from "./read-checks.js";
import { isMap } from "./read-condition.js";
import { readGuards } from "./read-guards.js";
import { readConflicts, readCreateIf, readProtect } from "./read-policy.js";
import { readStages } from "./read-stages.js";
import type { Reading } from "./reading.js";
import type { SyncInput } from "./shape.js";
import type { AlertInput } from "./shape-after.js";
import type { AskFirstInput } from "./shape-policy.js";

export interface Policies {
  /** What decides about records: it counts for the spec's hash. */
  readonly deciding: Partial<Pick<Spec, "direction" | "createIf" | "protect" | "stages" | "conflicts">>;
  /** What looks after the runs. */
  readonly watching: Pick<Spec, "guards" | "checks" | "alert" | "tests">;
}

/** The words that keep a sync safe, as far as each of them is sound. */
export function readPolicies(input: SyncInput, sound: (word: string) => boolean, reading: Reading): Policies {
  const given = <Value, Read>(
    word: keyof SyncInput,
    value: Value | undefined,
    read: (value: Value) => Read | undefined,
  ): Read | undefined => (value !== undefined && sound(word) ? read(value) : undefined);
  // Lists and settings are read entry by entry, so that one that is wrong hides no mistake in the others.
  const list = <Value, Read>(value: readonly Value[] | undefined, read: (value: readonly Value[]) => Read): Read | undefined =>
    Array.isArray(value) ? read(value as readonly Value[]) : undefined;
  const asked = input.ask_first_if;
  return {
    deciding: defined({
      direction: given("direction", input.direction, (direction) => direction),
      createIf: given("create_if", input.create_if, () => readCreateIf(input, reading)),
      protect: given("protect", input.protect, (protect) => readProtect(protect, reading)),
      stages: given("stages", input.stages, (stages) => readStages(stages, reading)),
      conflicts: given("conflicts", input.conflicts, (conflicts) => readConflicts(conflicts, input, reading)),
    }),
    watching: {
      guards: isMap(asked) || sound("ask_first_if") ? readGuards(asked as AskFirstInput, reading) : defaultGuards,
      ...defined({
        checks: isMap(input.to) ? list(input.checks, (checks) => readChecks(checks, input.to, reading)) : undefined,
        alert: isMap(input.alert) ? readAlert(input.alert as AlertInput, reading) : undefined,
        tests: list(input.tests, (tests) => readTests(tests, reading)),
      }),
    },
  };
}

type Defined<T> = { readonly [Key in keyof T]?: Exclude<T[Key], undefined> };

function defined<T extends object>(parts: T): Defined<T> {
  return Object.fromEntries(Object.entries(parts).filter(([, each]) => each !== undefined)) as Defined<T>;
}
