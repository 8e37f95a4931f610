import type { DataRecord } from "@fieldwright/connector-kit";
import { fenced } from "./fenced.js";
import { isBlank } from "./mapping/index.js";
import type { ReadyKey, ReadySync } from "./ready-sync.js";
import type { Run, Undecided } from "./run.js";
import type { LandedRecord } from "./store/landing.js";
import { linksOfSources, linksOfTargets, removeLinks, writeLinks } from "./store/links.js";
import { type ClosedDoubt, closeDoubts, type Doubt, readDoubts } from "./store/trail.js";
import { targetCall, targetId, targetsOf } from "./targets.js";

/** Long enough for a search index that lags, for a request on its way, and for a process that slept past its lease. */
const usuallySettledMs = 300_000;

/** What became of a write in doubt, or why that cannot be told. */
type Verdict = { readonly doubt: Doubt } & (
  | { readonly state: ClosedDoubt["state"]; readonly targetId?: string; readonly link?: "made" | "gone" }
  | { readonly undecided: Omit<Undecided, "id"> }
);

/**
 * Finds out from the target as it is what became of writes whose outcome nobody saw, and writes it down with its links. Answers with the
 * records that must not be decided yet: what may have been created is never created again.
 */
export async function settleDoubts(run: Run, sync: ReadySync, records: readonly LandedRecord[]): Promise<readonly Undecided[]> {
  const id = sync.state.id;
  const doubts = await readDoubts(run.store, run.store.database, { sync: id, sourceIds: records.map((record) => record.id) });
  if (doubts.length === 0) return [];
  const verdicts = await judge(run, sync, doubts);
  const known = verdicts.filter((one) => "state" in one);
  await fenced(run, sync, async (session) => {
    await closeDoubts(
      run.store,
      session,
      known.map((one) => ({ id: one.doubt.id, state: one.state, targetId: one.targetId ?? null })),
    );
    removeLinks(run.store, session, {
      sync: id,
      sourceIds: known.filter((one) => one.link === "gone").map((one) => one.doubt.sourceId),
    });
    const made = known.filter((one) => one.link === "made").map((one) => ({ sourceId: one.doubt.sourceId, targetId: one.targetId ?? "" }));
    await writeLinks(run.store, session, { sync: id, rows: made });
  });
  return verdicts.flatMap((one) => ("undecided" in one ? [{ ...one.undecided, id: one.doubt.sourceId }] : []));
}

async function judge(run: Run, sync: ReadySync, doubts: readonly Doubt[]): Promise<readonly Verdict[]> {
  const links = await linksOfSources(run.store, run.store.database, {
    sync: sync.state.id,
    sourceIds: doubts.map((doubt) => doubt.sourceId),
  });
  const idOf = (doubt: Doubt) => doubt.targetId ?? links.get(doubt.sourceId) ?? givenKey(sync, doubt);
  const targets = await targetsOf(run, run.store.database, { sync, ids: [...new Set(doubts.flatMap((doubt) => idOf(doubt) ?? []))] });
  const verdicts: Verdict[] = [];
  const unfound: Doubt[] = [];
  for (const doubt of doubts) {
    const id = idOf(doubt);
    const target = id === undefined ? undefined : targets.get(id);
    if (doubt.operation === "delete") verdicts.push({ doubt, ...ofDelete(sync, doubt, target) });
    else if (doubt.operation === "update") verdicts.push({ doubt, ...ofUpdate(sync, doubt, target) });
    else if (id !== undefined && target)
      verdicts.push({
        doubt,
        state: shows(sync, target, doubt.after) ? "done" : "settled",
        targetId: id,
        ...(links.has(doubt.sourceId) ? {} : { link: "made" }),
      });
    else if (links.has(doubt.sourceId)) verdicts.push({ doubt, state: "settled" });
    else unfound.push(doubt);
  }
  return [...verdicts, ...(await lookFor(run, sync, unfound))];
}

function ofDelete(sync: ReadySync, doubt: Doubt, target: DataRecord | undefined): { state: ClosedDoubt["state"]; link?: "gone" } {
  if (!target) return { state: "done", link: "gone" };
  return { state: isOver(sync, doubt) ? "refused" : "settled" };
}

/** An update can be sent twice without harm, so one that cannot be told is decided again. */
function ofUpdate(sync: ReadySync, doubt: Doubt, target: DataRecord | undefined): { state: ClosedDoubt["state"] } {
  if (target && shows(sync, target, doubt.after)) return { state: "done" };
  return { state: target && shows(sync, target, doubt.before) && isOver(sync, doubt) ? "refused" : "settled" };
}

/** Looks for records that may have been created, by the values that were sent: the source may have others by now. */
async function lookFor(run: Run, sync: ReadySync, doubts: readonly Doubt[]): Promise<readonly Verdict[]> {
  const verdicts: Verdict[] = [];
  const claimed = new Set<string>();
  let open = doubts;
  for (const key of sync.keys) {
    const asked = open.filter((doubt) => isUsable(sync, key, doubt));
    const free = await unowned(run, sync, await search(run, sync, { key, doubts: asked }));
    for (const doubt of asked) {
      const hits = free.filter((record) => !claimed.has(targetId(sync, record)) && fitsKey(sync, { key, doubt, record }));
      const verdict = ofHits(sync, doubt, { key, hits });
      if (!verdict) continue;
      verdicts.push({ doubt, ...verdict });
      if ("targetId" in verdict) claimed.add(verdict.targetId);
    }
    const judged = new Set(verdicts.map((one) => one.doubt));
    open = open.filter((doubt) => !judged.has(doubt));
  }
  return [...verdicts, ...open.map((doubt) => ({ doubt, ...ofNothing(sync, doubt) }))];
}

type OfHits =
  | { readonly state: "done" | "settled"; readonly targetId: string; readonly link: "made" }
  | { readonly undecided: Omit<Undecided, "id"> };

function ofHits(sync: ReadySync, doubt: Doubt, found: { key: ReadyKey; hits: readonly DataRecord[] }): OfHits | undefined {
  const { key, hits } = found;
  const [first] = hits;
  if (!first) return undefined;
  const exact = hits.filter((record) => shows(sync, record, doubt.after));
  const [own] = exact;
  // Records that are alike in all that was sent are as good as each other where the key is one that several may have.
  if (own && (exact.length === 1 || key.key.unlinkedOnly)) return { state: "done", targetId: targetId(sync, own), link: "made" };
  if (hits.length === 1) return { state: "settled", targetId: targetId(sync, first), link: "made" };
  const ids = hits
    .slice(0, 5)
    .map((record) => targetId(sync, record))
    .join(", ");
  return {
    undecided: {
      kind: "held",
      code: "held/several-matches",
      reason: `It may have been created, and ${hits.length} records of ${sync.spec.to.stream} fit: ${ids}. Link it to the one that it is.`,
    },
  };
}

function ofNothing(
  sync: ReadySync,
  doubt: Doubt,
): { readonly state: "refused" | "settled" } | { readonly undecided: Omit<Undecided, "id"> } {
  const { stream } = sync.target;
  const isFindable = givenKey(sync, doubt) !== undefined || sync.keys.some((key) => isUsable(sync, key, doubt));
  if (!isFindable) {
    const reason = `It may have been created in ${sync.spec.to.stream}: no answer came, and it has no key to be found by. Please look for it there, then link it, or have it created.`;
    return { undecided: { kind: "held", code: "held/may-be-created", reason } };
  }
  if (!stream.create) return { state: "settled" }; // an upsert finds by itself what it has done
  if (isOver(sync, doubt)) return { state: "refused" };
  const reason = `It may have been created in ${sync.spec.to.stream}: no answer came, and a new record may take a while to show there. The next run looks again.`;
  return { undecided: { kind: "failed", code: "doubt/not-shown-yet", reason } };
}

/** Whether the write, had it been carried out, would show by now. */
function isOver(sync: ReadySync, doubt: Doubt): boolean {
  return doubt.ageMs >= (sync.target.stream.settlesWithinMs ?? usuallySettledMs);
}

function givenKey(sync: ReadySync, doubt: Doubt): string | undefined {
  const value = doubt.after?.[sync.target.key];
  return isBlank(value) ? undefined : String(value);
}

function isUsable(sync: ReadySync, key: ReadyKey, doubt: Doubt): boolean {
  return sync.target.stream.find !== undefined && key.parts.length > 0 && key.parts.every((part) => !isBlank(doubt.after?.[part.target]));
}

async function search(run: Run, sync: ReadySync, query: { key: ReadyKey; doubts: readonly Doubt[] }): Promise<readonly DataRecord[]> {
  const field = query.key.parts[0]?.target;
  if (field === undefined || query.doubts.length === 0) return [];
  const values = new Map(query.doubts.map((doubt) => [String(doubt.after?.[field]), doubt.after?.[field]]));
  return (await sync.target.stream.find?.(field, [...values.values()], targetCall(run, run.store.database, sync))) ?? [];
}

async function unowned(run: Run, sync: ReadySync, records: readonly DataRecord[]): Promise<readonly DataRecord[]> {
  const owners = await linksOfTargets(run.store, run.store.database, {
    sync: sync.state.id,
    targetIds: records.map((record) => targetId(sync, record)),
  });
  return records.filter((record) => !owners.has(targetId(sync, record)));
}

function fitsKey(sync: ReadySync, { key, doubt, record }: { key: ReadyKey; doubt: Doubt; record: DataRecord }): boolean {
  return key.parts.every((part) => isSame(sync, part.target, { one: record[part.target], other: doubt.after?.[part.target] }));
}

function shows(sync: ReadySync, target: DataRecord, values: Doubt["after"]): boolean {
  return Object.entries(values ?? {}).every(([field, value]) => isSame(sync, field, { one: target[field], other: value }));
}

function isSame(sync: ReadySync, field: string, values: { one: unknown; other: unknown }): boolean {
  const comparable = sync.canonical[field] ?? ((value: unknown) => JSON.stringify(value ?? null));
  return comparable(values.one) === comparable(values.other);
}
