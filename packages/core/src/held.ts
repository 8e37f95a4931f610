import type { HeldAction, HeldQuery, HeldRecord, Resolution } from "./engine.js";
import type { RunContext } from "./open-run.js";
import { chosenSpecs, prepare } from "./prepare.js";
import { FieldwrightError } from "./problem.js";
import type { ReadySync } from "./ready-sync.js";
import type { Run } from "./run.js";
import { linksOfTargets, removeLinks, writeLinks } from "./store/links.js";
import { enqueue, readHeld, removePending } from "./store/pending.js";
import { readRemembered, writeRemembered } from "./store/remembered.js";
import { dropRulings, writeRuling } from "./store/rulings.js";
import { readSyncState } from "./store/sync-state.js";
import { closeDoubts, readDoubts } from "./store/trail.js";
import { targetsOf } from "./targets.js";

/** Holds behind which a creation stands: to approve them is to let it happen. */
const approvable = new Set(["held/no-match", "held/create-rule", "held/several-matches", "held/link-broken", "held/may-be-created"]);
/** Holds that only ask whether the record may be decided once more, as things are now. */
const askAgain = new Set(["held/drifted"]);

export async function heldRecords(context: RunContext, query: HeldQuery): Promise<readonly HeldRecord[]> {
  const { store } = context;
  if (query.sync !== undefined) chosenSpecs(context.project, [query.sync]);
  const rows = await readHeld(store, store.database, {
    states: query.states ?? ["held"],
    limit: query.limit ?? 100,
    ...(query.sync === undefined ? {} : { sync: query.sync }),
  });
  return rows.map((row) => ({ ...row, run: row.run === null ? null : String(row.run), actions: actionsFor(row.code) }));
}

/** What a person can do about a record that waits under this code. */
export function actionsFor(code: string): readonly HeldAction[] {
  return approvable.has(code) || askAgain.has(code) ? ["approve", "link", "ignore", "retry"] : ["link", "ignore", "retry"];
}

/** Writes a person's answer down; the next run goes by it, and never asks again. */
export async function resolveHeld(
  context: RunContext,
  record: { sync: string; sourceId: string },
  resolution: Resolution & { by?: string },
): Promise<void> {
  const { store } = context;
  const { sourceId } = record;
  const [spec] = chosenSpecs(context.project, [record.sync]);
  if (!spec) throw new RangeError(record.sync);
  const { id: sync } = await readSyncState(store, store.database, spec.name);
  const stream = `${spec.from.connection}.${spec.from.stream}`;
  const by = resolution.by ?? "unnamed";
  const [held] = await readHeld(store, store.database, { states: ["held", "failed", "waiting"], limit: 1, sync: spec.name, sourceId });
  if (resolution.action === "link") await mustBeFree(context, { ...record, targetId: resolution.targetId });
  if (resolution.action === "approve") mustBeApprovable(record, held?.code);
  const again = async () => {
    const known = await enqueue(store, store.database, { sync, stream, which: { ids: [sourceId] } });
    if (known === 0)
      throw new FieldwrightError("held/unknown-record", `${stream} has no record ${sourceId}.`, {
        hint: "`fieldwright held` lists the records that wait for a person.",
      });
  };
  await store.database.transaction(async (session) => {
    const doubts = await readDoubts(store, session, { sync, sourceIds: [sourceId] });
    const settled = doubts.map((doubt) => ({ id: doubt.id, state: "settled" as const, targetId: null }));
    switch (resolution.action) {
      case "ignore":
        await writeRuling(store, session, { sync, sourceId, ruling: "ignore", by });
        return removePending(store, session, { sync, sourceIds: [sourceId] });
      case "link":
        await closeDoubts(store, session, settled);
        dropRulings(store, session, { sync, sourceIds: [sourceId] });
        removeLinks(store, session, { sync, sourceIds: [sourceId] });
        return writeLinks(store, session, { sync, rows: [{ sourceId, targetId: resolution.targetId }] });
      case "approve":
        if (!approvable.has(held?.code ?? "")) return;
        await closeDoubts(store, session, settled);
        return writeRuling(store, session, { sync, sourceId, ruling: "create", by });
      case "retry":
        return dropRulings(store, session, { sync, sourceIds: [sourceId] });
    }
  });
  if (resolution.action !== "ignore") await again();
}

function mustBeApprovable(record: { sync: string; sourceId: string }, code: string | undefined): void {
  if (code !== undefined && (approvable.has(code) || askAgain.has(code))) return;
  const what = code === undefined ? "does not wait for a person" : `is held as ${code}, which no approval can mend`;
  throw new FieldwrightError("held/not-approvable", `Record ${record.sourceId} of ${record.sync} ${what}.`, {
    hint:
      code === undefined
        ? "`fieldwright held` lists the records that do."
        : "Mend its cause (the source, the spec, or the target), then `fieldwright retry` it; or `link` it, or `ignore` it.",
  });
}

/** A link is made to a target record that is there, and that no other source record has. */
async function mustBeFree(context: RunContext, link: { sync: string; sourceId: string; targetId: string }): Promise<void> {
  const { sync, looking } = await lookAt(context, link.sync);
  const targets = await context.store.database.transaction((session) => targetsOf(looking, session, { sync, ids: [link.targetId] }));
  if (!targets.has(link.targetId))
    throw new FieldwrightError("held/no-target", `${sync.target.name} has no record ${link.targetId}.`, {
      hint: "Look its id up in the target's system.",
    });
  const owners = await linksOfTargets(context.store, context.store.database, { sync: sync.state.id, targetIds: [link.targetId] });
  const owner = owners.get(link.targetId);
  if (owner !== undefined && owner !== link.sourceId)
    throw new FieldwrightError("held/target-taken", `${sync.target.name} ${link.targetId} belongs to source record ${owner}.`, {
      hint: `Link ${owner} to another record first, or ignore one of the two.`,
    });
}

/** Fields that a person took over belong to the sync again; what stands there now counts as its own. */
export async function releaseFields(
  context: RunContext,
  record: { sync: string; sourceId: string },
  only: readonly string[] | undefined,
): Promise<readonly string[]> {
  const { store } = context;
  const { sync, looking } = await lookAt(context, record.sync);
  const id = sync.state.id;
  const remembered = (await readRemembered(store, store.database, { sync: id, sourceIds: [record.sourceId] })).get(record.sourceId);
  const released = (remembered?.human ?? []).filter((field) => !only || only.includes(field));
  if (!remembered || released.length === 0) return [];
  const [link] = await store.database.query<{ target_id: string }>(
    `select target_id from ${store.table("links")} where sync = $1 and source_id = $2`,
    [id, record.sourceId],
  );
  const targets = await store.database.transaction((session) => targetsOf(looking, session, { sync, ids: link ? [link.target_id] : [] }));
  const target = link ? targets.get(link.target_id) : undefined;
  const now = Object.fromEntries(released.map((field) => [field, target?.[field] ?? null]));
  const after = {
    ...remembered,
    written: { ...remembered.written, ...now },
    human: remembered.human.filter((field) => !released.includes(field)),
  };
  await store.database.transaction(async (session) => {
    await writeRemembered(store, session, { sync: id, rows: new Map([[record.sourceId, after]]) });
    await enqueue(store, session, { sync: id, stream: sync.source.name, which: { ids: [record.sourceId] } });
  });
  return released;
}

/** A sync ready to look at its target, outside of any run. */
async function lookAt(context: RunContext, name: string): Promise<{ sync: ReadySync; looking: Run }> {
  const signal = new AbortController().signal;
  const { units } = await prepare({ ...context, syncs: [name], signal });
  const sync = units.flatMap((unit) => unit.syncs)[0];
  if (!sync) throw new RangeError(name);
  // Looking touches nothing else of a run.
  const looking = { store: context.store, now: context.now, call: { signal, priority: "people" } } as unknown as Run;
  return { sync, looking };
}
