import type { Stream } from "@fieldwright/connector-kit";
import { checkedSpecs } from "./checked-specs.js";
import type { Connections } from "./connections.js";
import type { Transform } from "./mapping/index.js";
import { orderStreams, streamName } from "./order.js";
import { FieldwrightError } from "./problem.js";
import type { Project } from "./project/model.js";
import { type ReadySync, readySync, relationsOf } from "./ready-sync.js";
import { noStreamCounts, type Unit, type Watcher } from "./run.js";
import type { Schemas, Spec } from "./spec/index.js";
import { ensureLanding, ensureLandingIndex } from "./store/landing.js";
import { inSchemaLock } from "./store/lock-schema.js";
import type { Store } from "./store/open-store.js";
import { readStreamState } from "./store/stream-state.js";
import { readSyncState, type SyncState } from "./store/sync-state.js";

export interface Prepared {
  /** In the order in which they run. */
  readonly units: readonly Unit[];
  readonly skippedStreams: readonly string[];
  readonly skippedSyncs: readonly string[];
  /** All streams of the connections in use, by "connection.stream". */
  readonly streams: ReadonlyMap<string, Stream>;
}

export interface PrepareOptions {
  readonly project: Project;
  readonly store: Store;
  readonly connections: Connections;
  readonly syncs?: readonly string[];
  readonly skip?: readonly string[];
  /** Steps of the app's own. */
  readonly transforms?: readonly Transform[];
  readonly signal: AbortSignal;
}

/** The specs that a run is about: those named, or all. */
export function chosenSpecs(project: Project, names: readonly string[] | undefined): readonly Spec[] {
  if (!names || names.length === 0) return project.syncs;
  return names.map((name) => {
    const spec = project.syncs.find((one) => one.name === name);
    if (!spec)
      throw new FieldwrightError("run/unknown-sync", `There is no sync named ${name}.`, {
        hint: `The project has: ${project.syncs.map((one) => one.name).join(", ")}.`,
      });
    return spec;
  });
}

/** Compiles the chosen specs against the systems as they are now, and lines up the streams to read. */
export async function prepare(options: PrepareOptions): Promise<Prepared> {
  const { project, store, connections } = options;
  const specs = chosenSpecs(project, options.syncs);
  const skip = skipList(project, options.skip ?? []);
  const skipped = (spec: Spec) => skip.has(spec.name) || skip.has(spec.from.stream) || skip.has(streamName(spec.from));
  const unchecked = specs.filter((spec) => !skipped(spec));
  const used = new Set(
    unchecked.flatMap((spec) => [
      spec.from.connection,
      spec.to.connection,
      ...Object.values(spec.from.with).map((one) => one.connection),
      ...(spec.checks ?? []).flatMap((one) => (one.is === "references" ? [one.connection] : [])),
    ]),
  );
  const streams = await connections.streams([...used], options.signal);
  const kept = checkedSpecs(project.syncs, unchecked, { schemas: schemasOf(streams, used), transforms: options.transforms ?? [] });
  const order = orderStreams(kept).filter((name) => !skip.has(name) && !skip.has(name.slice(name.indexOf(".") + 1)));
  await inSchemaLock(store, async (session) => {
    for (const name of order) await ensureLanding(store, session, name);
  });
  const states = new Map<string, SyncState>();
  for (const spec of project.syncs) states.set(spec.name, await readSyncState(store, store.database, spec.name));
  const syncIds = new Map([...states].map(([name, state]) => [name, state.id]));
  const ready: ReadySync[] = [];
  for (const spec of kept) ready.push(await compile(options, { spec, streams, syncIds }));
  await indexRelations(store, ready);
  const units: Unit[] = [];
  for (const name of order) units.push(await unitOf(options, { name, streams, ready, watchers: watchersOf(project, states, streams) }));
  return {
    units,
    streams,
    skippedStreams: orderStreams(specs).filter((name) => !order.includes(name)),
    skippedSyncs: specs.filter(skipped).map((spec) => spec.name),
  };
}

/** Streams by connection. */
export function schemasOf(streams: ReadonlyMap<string, Stream>, connections: Iterable<string>): Schemas {
  // A database without tables is a connection all the same.
  const schemas: Record<string, Stream[]> = Object.fromEntries([...connections].map((name) => [name, []]));
  for (const [name, stream] of streams) {
    const connection = name.slice(0, name.indexOf("."));
    schemas[connection] = [...(schemas[connection] ?? []), stream];
  }
  return schemas;
}

async function compile(
  options: PrepareOptions,
  of: { spec: Spec; streams: ReadonlyMap<string, Stream>; syncIds: ReadonlyMap<string, number> },
): Promise<ReadySync> {
  const { spec, streams } = of;
  return readySync({
    spec,
    streams,
    state: await readSyncState(options.store, options.store.database, spec.name),
    source: streamOf(streams, streamName(spec.from)),
    target: streamOf(streams, streamName(spec.to)),
    targetConnection: options.connections.get(spec.to.connection),
    syncIds: of.syncIds,
    transforms: options.transforms ?? [],
  });
}

/** Related records are looked up by these fields, and parents are found again by theirs. */
async function indexRelations(store: Store, syncs: readonly ReadySync[]): Promise<void> {
  await inSchemaLock(store, async (session) => {
    for (const sync of syncs) {
      for (const relation of sync.relations) {
        await ensureLanding(store, session, relation.stream);
        if (!relation.byKey) await ensureLandingIndex(store, session, relation);
        const [own, ...deeper] = relation.path;
        if (own !== undefined && deeper.length === 0) await ensureLandingIndex(store, session, { stream: sync.source.name, field: own });
      }
    }
  });
}

/** Every relation of every sync that has decided anything yet, whether this run is about it or not. */
function watchersOf(project: Project, states: ReadonlyMap<string, SyncState>, streams: ReadonlyMap<string, Stream>): readonly Watcher[] {
  return project.syncs.flatMap((spec) => {
    const state = states.get(spec.name);
    if (state === undefined || state.version === 0) return [];
    const relations = relationsOf(spec, (stream) => streams.get(stream)?.key);
    return relations.map((relation) => ({ syncId: state.id, source: streamName(spec.from), relation }));
  });
}

async function unitOf(
  options: PrepareOptions,
  of: { name: string; streams: ReadonlyMap<string, Stream>; ready: readonly ReadySync[]; watchers: readonly Watcher[] },
): Promise<Unit> {
  const stream = streamOf(of.streams, of.name);
  if (!stream.read)
    throw new FieldwrightError("run/cannot-read", `${of.name} cannot be read: the system has no way to list it.`, {
      hint: "Import it from a file, or take it out of the specs.",
    });
  const syncs = of.ready.filter((sync) => sync.source.name === of.name);
  return {
    name: of.name,
    stream,
    connection: options.connections.get(of.name.slice(0, of.name.indexOf("."))),
    key: syncs.find((sync) => sync.spec.from.key !== undefined)?.spec.from.key ?? stream.key,
    syncs,
    watchers: of.watchers.filter((watcher) => watcher.relation.stream === of.name),
    state: await readStreamState(options.store, options.store.database, of.name),
    counts: noStreamCounts(),
    analyzedAt: 0,
    unsaved: { pages: 0, seen: [] },
  };
}

function streamOf(streams: ReadonlyMap<string, Stream>, name: string): Stream {
  const stream = streams.get(name);
  if (!stream)
    throw new FieldwrightError("run/unknown-stream", `There is no stream ${name}.`, {
      hint: "`fieldwright streams` lists what there is; `fieldwright migrate` creates tables that are missing.",
    });
  return stream;
}

/** Names to leave out: streams, syncs, and what the project's groups stand for. */
function skipList(project: Project, names: readonly string[]): ReadonlySet<string> {
  const known = new Set(
    project.syncs.flatMap((spec) => [
      spec.name,
      spec.from.stream,
      streamName(spec.from),
      ...Object.values(spec.from.with).flatMap((one) => [one.stream, streamName(one)]),
    ]),
  );
  const skip = new Set<string>();
  for (const name of names) {
    const group = project.groups[name] ?? project.groups[name.replaceAll("-", "_")];
    const plain = [name, name.replaceAll("-", "_")].find((one) => known.has(one));
    if (!group && plain === undefined) {
      throw new FieldwrightError("run/unknown-skip", `There is no stream, sync or group named ${name} to skip.`, {
        hint: `There are: ${[...Object.keys(project.groups), ...known].join(", ")}.`,
      });
    }
    for (const one of group ?? [plain ?? name]) skip.add(one);
  }
  return skip;
}
