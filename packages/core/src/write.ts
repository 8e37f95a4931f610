import { type Call, type DataRecord, type Outcome, VendorError } from "@fieldwright/connector-kit";
import type { SqlSession } from "@fieldwright/connector-kit/sql";
import type { ReadySync } from "./ready-sync.js";
import type { Decision, Run } from "./run.js";
import { targetCall } from "./targets.js";

export type Write = Extract<Decision, { kind: "create" | "update" | "delete" }>;

/** A write and what became of it. */
export interface Written {
  readonly write: Write;
  readonly outcome: Outcome;
}

export function isWrite(decision: Decision): decision is Write {
  return decision.kind === "create" || decision.kind === "update" || decision.kind === "delete";
}

/** Carries the writes of a page out, in batches; each has an outcome. Throws only what stops the stream or the run. */
export async function writePage(
  run: Run,
  session: SqlSession,
  page: { sync: ReadySync; writes: readonly Write[] },
): Promise<readonly Written[]> {
  const { sync } = page;
  const { stream } = sync.target;
  const call = targetCall(run, session, sync);
  const written: Written[] = [];
  const size = stream.batchSize ?? 1000;
  for (const kind of ["delete", "update", "create"] as const) {
    const writes = page.writes.filter((write) => write.kind === kind);
    for (let start = 0; start < writes.length; start += size) {
      const batch = writes.slice(start, start + size);
      const outcomes = await writeBatch(sync, kind, { batch, call });
      for (const [index, write] of batch.entries()) written.push({ write, outcome: outcomes[index] ?? unanswered(sync) });
    }
  }
  return written;
}

async function writeBatch(
  sync: ReadySync,
  kind: Write["kind"],
  part: { batch: readonly Write[]; call: Call },
): Promise<readonly Outcome[]> {
  const { stream } = sync.target;
  const { batch, call } = part;
  if (kind === "create") {
    const records = batch.map((write) => (write.kind === "create" ? write.values : {}) as DataRecord);
    if (stream.create) return stream.create(records, call);
    if (stream.upsert) return stream.upsert(records, sync.keys[0]?.parts.map((one) => one.target) ?? [stream.key], call);
  }
  if (kind === "update" && stream.update)
    return stream.update(
      batch.map((write) => ({ key: write.kind === "create" ? "" : write.targetId, set: write.kind === "update" ? write.after : {} })),
      call,
    );
  if (kind === "delete" && stream.delete)
    return stream.delete(
      batch.map((write) => (write.kind === "create" ? "" : write.targetId)),
      call,
    );
  const error = new VendorError(`${sync.target.name} cannot ${kind} records.`, { code: `target/cannot-${kind}`, next: "hold-record" });
  return batch.map(() => ({ ok: false, error }));
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
