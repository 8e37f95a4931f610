import type { RunContext } from "../open-run.js";
import { prepare } from "../prepare.js";
import { keepChecks } from "../store/checks.js";
import { checkSync } from "./check-sync.js";
import type { CheckOptions, CheckReport, SyncChecks } from "./report.js";
import { worldOf } from "./world.js";

const look = 2_000;
const sqlTimeoutMs = 30_000;

/** The checks alone: nothing is read anew from a source, and nothing is written but the report. */
export async function checkSyncs(context: RunContext, options: CheckOptions): Promise<CheckReport> {
  const { store, connections, now } = context;
  const signal = options.signal ?? new AbortController().signal;
  const started = now();
  const prepared = await prepare({ ...context, ...(options.syncs ? { syncs: options.syncs } : {}), signal });
  const syncs: SyncChecks[] = [];
  for (const sync of prepared.units.flatMap((unit) => unit.syncs)) {
    signal.throwIfAborted();
    syncs.push(
      await checkSync({
        ...worldOf({ prepared, connections, sync }),
        store,
        now,
        call: { signal, priority: "sync" },
        look: options.look === "all" ? Number.POSITIVE_INFINITY : (options.look ?? look),
        sqlTimeoutMs: options.sqlTimeoutMs ?? sqlTimeoutMs,
      }),
    );
  }
  const verified = syncs.every((one) => one.verified);
  const at = started.toISOString();
  const report = { run: null, at, seconds: (now().getTime() - started.getTime()) / 1000, verified, syncs };
  return { id: String(await keepChecks(store, store.database, { run: null, at, verified, report })), ...report };
}
