import { type Call, type DataRecord, type Outcome, VendorError } from "@fieldwright/connector-kit";
import type { SqlSession } from "@fieldwright/connector-kit/sql";
import type { ReadySync } from "./ready-sync.js";
import type { Decision, Run } from "./run.js";
import { targetCall } from "./targets.js";

export type Write = Extract<Decision, { kind: "create" | "update" | "delete" | "restore" }>;

/** A write and what became of it. */
export interface Written {
  readonly write: Write;
  readonly outcome: Outcome;
}

export function isWrite(decision: Decision): decision is Write {
  const { kind } = decision;
  return kind === "create" || kind === "update" || kind === "delete" || kind === "restore";
}

/** Writes of one kind, as many as one call of the target takes. */
export interface Batch {
  readonly kind: Write["kind"];
  readonly writes: readonly Write[];
}

export function batchesOf(sync: ReadySync, writes: readonly Write[]): readonly Batch[] {
  const size = sync.target.stream.batchSize ?? 1000;
  const batches: Batch[] = [];
  for (const kind of ["delete", "restore", "update", "create"] as const) {
    const some = writes.filter((write) => write.kind === kind);
    for (let start = 0; start < some.length; start += size) batches.push({ kind, writes: some.slice(start, start + size) });
  }
  return batches;
}

/** Carries a batch out; each record has an outcome. What it throws is true of the whole batch. */
export async function writeBatch(run: Run, session: SqlSession, part: { sync: ReadySync; batch: Batch }): Promise<readonly Written[]> {
  const { sync, batch } = part;
  const outcomes = await send(sync, batch, targetCall(run, session, sync));
  return batch.writes.map((write, index) => ({ write, outcome: outcomes[index] ?? unanswered(sync) }));
}

async function send(sync: ReadySync, { kind, writes }: Batch, call: Call): Promise<readonly Outcome[]> {
  const { stream } = sync.target;
  if (kind === "create") {
    const records = writes.map((write) => (write.kind === "create" ? write.values : {}) as DataRecord);
    if (stream.create) return stream.create(records, call);
    if (stream.upsert) return stream.upsert(records, sync.keys[0]?.parts.map((one) => one.target) ?? [stream.key], call);
  }
  if (kind === "update" && stream.update)
    return stream.update(
      writes.map((write) => ({ key: write.kind === "create" ? "" : write.targetId, set: write.kind === "update" ? write.after : {} })),
      call,
    );
  const keys = writes.map((write) => (write.kind === "create" ? "" : write.targetId));
  if (kind === "delete" && stream.delete) return stream.delete(keys, call);
  if (kind === "restore" && stream.restore) return stream.restore(keys, call);
  const error = new VendorError(`${sync.target.name} cannot ${kind} records.`, { code: `target/cannot-${kind}`, next: "hold-record" });
  return writes.map(() => ({ ok: false, error }));
}

function unanswered(sync: ReadySync): Outcome {
  return {
    ok: false,
    error: new VendorError(`${sync.target.name} gave no outcome for this record.`, {
      code: "target/no-outcome",
      next: "hold-record",
      inDoubt: true,
    }),
  };
}
