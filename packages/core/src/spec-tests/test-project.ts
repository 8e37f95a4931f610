import type { RunContext } from "../open-run.js";
import { chosenSpecs, schemasOf } from "../prepare.js";
import type { Schemas } from "../spec/index.js";
import type { TestReport } from "./test-report.js";
import { testSyncs } from "./test-syncs.js";

/** Runs the `tests` of a project's syncs against what its connections hold now. Reads no records and writes nothing. */
export async function testProject(context: RunContext, names: readonly string[] | undefined): Promise<TestReport> {
  const { project, transforms } = context;
  const only = chosenSpecs(project, names);
  const used = new Set(
    only.flatMap((spec) => [spec.from.connection, spec.to.connection, ...Object.values(spec.from.with).map((one) => one.connection)]),
  );
  let schemas: Schemas = Object.fromEntries(Object.keys(project.connections).map((name) => [name, undefined]));
  for (const name of used) schemas = { ...schemas, ...(await schemasFrom(context, name)) };
  return testSyncs(project.syncs, { schemas, only, transforms, now: context.now() });
}

/** A system that is away must not keep the tests of others from being run; where it is a target, `testSyncs` says so. */
async function schemasFrom({ connections }: RunContext, name: string): Promise<Schemas> {
  const streams = await connections.streams([name], AbortSignal.timeout(60_000)).catch(() => undefined);
  return streams === undefined ? { [name]: undefined } : schemasOf(streams, [name]);
}
