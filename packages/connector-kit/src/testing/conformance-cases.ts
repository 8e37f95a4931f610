import type { Stream } from "../contract.js";
import type { AnyPromise, Facts } from "./promise.js";
import { allPromises } from "./promises.js";
import type { Subject } from "./subject.js";
import { inTrial } from "./trial.js";

/** By the text of a promise, or `stream: text` for one stream only: why it cannot be kept. */
export type Skips = Readonly<Record<string, string>>;

/** One line of the suite's output. */
export interface ConformanceCase {
  /** "customers: goes on from any page", with the reason behind it where it is not promised. */
  readonly title: string;
  /** Absent where it is not promised. */
  readonly judge?: () => Promise<void>;
}

/** Everything that this connector is judged on, and what it is not judged on and why. @throws when a skip names no promise. */
export async function conformanceCases(subject: Subject, skip: Skips = {}): Promise<readonly ConformanceCase[]> {
  const { facts, streams } = await inTrial(subject, {}, async (trial) => {
    const all = await trial.connection.streams(trial.call());
    return { facts: { subject, simulator: trial.simulator } satisfies Facts, streams: chosen(subject, all) };
  });
  const unused = new Set(Object.keys(skip));
  const cases = allPromises.flatMap((promise) => casesOf(promise, { facts, streams, skip, unused }));
  if (unused.size > 0)
    throw new Error(
      `"skip" names what nobody promises: ${[...unused].join(", ")}. The promises are: ${allPromises.map((promise) => promise.text).join("; ")}.`,
    );
  return cases;
}

interface Listing {
  readonly facts: Facts;
  readonly streams: readonly Stream[];
  readonly skip: Skips;
  readonly unused: Set<string>;
}

function casesOf(promise: AnyPromise, { facts, streams, skip, unused }: Listing): readonly ConformanceCase[] {
  const skipped = (...names: readonly string[]): string | undefined => {
    const name = names.find((candidate) => Object.hasOwn(skip, candidate));
    if (name !== undefined) unused.delete(name);
    return name === undefined ? undefined : skip[name];
  };
  const one = (title: string, reason: string | undefined, judge: () => Promise<void>): ConformanceCase =>
    reason === undefined ? { title, judge } : { title: `${title}: not promised, because ${reason}` };
  if (promise.per === "connection")
    return [one(promise.text, skipped(promise.text) ?? promise.unless?.(facts), () => promise.judge(facts.subject))];
  return streams.map((stream) => {
    const title = `${stream.name}: ${promise.text}`;
    return one(title, skipped(title, promise.text) ?? promise.unless?.(facts, stream), () => promise.judge(facts.subject, stream.name));
  });
}

function chosen({ streams }: Subject, all: readonly Stream[]): readonly Stream[] {
  if (streams === "all") return all;
  return streams.map((name) => {
    const stream = all.find((candidate) => candidate.name === name);
    if (!stream) throw new Error(`The connection has no stream "${name}". It has: ${all.map((candidate) => candidate.name).join(", ")}.`);
    return stream;
  });
}
