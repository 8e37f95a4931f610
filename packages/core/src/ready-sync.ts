import type { Connection, DataRecord, Stream } from "@fieldwright/connector-kit";
import {
  type Canonical,
  canonical,
  compileCondition,
  compileFields,
  compileMatchValue,
  getter,
  type MapRecord,
  refsOf,
  type Transform,
} from "./mapping/index.js";
import { type CompiledStages, compileProtect, compileStages, type ProtectPatch } from "./policy/index.js";
import { type ToRemember, toRemember } from "./remember.js";
import type { MatchKey, Path, Spec } from "./spec/model.js";
import type { SyncState } from "./store/sync-state.js";

/** A spec compiled against its streams: closures only, nothing is looked up by name on the way of a record. */
export interface ReadySync {
  readonly spec: Spec;
  readonly source: { readonly name: string; readonly stream: Stream };
  readonly target: Target;
  readonly passes: (record: DataRecord, now: Date) => boolean;
  /** Whether a new target record may be made for this source record. */
  readonly mayCreate: (record: DataRecord, now: Date) => boolean;
  readonly mapRecord: MapRecord;
  readonly keys: readonly ReadyKey[];
  readonly stages: CompiledStages | undefined;
  /** The choke point: what may be written of what is wanted. */
  readonly protect: ProtectPatch;
  readonly remembers: ToRemember | undefined;
  /** A comparable text of a target field's value. */
  readonly canonical: Readonly<Record<string, Canonical>>;
  readonly relations: readonly Relation[];
  readonly refs: readonly Ref[];
  state: SyncState;
}

export interface Target {
  readonly name: string; // "connection.stream"
  readonly stream: Stream;
  readonly key: string;
  /** Its writes join the store's own commits. */
  readonly inStore: boolean;
}

export interface ReadyKey {
  readonly key: MatchKey;
  readonly parts: readonly {
    readonly target: string;
    readonly value: (record: DataRecord, values: Readonly<Record<string, unknown>>) => unknown;
  }[];
}

export interface Relation {
  readonly name: string;
  readonly stream: string; // "connection.stream"
  readonly take: "one" | "many";
  /** Of the related record. */
  readonly field: string;
  /** Whether `field` is the related stream's key. */
  readonly byKey: boolean;
  readonly path: Path;
  readonly valueOf: (record: DataRecord) => unknown;
  /** Further pairs that must be equal. */
  readonly also: readonly { readonly field: (record: DataRecord) => unknown; readonly own: (record: DataRecord) => unknown }[];
}

export interface Ref {
  readonly sync: string;
  readonly syncId: number;
  readonly valueOf: (record: DataRecord) => unknown;
}

export interface ReadyInput {
  readonly spec: Spec;
  readonly state: SyncState;
  readonly source: Stream;
  readonly target: Stream;
  readonly targetConnection: Pick<Connection, "inStore">;
  /** The streams of all connections, by "connection.stream". */
  readonly streams: ReadonlyMap<string, Stream>;
  readonly syncIds: ReadonlyMap<string, number>;
  /** Steps of the app's own. */
  readonly transforms?: readonly Transform[];
}

export function readySync(input: ReadyInput): ReadySync {
  const { spec, target } = input;
  const own = { fields: target.fields, transforms: input.transforms ?? [] };
  const { only } = spec.from;
  return {
    spec,
    state: input.state,
    source: { name: `${spec.from.connection}.${spec.from.stream}`, stream: input.source },
    target: {
      name: `${spec.to.connection}.${spec.to.stream}`,
      stream: target,
      key: target.key,
      inStore: input.targetConnection.inStore ?? false,
    },
    passes: only ? compileCondition(only) : () => true,
    mayCreate: spec.createIf ? compileCondition(spec.createIf.condition) : () => true,
    stages: spec.stages ? compileStages(spec.stages) : undefined,
    protect: compileProtect(spec, own),
    remembers: toRemember(spec),
    mapRecord: compileFields(spec, target.fields, own),
    keys: spec.match.tryInOrder.map((key) => ({
      key,
      parts: key.pairs.map((pair) => ({ target: pair.target, value: compileMatchValue(spec, pair, own) })),
    })),
    canonical: Object.fromEntries(Object.entries(target.fields).map(([name, field]) => [name, canonical(field)])),
    relations: relationsOf(spec, (stream) => input.streams.get(stream)?.key),
    refs: refsOf(spec).map((ref) => ({ sync: ref.sync, syncId: input.syncIds.get(ref.sync) ?? 0, valueOf: getter(ref.path) })),
  };
}

/** What a spec looks at beside its own stream. */
export function relationsOf(spec: Spec, keyOf: (stream: string) => string | undefined): readonly Relation[] {
  return Object.entries(spec.from.with).map(([name, related]) => relationOf(keyOf, name, related));
}

function relationOf(keyOf: (stream: string) => string | undefined, name: string, related: Spec["from"]["with"][string]): Relation {
  const stream = `${related.connection}.${related.stream}`;
  const key = keyOf(stream);
  const pairs = Object.entries(related.where);
  // The key, where it is among the pairs, is the one to look up by: it has an index already.
  const first = pairs.find(([field]) => field === key) ?? pairs[0];
  if (!first) throw new RangeError(`The relation ${name} has no pair of equal fields.`);
  const [field, path] = first;
  return {
    name,
    stream,
    take: related.take,
    field,
    byKey: field === key,
    path,
    valueOf: getter(path),
    also: pairs.filter((pair) => pair !== first).map(([other, own]) => ({ field: getter(other.split(".")), own: getter(own) })),
  };
}
