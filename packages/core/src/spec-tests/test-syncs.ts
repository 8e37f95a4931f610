import type { Stream } from "@fieldwright/connector-kit";
import { checkedSpecs } from "../checked-specs.js";
import { ownTransforms, type Transform } from "../mapping/index.js";
import { streamName } from "../order.js";
import { FieldwrightError } from "../problem.js";
import { type ReadySync, readySync } from "../ready-sync.js";
import type { Schemas, Spec } from "../spec/index.js";
import { runTest } from "./run-test.js";
import type { TestReport } from "./test-report.js";

export interface TestOptions {
  /** What the connections hold: streams by connection. The targets must be among them. */
  readonly schemas: Schemas;
  /** Those to test; the others are there for what refers to them. All if not given. */
  readonly only?: readonly Spec[];
  /** The app's own steps that the specs were read with. */
  readonly transforms?: readonly Transform[];
  /** The time of tests that do not say `now`. */
  readonly now?: Date;
}

/**
 * Runs the `tests` of specs without a store and without a connection: each record is decided by the code of a run.
 * @throws FieldwrightError `spec/invalid` where a spec does not fit the schemas, `test/no-schema` where nothing is known of a target
 */
export function testSyncs(specs: readonly Spec[], options: TestOptions): TestReport {
  const chosen = options.only ?? specs;
  const tested = chosen.filter((spec) => (spec.tests ?? []).length > 0);
  const transforms = ownTransforms(options.transforms);
  const schemas = withSources(specs, options.schemas);
  for (const spec of tested) mustKnow(spec, schemas);
  const now = options.now ?? new Date();
  const tests = checkedSpecs(specs, tested, { schemas, transforms }).flatMap((spec) => {
    const sync = ready(spec, schemas, transforms);
    return (spec.tests ?? []).map((test) => runTest(sync, test, now));
  });
  const passed = tests.filter((test) => test.ok).length;
  const untested = chosen.filter((spec) => !tested.includes(spec)).map((spec) => spec.name);
  return { passed, failed: tests.length - passed, tests, untested };
}

/** A connection of which nothing is given is one that could not say what it holds. */
function withSources(specs: readonly Spec[], schemas: Schemas): Schemas {
  const used = specs.flatMap((spec) => [spec.from.connection, ...Object.values(spec.from.with).map((one) => one.connection)]);
  return { ...Object.fromEntries(used.map((name) => [name, undefined])), ...schemas };
}

function mustKnow(spec: Spec, schemas: Schemas): void {
  if (schemas[spec.to.connection] !== undefined) return;
  throw new FieldwrightError("test/no-schema", `Nothing is known of ${spec.to.connection}, into which ${spec.name} writes.`, {
    hint: "A value's type decides what is written: give the streams of the connection, or make it reachable.",
  });
}

function ready(spec: Spec, schemas: Schemas, transforms: readonly Transform[]): ReadySync {
  const streams = new Map(
    Object.entries(schemas).flatMap(([connection, all]) =>
      (all ?? []).map((stream) => [streamName({ connection, stream: stream.name }), stream] as const),
    ),
  );
  const target = streams.get(streamName(spec.to));
  if (target === undefined) throw new RangeError(`The checks let ${spec.name} pass without its target.`);
  return readySync({
    spec,
    streams,
    transforms,
    target,
    source: streams.get(streamName(spec.from)) ?? unknownSource(spec),
    state: neverRun,
    targetConnection: {},
    syncIds: new Map(),
  });
}

const neverRun = { id: 0, hash: null, version: 0, ruled: false, linked: false };

/** Records of a source that nothing is known of are taken as they are given. */
function unknownSource(spec: Spec): Stream {
  return {
    name: spec.from.stream,
    key: spec.from.key ?? "id",
    fields: {},
    open: true,
    listing: { maxPageSize: 1, complete: "never", total: false },
  };
}
