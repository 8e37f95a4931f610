import { inspect } from "node:util";
import type { FaultKind } from "./faults.js";
import type { Simulator } from "./simulator.js";
import type { Subject } from "./subject.js";
import { inTrial, readable, type Trial } from "./trial.js";
import { canBeWrong, nowhere, wrongOptions, wrongValue } from "./wrong-options.js";

/** What came out of something that was made to fail. */
export interface Provoked {
  readonly how: string;
  /** What was thrown. */
  readonly errors: readonly unknown[];
  /** Everything that a person, a log or a trail could get to see of it. */
  readonly text: string;
  readonly secrets: readonly string[];
}

const kinds: readonly FaultKind[] = ["500", "html-500", "html-200", "truncated-json", "429", "expired-token", "reset", "cut"];

// Both promises about failures look at the same ones, and bringing them about takes seconds of backing off.
const known = new WeakMap<Subject, Promise<readonly Provoked[]>>();

/** Lets everything fail for good that can: a wrong host, a wrong key, and every fault until the connector gives up. */
export function provoke(subject: Subject): Promise<readonly Provoked[]> {
  const found = known.get(subject) ?? bringAbout(subject);
  known.set(subject, found);
  return found;
}

async function bringAbout(subject: Subject): Promise<readonly Provoked[]> {
  const offered = await inTrial(subject, {}, async (trial) =>
    kinds.filter((kind) => trial.simulator.faults.kinds?.includes(kind) !== false),
  );
  return Promise.all([
    fail(subject, { how: "a host that does not answer", options: nowhere }),
    ...(canBeWrong(subject) ? [fail(subject, { how: "a wrong key", options: wrongOptions })] : []),
    ...offered.map((kind) => fail(subject, { how: `nothing but ${kind}`, kind })),
  ]);
}

interface Failure {
  readonly how: string;
  readonly kind?: FaultKind;
  readonly options?: (subject: Subject, simulator: Simulator) => Readonly<Record<string, unknown>>;
}

async function fail(subject: Subject, { how, kind, options }: Failure): Promise<Provoked> {
  const errors: unknown[] = [];
  const texts: string[] = [];
  let secrets: readonly string[] = [];
  const taking = async (work: () => Promise<unknown>): Promise<void> => {
    try {
      const result = await work();
      texts.push(inspect(result, { depth: 8 }));
    } catch (error) {
      errors.push(error);
      texts.push(everything(error));
    }
  };
  // Streams of some connectors come from the vendor: where that fails too, the first error is the one to look at.
  const names = await inTrial(subject, {}, async (trial) => (await readable(subject, trial)).slice(0, 1).map((stream) => stream.name));
  await taking(() =>
    inTrial(subject, options ? { options: (simulator) => options(subject, simulator) } : {}, async (trial) => {
      secrets = [...trial.simulator.secrets, ...(options === wrongOptions && !subject.wrongOptions ? [wrongValue] : [])];
      const works = [...names.map((name) => () => readFirst(trial, name)), ...writes(subject, trial)];
      for (const name of names) await trial.stream(name);
      if (kind) trial.simulator.faults.next(kind, 10_000);
      await Promise.all([...works, () => trial.connection.check(trial.call())].map(taking));
      texts.push(...trial.notices);
    }),
  );
  return { how, errors, text: texts.join("\n"), secrets };
}

async function readFirst(trial: Trial, name: string): Promise<void> {
  for await (const _ of await trial.pages(name, { pageSize: 5 })) return;
}

function writes(subject: Subject, trial: Trial): readonly (() => Promise<unknown>)[] {
  return (subject.writes ?? []).slice(0, 1).map((write) => async () => {
    const stream = await trial.stream(write.stream);
    return stream.create?.([write.record(1)], trial.call());
  });
}

/** An error with all that hangs on it, in every way in which it could be printed. */
function everything(error: unknown): string {
  const parts = [inspect(error, { depth: 10, showHidden: true }), String(error), JSON.stringify(error) ?? ""];
  for (let cause = error; cause instanceof Error; cause = cause.cause)
    parts.push(cause.stack ?? "", cause.message, inspect(Object.entries(cause), { depth: 10 }));
  return parts.join("\n");
}
