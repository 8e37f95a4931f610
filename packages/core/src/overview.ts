import type { Cursor, Stream } from "@fieldwright/connector-kit";
import type { RunRow, StreamInfo, SyncStatus } from "./engine.js";
import type { RunContext } from "./open-run.js";
import { streamName } from "./order.js";
import { countPending } from "./store/pending.js";
import { readSyncState } from "./store/sync-state.js";

/** How each sync stands: its last run, and what waits for data or for a person. */
export async function statusOf(context: RunContext): Promise<readonly SyncStatus[]> {
  const { store } = context;
  const rows: SyncStatus[] = [];
  for (const spec of context.project.syncs) {
    const state = await readSyncState(store, store.database, spec.name);
    const pending = await countPending(store, store.database, { sync: state.id });
    const [links] = await store.database.query<{ n: number }>(`select count(*) as n from ${store.table("links")} where sync = $1`, [
      state.id,
    ]);
    const [last] = await store.database.query<{ run: number; status: string; completed: string | null; report: RunRow["report"] }>(
      `select p.run, p.status, p.completed, r.report from ${store.table("run_syncs")} p join ${store.table("runs")} r on r.id = p.run where r.tenant = $1 and r.kind in ('run', 'apply') and p.sync = $2 order by p.run desc limit 1`,
      [store.tenant, spec.name],
    );
    const [success] = await store.database.query<{ completed: string }>(
      `select p.completed from ${store.table("run_syncs")} p join ${store.table("runs")} r on r.id = p.run where r.tenant = $1 and r.kind in ('run', 'apply') and p.sync = $2 and p.status = 'done' order by p.run desc limit 1`,
      [store.tenant, spec.name],
    );
    rows.push({
      sync: spec.name,
      lastRun: last ? String(last.run) : null,
      lastStatus: last?.status ?? null,
      lastSuccessAt: success?.completed ?? null,
      linked: links?.n ?? 0,
      waiting: pending.waiting,
      held: pending.held,
      failed: pending.failed,
      lastReport: last?.report?.syncs.find((one) => one.sync === spec.name) ?? null,
    });
  }
  return rows;
}

export async function historyOf(context: RunContext, limit: number): Promise<readonly RunRow[]> {
  const { store } = context;
  const rows = await store.database.query<{
    id: number;
    status: RunRow["status"];
    started: string;
    completed: string | null;
    kind: string;
    plan: string | null;
    ofRun: number | null;
    mode: string;
    error: string | null;
    report: RunRow["report"];
  }>(
    `select id, status, started, completed, kind, plan, of_run as "ofRun", mode, error, report from ${store.table("runs")} where tenant = $1 order by id desc limit $2`,
    [store.tenant, limit],
  );
  return rows.map((row) => ({
    run: String(row.id),
    status: row.status,
    startedAt: row.started,
    completedAt: row.completed,
    mode: modeText(row),
    error: row.error,
    report: row.report,
  }));
}

/** What a run was for. One that carries out a plan, or takes a run back, reads nothing: its mode would say nothing. */
function modeText({ kind, plan, ofRun, mode }: { kind: string; plan: string | null; ofRun: number | null; mode: string }): string {
  if (ofRun !== null) return `${kind === "plan" ? "plan of a " : ""}rollback of run ${ofRun}`;
  if (kind === "plan") return `plan, ${mode}`;
  return plan === null ? mode : `apply ${plan}`;
}

/** Every stream of every connection, with what can be done with it and how many of its records are landed. */
export async function streamsOf(context: RunContext): Promise<readonly StreamInfo[]> {
  const { store, connections, project } = context;
  const streams = await connections.streams(connections.names, new AbortController().signal);
  const landed = new Map(
    (
      await store.database.query<{ name: string }>("select table_name as name from information_schema.tables where table_schema = $1", [
        store.landingSchema,
      ])
    ).map((row) => [row.name, true]),
  );
  const infos: StreamInfo[] = [];
  for (const [name, stream] of streams) {
    const table = store.landing(name);
    const isLanded = landed.has(table.slice(table.lastIndexOf(".") + 1).replaceAll('"', ""));
    const [count] = isLanded
      ? await store.database.query<{ n: number }>(`select count(*) as n from ${table} where tenant = $1 and deleted_at is null`, [
          store.tenant,
        ])
      : [];
    infos.push({
      stream: name,
      ...(stream.about === undefined ? {} : { about: stream.about }),
      ...(stream.open === undefined ? {} : { open: stream.open }),
      key: stream.key,
      fields: stream.fields,
      operations: operationsOf(stream),
      cursor: cursorInWords(stream.cursor, stream.window),
      landed: count?.n ?? null,
      usedBy: project.syncs.filter((spec) => streamName(spec.from) === name || streamName(spec.to) === name).map((spec) => spec.name),
    });
  }
  return infos;
}

function operationsOf(stream: Stream): readonly string[] {
  return (["read", "get", "find", "create", "update", "upsert", "delete", "restore"] as const).filter(
    (operation) => stream[operation] !== undefined,
  );
}

function cursorInWords(cursor: Cursor | undefined, window: Stream["window"]): string {
  if (cursor?.filter)
    return cursor.field === undefined
      ? `by the time of the last read, to the ${cursor.granularity}`
      : `by ${cursor.field}, to the ${cursor.granularity}`;
  if (window?.rolling)
    return `the days from ${window.rolling.daysBack} back to ${window.rolling.daysAhead} ahead, by ${window.field ?? "the system's date"}`;
  return "none: every read is a full one, compared by checksum";
}
