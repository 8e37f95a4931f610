import { type DataRecord, VendorError } from "@fieldwright/connector-kit";
import type { SqlSession } from "@fieldwright/connector-kit/sql";
import { explainFields } from "./explain/explain-fields.js";
import { explainKeys } from "./explain/explain-keys.js";
import type { ExplainedDecision, Explanation } from "./explain/explanation.js";
import { actionsFor } from "./held.js";
import { mapContextOf, mapOne } from "./map.js";
import type { RunContext } from "./open-run.js";
import { chosenSpecs, prepare } from "./prepare.js";
import type { ReadySync } from "./ready-sync.js";
import type { Decision, Run, Why } from "./run.js";
import { ensureLanding, type LandedRecord } from "./store/landing.js";
import { linksOfSources } from "./store/links.js";
import { inSchemaLock } from "./store/lock-schema.js";
import { readHeld } from "./store/pending.js";
import { humanSinceOf, rulingOfRecord, type StoryWrite, writesOfRecord } from "./store/record-story.js";
import { readRemembered } from "./store/remembered.js";
import { readSyncState } from "./store/sync-state.js";
import { decidePage } from "./sync.js";
import { targetsOf } from "./targets.js";

/** What became of one source record: its values from source to target, its state and why, every write so far, and what a run would do now. */
export async function explainRecord(context: RunContext, syncName: string, sourceId: string): Promise<Explanation> {
  const { store } = context;
  const { database } = store;
  const [spec] = chosenSpecs(context.project, [syncName]);
  if (!spec) throw new RangeError(syncName);
  const stream = `${spec.from.connection}.${spec.from.stream}`;
  await inSchemaLock(store, (session) => ensureLanding(store, session, stream));
  const state = await readSyncState(store, database, spec.name);
  const of = { sync: state.id, sourceId };
  const [landed] = await database.query<LandedRecord>(
    `select id, data, deleted_at is not null as deleted from ${store.landing(stream)} where tenant = $1 and id = $2`,
    [store.tenant, sourceId],
  );
  const targetId = (await linksOfSources(store, database, { sync: state.id, sourceIds: [sourceId] })).get(sourceId) ?? null;
  const [held] = await readHeld(store, database, { states: ["held", "failed", "waiting"], limit: 1, sync: spec.name, sourceId });
  const history = await writesOfRecord(store, database, of);
  const present = landed ? await presentOf(context, { syncName, landed, targetId }) : nothingLanded;
  const isLinked = landed?.deleted ? "deleted at the source" : "linked";
  return {
    sync: spec.name,
    sourceId,
    stream,
    source: landed?.data ?? null,
    targetId,
    state: held?.state ?? (targetId !== null ? isLinked : landed ? "not linked" : "never seen"),
    reason: held?.reason ?? null,
    undecided: held ? { ...held, run: held.run === null ? null : String(held.run), actions: actionsFor(held.code) } : null,
    ruling: (await rulingOfRecord(store, database, of)) ?? null,
    remembered: (await readRemembered(store, database, { sync: state.id, sourceIds: [sourceId] })).get(sourceId) ?? null,
    ...present.told,
    matched: matchedBy(history, present.decision),
    history: history.map((row) => ({ ...row, run: String(row.run), kind: row.kind ?? "run" })),
  };
}

interface Present {
  readonly told: Pick<Explanation, "keys" | "now" | "note" | "fields">;
  readonly decision: Decision | undefined;
}

const nothingLanded: Present = { told: { keys: [], now: null, note: null, fields: [] }, decision: undefined };

/** The record as a run would decide it now, by the run's own steps. */
async function presentOf(context: RunContext, of: { syncName: string; landed: LandedRecord; targetId: string | null }): Promise<Present> {
  const { store, transforms } = context;
  const { landed } = of;
  const signal = new AbortController().signal;
  const { units } = await prepare({ ...context, syncs: [of.syncName], signal });
  const sync = units.flatMap((unit) => unit.syncs)[0];
  if (!sync) return nothingLanded;
  const now = context.now();
  // Looking touches nothing else of a run.
  const looking = { store, now: () => now, call: { signal, priority: "people" } } as unknown as Run;
  // A target in the store's own database is looked at within a transaction, as in a run.
  const { seen, whole, mapping } = await store.database.transaction(async (session) => {
    await session.run("set transaction read only");
    const { whole, context: mapping } = await mapContextOf(looking, session, { sync, record: landed });
    return { seen: await seenNow(looking, session, { sync, landed, targetId: of.targetId }), whole, mapping };
  });
  const wanted = mapOne(sync, { id: landed.id, data: landed.data, whole }, mapping);
  const keyed = "kind" in wanted ? { id: landed.id, source: whole, values: {} } : wanted;
  const humanSince = await humanSinceOf(store, store.database, { sync: sync.state.id, sourceId: landed.id });
  const facts = { data: landed.data, whole, context: mapping, decision: seen.decision, target: seen.target, transforms, humanSince };
  return {
    decision: seen.decision,
    told: {
      keys: explainKeys(sync, keyed, seen.target),
      now: seen.decision ? told(seen.decision) : null,
      note: seen.note,
      fields: explainFields(sync, facts),
    },
  };
}

interface Seen {
  readonly decision: Decision | undefined;
  readonly target: DataRecord | undefined;
  readonly note: string | null;
}

/** The decision about it and its target. A target's system that is out of reach leaves everything else to be told. */
async function seenNow(
  looking: Run,
  session: SqlSession,
  of: { sync: ReadySync; landed: LandedRecord; targetId: string | null },
): Promise<Seen> {
  const { sync, landed } = of;
  try {
    const [decision] = await decidePage(looking, session, { sync, records: [landed] });
    const id = of.targetId ?? (decision && "targetId" in decision ? decision.targetId : undefined);
    const targets = await targetsOf(looking, session, { sync, ids: id === undefined ? [] : [id] });
    return { decision, target: id === undefined ? undefined : targets.get(id), note: null };
  } catch (error) {
    if (!(error instanceof VendorError)) throw error;
    return { decision: undefined, target: undefined, note: `${sync.target.name} could not be asked what it holds now: ${error.message}` };
  }
}

function told(decision: Decision): ExplainedDecision {
  return {
    decision: decision.kind,
    ...("code" in decision ? { code: decision.code, reason: decision.reason } : {}),
  };
}

/** As the trail tells it of the write that made the link, else as a run would find it now. */
function matchedBy(history: readonly StoryWrite[], decision: Decision | undefined): Explanation["matched"] {
  const written = history.findLast((row) => (row.why as Why | null)?.matched !== undefined);
  return (written?.why as Why | undefined)?.matched ?? decision?.why?.matched ?? null;
}
