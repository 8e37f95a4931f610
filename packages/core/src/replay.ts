import type { ReplayOptions } from "./engine.js";
import type { RunContext } from "./open-run.js";
import { chosenSpecs, prepare } from "./prepare.js";
import { FieldwrightError } from "./problem.js";
import type { ReadySync } from "./ready-sync.js";
import { compareDecisions } from "./replay/compare-decisions.js";
import type { Replay } from "./replay/replay-report.js";
import { ReplayTally } from "./replay/replay-tally.js";
import { type SharedTarget, sharedTarget } from "./replay/shared-target.js";
import { standing } from "./replay/standing.js";
import type { Decision, Run } from "./run.js";
import type { Spec } from "./spec/index.js";
import { stepVersions } from "./spec/step-versions.js";
import { transformTable } from "./spec/transform-table.js";
import { readKeptSpec } from "./store/kept-spec.js";
import { nextLanded } from "./store/landing.js";
import { countPending } from "./store/pending.js";
import { readSyncState } from "./store/sync-state.js";
import { decidePage } from "./sync.js";

const pageSize = 1000;

/**
 * Decides every landed record of a sync twice, by the spec that decided it last and by the spec as it is now, against the targets as they are,
 * and tells where the two differ. So a change of the target or of the source since is on both sides, and only the edit shows. The store is
 * read in one read-only transaction, page by page.
 */
export async function replaySync(context: RunContext, name: string, options: ReplayOptions = {}): Promise<Replay> {
  const { store } = context;
  const signal = options.signal ?? new AbortController().signal;
  const sync = await readyFor(context, name, signal);
  const before = await specBefore(context, sync, signal);
  const target = sharedTarget(sync.target.stream);
  const now = withTarget(sync, target);
  const was =
    before.sync === undefined ? undefined : withTarget(before.sync, before.sync.target.name === sync.target.name ? target : undefined);
  const tally = new ReplayTally(options.limit ?? 20);
  const inLine = (await countPending(store, store.database, { sync: sync.state.id })).changed;
  const at = context.now();
  await store.database.transaction(async (session) => {
    await session.run("set transaction isolation level repeatable read, read only");
    // Deciding touches nothing else of a run.
    const looking = { store, now: () => at, call: { signal, priority: "people" } } as unknown as Run;
    let after = "";
    for (;;) {
      signal.throwIfAborted();
      const records = await nextLanded(store, session, { stream: sync.source.name, after, limit: pageSize });
      const last = records.at(-1);
      if (!last) return;
      after = last.id;
      target.forget();
      tally.read += records.length;
      const old = was ? await decidePage(looking, session, { sync: was, records }) : await standing(store, session, { sync, records });
      comparePage(now, tally, { was: old, now: await decidePage(looking, session, { sync: now, records }) });
    }
  });
  return {
    sync: name,
    specHash: sync.spec.hash,
    comparedWith: before.sync?.spec.hash ?? null,
    note: before.note,
    inLine,
    ...tally.sums(sync),
  };
}

function comparePage(sync: ReadySync, tally: ReplayTally, page: { was: readonly Decision[]; now: readonly Decision[] }): void {
  const was = new Map(page.was.map((decision) => [decision.id, decision]));
  for (const decision of [...page.now].sort((a, b) => (a.id < b.id ? -1 : 1))) {
    const record = compareDecisions(sync, was.get(decision.id) ?? { kind: "filtered", id: decision.id }, decision);
    if (record !== undefined) tally.add(record);
  }
}

function withTarget(sync: ReadySync, target: SharedTarget | undefined): ReadySync {
  return target === undefined ? sync : { ...sync, target: { ...sync.target, stream: target.stream } };
}

async function readyFor(context: RunContext, name: string, signal: AbortSignal): Promise<ReadySync> {
  chosenSpecs(context.project, [name]);
  const { units } = await prepare({ ...context, syncs: [name], signal });
  const sync = units.flatMap((unit) => unit.syncs).find((one) => one.spec.name === name);
  if (!sync) throw new RangeError(name);
  return sync;
}

/** The sync by the spec that decided last, ready to decide once more; or why it cannot. */
async function specBefore(
  context: RunContext,
  sync: ReadySync,
  signal: AbortSignal,
): Promise<{ readonly sync?: ReadySync; readonly note: string | null }> {
  const { store, project } = context;
  const { spec } = sync;
  const state = await readSyncState(store, store.database, spec.name);
  const kept = await readKeptSpec(store, store.database, { sync: state.id });
  if (kept === undefined) return { note: "No run has decided all of its records yet, so it is compared with how they stand." };
  const unlike = whyUnlike(context, kept, spec);
  if (unlike !== undefined) return { note: `${unlike}, so it is compared with how the records stand.` };
  const syncs = project.syncs.map((one) => (one.name === spec.name ? kept : one));
  try {
    return { sync: await readyFor({ ...context, project: { ...project, syncs } }, spec.name, signal), note: null };
  } catch (error) {
    if (!(error instanceof FieldwrightError) || !error.code.startsWith("spec/")) throw error;
    return { note: "The spec before does not fit what the systems hold now, so it is compared with how the records stand." };
  }
}

/** Why two specs cannot be asked about the same record. */
function whyUnlike(context: RunContext, kept: Spec, spec: Spec): string | undefined {
  if (kept.from.connection !== spec.from.connection || kept.from.stream !== spec.from.stream)
    return `The spec before read ${kept.from.connection}.${kept.from.stream}`;
  const present = stepVersions(kept.fields, transformTable(context.transforms)).transforms ?? {};
  const gone = Object.entries(kept.transforms ?? {}).find(([name, version]) => present[name] !== version);
  return gone === undefined ? undefined : `The step \`${gone[0]}\` was another one`;
}
