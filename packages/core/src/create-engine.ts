import { asVendorError } from "@fieldwright/connector-kit";
import { applyPlan } from "./apply.js";
import { checkSyncs } from "./checks/check-syncs.js";
import { openConnections } from "./connections.js";
import { diagnoseAll } from "./diagnose.js";
import type { Engine, EngineOptions } from "./engine.js";
import { explainRecord } from "./explain.js";
import { heldRecords, releaseFields, resolveHeld } from "./held.js";
import { ownTransforms } from "./mapping/index.js";
import { plannedStatements } from "./migrations.js";
import type { RunContext } from "./open-run.js";
import { historyOf, statusOf, streamsOf } from "./overview.js";
import { planSyncs } from "./plan-run.js";
import { schemasOf } from "./prepare.js";
import { FieldwrightError } from "./problem.js";
import { withTransforms } from "./project/with-transforms.js";
import { replaySync } from "./replay.js";
import { planRollback, rollBack } from "./rollback.js";
import { runSyncs } from "./run-syncs.js";
import { listed, plannedChanges, showPlan } from "./show-plan.js";
import { checkSpecs } from "./spec/index.js";
import { testProject } from "./spec-tests/test-project.js";
import { openStore } from "./store/open-store.js";
import { createVoices } from "./voices.js";

/**
 * Opens a project: its store, which is migrated, and its connections. Close it when done.
 * @throws FieldwrightError with a code and the next step when the store or a connection cannot be opened.
 */
export async function createEngine(options: EngineOptions): Promise<Engine> {
  const transforms = ownTransforms(options.transforms);
  const project = withTransforms(options.project, transforms);
  const now = options.now ?? (() => new Date());
  const store = await openStore({
    settings: project.store,
    tenant: options.tenant ?? "default",
    ...(options.store ? { database: options.store } : {}),
  });
  const voices = createVoices();
  try {
    const connections = await openConnections({ project, connectors: options.connectors, store, now, voices });
    const context: RunContext = { project, store, connections, now, voices, transforms };
    return engineOf(context);
  } catch (error) {
    await store.close();
    throw error;
  }
}

function engineOf(context: RunContext): Engine {
  const { store, connections, project } = context;
  return {
    validate: async () => {
      const byName = await connections.streams(connections.names, AbortSignal.timeout(60_000));
      const problems = checkSpecs(project.syncs, schemasOf(byName, connections.names), { transforms: context.transforms });
      return problems.some((problem) => problem.severity === "error")
        ? { ok: false, problems }
        : { ok: true, value: project.syncs, warnings: problems };
    },
    test: (options = {}) => testProject(context, options.syncs),
    replay: (sync, options = {}) => replaySync(context, sync, options),
    plan: (options = {}) => planSyncs(context, options),
    plans: (limit = 20) => listed(context, limit),
    planned: (id) => showPlan(context, id),
    changes: (query) => plannedChanges(context, query),
    apply: (id, options = {}) => applyPlan(context, id, options),
    rollback: async (run, options = {}) => rollBack(context, runNumber(run), options),
    planRollback: async (run, options = {}) => planRollback(context, runNumber(run), options),
    held: (query = {}) => heldRecords(context, query),
    resolve: (sync, sourceId, resolution) => resolveHeld(context, { sync, sourceId }, resolution),
    release: (sync, sourceId, options = {}) => releaseFields(context, { sync, sourceId }, options.fields),
    run: (options = {}) => runSyncs(context, options),
    check: (options = {}) => checkSyncs(context, options),
    status: () => statusOf(context),
    history: (limit = 20) => historyOf(context, limit),
    explain: (sync, sourceId) => explainRecord(context, sync, sourceId),
    diagnose: () => diagnoseAll(context),
    migrations: () => plannedStatements(context),
    migrate: async () => {
      for (const { connection, statements } of await plannedStatements(context)) {
        await connections
          .get(connection)
          .applySchema?.(statements, { signal: new AbortController().signal })
          .catch((error: unknown) => {
            throw asVendorError(error);
          });
      }
    },
    streams: () => streamsOf(context),
    sql: (text, options = {}) => querySql(context, text, options.write ?? false),
    close: async () => {
      await connections.close();
      await store.close();
    },
  };
}

/** Runs are shown and asked for as text. */
function runNumber(run: string): number {
  const number = Number(run);
  if (Number.isSafeInteger(number) && number > 0) return number;
  throw new FieldwrightError("rollback/unknown-run", `"${run}" is not the number of a run.`, {
    hint: "`fieldwright history` lists the runs.",
  });
}

async function querySql(context: RunContext, text: string, write: boolean): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const { database } = context.store;
  return database.transaction(async (session) => {
    if (write) {
      // Several statements at once go without values; only the last one could give rows, and a script gives none.
      await session.run(text);
      return [];
    }
    await session.run("set transaction read only");
    return session.query(text);
  });
}
