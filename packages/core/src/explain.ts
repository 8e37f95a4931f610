import type { Explanation } from "./engine.js";
import { mapPage } from "./map.js";
import { getter } from "./mapping/index.js";
import type { RunContext } from "./open-run.js";
import { chosenSpecs, prepare } from "./prepare.js";
import type { Run } from "./run.js";
import type { FieldRule } from "./spec/model.js";
import type { LandedRecord } from "./store/landing.js";
import { ensureLanding } from "./store/landing.js";
import { linksOfSources } from "./store/links.js";
import { inSchemaLock } from "./store/lock-schema.js";
import { readSyncState } from "./store/sync-state.js";

/** What became of one source record: its values from source to target, its state and why, and every write so far. */
export async function explainRecord(context: RunContext, syncName: string, sourceId: string): Promise<Explanation> {
  const { store } = context;
  const [spec] = chosenSpecs(context.project, [syncName]);
  if (!spec) throw new RangeError(syncName);
  const stream = `${spec.from.connection}.${spec.from.stream}`;
  await inSchemaLock(store, (session) => ensureLanding(store, session, stream));
  const state = await readSyncState(store, store.database, spec.name);
  const [landed] = await store.database.query<LandedRecord>(
    `select id, data, deleted_at is not null as deleted from ${store.landing(stream)} where tenant = $1 and id = $2`,
    [store.tenant, sourceId],
  );
  const links = await linksOfSources(store, store.database, { sync: state.id, sourceIds: [sourceId] });
  const [pending] = await store.database.query<{ state: string; reason: string | null }>(
    `select state, reason from ${store.table("pending")} where sync = $1 and source_id = $2`,
    [state.id, sourceId],
  );
  const history = await store.database.query<{ at: string; run: number; operation: string; before: unknown; after: unknown }>(
    `select at, run, operation, before, after from ${store.table("changes")} where sync = $1 and source_id = $2 order by id`,
    [state.id, sourceId],
  );
  const targetId = links.get(sourceId) ?? null;
  return {
    sync: spec.name,
    sourceId,
    stream,
    source: landed?.data ?? null,
    targetId,
    state:
      pending?.state ?? (targetId !== null ? (landed?.deleted ? "deleted at the source" : "linked") : landed ? "not linked" : "never seen"),
    reason: pending?.reason ?? null,
    fields: landed ? await fieldsOf(context, { syncName, landed }) : [],
    history: history.map((row) => ({ ...row, run: String(row.run) })),
  };
}

async function fieldsOf(context: RunContext, of: { syncName: string; landed: LandedRecord }): Promise<Explanation["fields"]> {
  const { units } = await prepare({ ...context, syncs: [of.syncName], signal: new AbortController().signal });
  const sync = units.flatMap((unit) => unit.syncs)[0];
  if (!sync) return [];
  const looking = { store: context.store, now: context.now } as Pick<Run, "store" | "now"> as Run; // mapping touches nothing else of a run
  const mapped = await mapPage(looking, context.store.database, { sync, records: [of.landed] });
  const wanted = mapped.wanted[0];
  return sync.spec.fields.map((rule) => {
    const line = sync.spec.lines[`fields.${rule.target}`];
    return {
      target: rule.target,
      from: sourceOf(rule),
      source: sourceValue(rule, wanted?.source ?? of.landed.data),
      wanted: wanted?.values[rule.target] ?? null,
      ...(line === undefined ? {} : { line }),
    };
  });
}

function sourceOf(rule: FieldRule): string {
  switch (rule.kind) {
    case "from":
    case "map":
    case "take_one":
      return rule.from.join(".");
    case "join":
      return rule.join.map((path) => path.join(".")).join(" + ");
    case "value":
      return "a fixed value";
    case "ref":
      return `${rule.id.join(".")} -> ${rule.sync}`;
  }
}

function sourceValue(rule: FieldRule, record: Readonly<Record<string, unknown>>): unknown {
  switch (rule.kind) {
    case "from":
    case "map":
    case "take_one":
      return getter(rule.from)(record) ?? null;
    case "join":
      return rule.join.map((path) => getter(path)(record) ?? null);
    case "value":
      return rule.value;
    case "ref":
      return getter(rule.id)(record) ?? null;
  }
}
