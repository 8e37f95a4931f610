import type { DataRecord } from "../../contract.js";
import type { StreamPromise } from "../promise.js";
import { keyOf, sameRecords } from "../same-records.js";
import { inTrial } from "../trial.js";

/** An operation that is there takes an empty batch: one that only throws "cannot" should be missing. */
export const declaresMissing: StreamPromise = {
  text: "an operation that is missing is declared missing",
  per: "stream",
  async judge(subject, name) {
    await inTrial(subject, {}, async (trial) => {
      const stream = await trial.stream(name);
      const call = trial.call();
      const empty: Record<string, (() => Promise<readonly unknown[]>) | undefined> = {
        get: stream.get && (() => stream.get?.([], call) ?? gone()),
        find: stream.find && (() => stream.find?.(stream.key, [], call) ?? gone()),
        create: stream.create && (() => stream.create?.([], call) ?? gone()),
        update: stream.update && (() => stream.update?.([], call) ?? gone()),
        upsert: stream.upsert && (() => stream.upsert?.([], [stream.key], call) ?? gone()),
        delete: stream.delete && (() => stream.delete?.([], call) ?? gone()),
        restore: stream.restore && (() => stream.restore?.([], call) ?? gone()),
      };
      for (const [operation, run] of Object.entries(empty)) {
        if (!run) continue;
        let outcomes: readonly unknown[];
        try {
          outcomes = await run();
        } catch (error) {
          throw new Error(`${name}: ${operation} is declared, and throws for an empty batch: ${String(error)}`, { cause: error });
        }
        if (outcomes.length > 0) throw new Error(`${name}: ${operation} of nothing gave ${outcomes.length} results.`);
      }
    });
  },
};

async function gone(): Promise<readonly unknown[]> {
  throw new Error("The operation has disappeared.");
}

export const getsAskedFor: StreamPromise = {
  text: "get gives the records asked for, and leaves out those that do not exist",
  per: "stream",
  unless: (_, stream) => (stream.get ? undefined : "the stream has no get"),
  async judge(subject, name) {
    await inTrial(subject, {}, async (trial) => {
      const stream = await trial.stream(name);
      const held = trial.simulator.holds(name);
      const wanted = [held[0], held.at(-1)].filter((record): record is DataRecord => record !== undefined);
      const keys = wanted.map((record) => keyOf(stream, record));
      const got = await stream.get?.([...keys, unknownKey(keys[0] ?? "1")], trial.call());
      sameRecords(stream, got ?? [], held.length === 1 ? wanted.slice(0, 1) : wanted);
    });
  },
};

export const findsExactly: StreamPromise = {
  text: "find gives every record with the values asked for, and no other",
  per: "stream",
  unless({ subject }, stream) {
    if (!stream.find) return "the stream has no find";
    return (subject.finds?.[stream.name] ?? []).length > 0 ? undefined : "the suite was told no field to find by";
  },
  async judge(subject, name) {
    for (const field of subject.finds?.[name] ?? []) {
      await inTrial(subject, {}, async (trial) => {
        const stream = await trial.stream(name);
        const held = trial.simulator.holds(name);
        const values = [held[1], held.at(-1)].map((record) => record?.[field]).filter((value) => value !== undefined && value !== null);
        if (values.length === 0) throw new Error(`${name}: no record has a ${field} to find it by.`);
        const got = await stream.find?.(field, [...values, `no such ${field}`], trial.call());
        sameRecords(stream, got ?? [], withValues(held, field, values));
      });
    }
  },
};

function withValues(records: readonly DataRecord[], field: string, values: readonly unknown[]): readonly DataRecord[] {
  const wanted = new Set(values.map(String));
  return records.filter((record) => record[field] !== undefined && record[field] !== null && wanted.has(String(record[field])));
}

/** A key of the same shape that nobody has. */
export function unknownKey(like: string): string {
  if (/^[0-9]+$/.test(like)) return "987654321";
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(like)) return "00000000-0000-4000-8000-000000000000";
  return "no-such-key";
}
