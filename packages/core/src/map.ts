import type { DataRecord } from "@fieldwright/connector-kit";
import type { SqlSession } from "@fieldwright/connector-kit/sql";
import { getter, type MapContext } from "./mapping/index.js";
import { orHold } from "./or-hold.js";
import type { ReadySync, Relation } from "./ready-sync.js";
import type { Decision, Run, Undecided, Values } from "./run.js";
import type { LandedRecord } from "./store/landing.js";
import { linksOfSources } from "./store/links.js";
import { landedWhere } from "./store/related.js";

/** What a source record wants its target to be. */
export interface Wanted {
  readonly id: string;
  readonly source: DataRecord;
  readonly values: Values;
}

export interface Mapped {
  readonly wanted: readonly Wanted[];
  readonly decided: readonly Decision[];
}

/** Filters and maps the records of a page, with their related records and references loaded for all of them at once. */
export async function mapPage(run: Run, session: SqlSession, page: { sync: ReadySync; records: readonly LandedRecord[] }): Promise<Mapped> {
  const { sync } = page;
  const now = run.now();
  const decided: Decision[] = [];
  const live = page.records.filter((record) => !record.deleted);
  const related = await loadRelated(run, session, sync, live);
  const seen = live.map(({ id, data }) => {
    const own = Object.fromEntries(related.map((one) => [one.name, one.of(data)]));
    return { id, data, own, whole: related.length === 0 ? data : { ...data, ...own } };
  });
  const passing = seen.filter(({ id, whole }) => {
    const decision = unlessPasses(sync, { id, whole, now });
    if (decision !== undefined) decided.push(decision);
    return decision === undefined;
  });
  const refs = await loadRefs(run, session, { sync, records: passing.map(({ whole }) => whole) });
  const wanted: Wanted[] = [];
  for (const { id, data, own, whole } of passing) {
    const mapped = mapOne(sync, { id, data, whole }, { related: own, refs, now });
    if ("kind" in mapped) decided.push(mapped);
    else wanted.push(mapped);
  }
  return { wanted, decided };
}

/** The decision about a record that the filter keeps out; `whole` holds its related records too. */
export function unlessPasses(sync: ReadySync, of: { id: string; whole: DataRecord; now: Date }): Decision | undefined {
  const { id, whole, now } = of;
  const passes = orHold(id, () => sync.passes(whole, now));
  if (typeof passes !== "boolean") return passes;
  return passes ? undefined : { kind: "filtered", id };
}

/** One record's values, or why there are none. */
export function mapOne(
  sync: ReadySync,
  record: { readonly id: string; readonly data: DataRecord; readonly whole: DataRecord },
  context: MapContext,
): Wanted | Undecided {
  const { id, data, whole } = record;
  const mapped = orHold(id, () => sync.mapRecord(data, context));
  if (!("ok" in mapped)) return mapped;
  return mapped.ok ? { id, source: whole, values: mapped.values } : undecided(sync, id, mapped);
}

function undecided(sync: ReadySync, id: string, why: Exclude<ReturnType<ReadySync["mapRecord"]>, { ok: true }>): Undecided {
  const base = { id, reason: why.reason, field: why.field };
  if (why.kind === "waiting") {
    const syncId = sync.refs.find((ref) => ref.sync === why.waitsFor?.sync)?.syncId;
    return {
      ...base,
      kind: "waiting",
      code: "waiting/reference",
      ...(why.waitsFor && syncId !== undefined ? { waitsFor: { sync: syncId, id: why.waitsFor.id } } : {}),
    };
  }
  return { ...base, kind: "held", code: "held/invalid-value" };
}

/** One record with its related records and references, as it is mapped; for those who explain it. */
export async function mapContextOf(
  run: Run,
  session: SqlSession,
  of: { sync: ReadySync; record: LandedRecord },
): Promise<{ readonly whole: DataRecord; readonly context: MapContext }> {
  const { sync, record } = of;
  const related = await loadRelated(run, session, sync, [record]);
  const own = Object.fromEntries(related.map((one) => [one.name, one.of(record.data)]));
  const whole = { ...record.data, ...own };
  const refs = await loadRefs(run, session, { sync, records: [whole] });
  return { whole, context: { related: own, refs, now: run.now() } };
}

export interface LoadedRelation {
  readonly name: string;
  of(record: DataRecord): DataRecord | readonly DataRecord[] | undefined;
}

/** What records find through `with`, for all of them at once. */
export async function loadRelated(
  run: Pick<Run, "store">,
  session: SqlSession,
  sync: ReadySync,
  records: readonly LandedRecord[],
): Promise<readonly LoadedRelation[]> {
  const loaded: LoadedRelation[] = [];
  for (const relation of sync.relations) {
    const values = distinctTexts(records.map((record) => relation.valueOf(record.data)));
    const found = await landedWhere(run.store, session, {
      stream: relation.stream,
      field: relation.byKey ? "key" : relation.field,
      values,
    });
    loaded.push(loadedRelation(relation, found));
  }
  return loaded;
}

function loadedRelation(relation: Relation, found: readonly DataRecord[]): LoadedRelation {
  const own = getter(relation.field.split("."));
  const byValue = new Map<string, DataRecord[]>();
  for (const record of found) {
    const value = String(own(record));
    const group = byValue.get(value);
    if (group) group.push(record);
    else byValue.set(value, [record]);
  }
  return {
    name: relation.name,
    of: (record) => {
      const all = byValue.get(String(relation.valueOf(record) ?? "")) ?? [];
      const fitting =
        relation.also.length === 0
          ? all
          : all.filter((one) => relation.also.every((pair) => String(pair.field(one)) === String(pair.own(record))));
      return relation.take === "many" ? fitting : fitting[0];
    },
  };
}

async function loadRefs(
  run: Run,
  session: SqlSession,
  page: { sync: ReadySync; records: readonly DataRecord[] },
): Promise<MapContext["refs"]> {
  const links = new Map<string, ReadonlyMap<string, string>>();
  for (const ref of page.sync.refs) {
    const sourceIds = distinctTexts(page.records.map((record) => ref.valueOf(record)));
    const found = await linksOfSources(run.store, session, { sync: ref.syncId, sourceIds });
    links.set(ref.sync, new Map([...(links.get(ref.sync) ?? []), ...found]));
  }
  return (sync, id) => links.get(sync)?.get(id);
}

function distinctTexts(values: readonly unknown[]): string[] {
  const texts = new Set<string>();
  for (const value of values) if (value !== null && value !== undefined && value !== "") texts.add(String(value));
  return [...texts];
}
