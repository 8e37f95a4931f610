import type { SqlSession } from "@fieldwright/connector-kit/sql";
import type { RunReport, RunStatus, StreamReport, SyncReport } from "../events.js";
import type { RunKind } from "../run.js";
import type { Store } from "./open-store.js";

export interface StartedRun {
  readonly kind: RunKind;
  readonly mode: string;
  readonly startedAt: string;
  /** Who asked for it. */
  readonly by: string | null;
  readonly plan?: string;
  readonly ofRun?: number;
  /** Sync -> hash of the spec that it goes by. */
  readonly specs: Readonly<Record<string, string>>;
}

export async function startRun(store: Store, run: StartedRun): Promise<number> {
  const [row] = await store.database.query<{ id: number }>(
    `insert into ${store.table("runs")} (tenant, kind, mode, status, started, by, plan, of_run, specs)
     values ($1, $2, $3, 'running', $4::timestamptz, $5, $6, $7, $8::jsonb) returning id`,
    [store.tenant, run.kind, run.mode, run.startedAt, run.by, run.plan ?? null, run.ofRun ?? null, JSON.stringify(run.specs)],
  );
  return row?.id ?? 0;
}

/** What a run was, and the syncs that it wrote for. */
export async function readRunKind(
  store: Store,
  session: SqlSession,
  id: number,
): Promise<{ readonly kind: RunKind; readonly syncs: readonly string[] } | undefined> {
  const [row] = await session.query<{ kind: RunKind; syncs: readonly string[] | null }>(
    `select r.kind, (select json_agg(distinct s.name) from ${store.table("changes")} c join ${store.table("syncs")} s on s.id = c.sync
       where c.run = r.id and c.state = 'done') as syncs from ${store.table("runs")} r where r.tenant = $1 and r.id = $2`,
    [store.tenant, id],
  );
  return row ? { kind: row.kind, syncs: row.syncs ?? [] } : undefined;
}

export async function finishRun(
  store: Store,
  run: { id: number; status: RunStatus; error: string | null; report: RunReport },
): Promise<void> {
  await store.database.run(
    `update ${store.table("runs")} set status = $2, completed = now(), error = $3, report = $4::jsonb where id = $1`,
    [run.id, run.status, run.error, JSON.stringify(run.report)],
  );
}

const streamCounts = ["fetched", "inserted", "updated", "unchanged", "failed", "held", "deleted"] as const;
const syncCounts = ["read", "filtered", "unchanged", "created", "updated", "deleted", "waiting", "held", "failed"] as const;

/** A stream's counts so far, along with the commit of a page. */
export function logStream(store: Store, session: SqlSession, row: { run: number; report: StreamReport }): void {
  const { text, values } = logged(store, streamPart({ ...row, over: false }));
  session.later(text, values);
}

/** A stream's counts at its end. */
export async function closeStreamLog(store: Store, row: { run: number; report: StreamReport }): Promise<void> {
  const { text, values } = logged(store, streamPart({ ...row, over: true }));
  await store.database.run(text, values);
}

/** A sync's counts so far, along with the commit of a page. */
export function logSync(store: Store, session: SqlSession, row: { run: number; report: SyncReport }): void {
  const { text, values } = logged(store, syncPart({ ...row, over: false }));
  session.later(text, values);
}

/** A sync's counts at its end. */
export async function closeSyncLog(store: Store, row: { run: number; report: SyncReport }): Promise<void> {
  const { text, values } = logged(store, syncPart({ ...row, over: true }));
  await store.database.run(text, values);
}

function streamPart(row: { run: number; report: StreamReport; over: boolean }): PartRow {
  const counts = streamCounts.map((count) => [count, row.report[count]] as const);
  return { ...row, table: "run_streams", part: "stream", name: row.report.stream, counts };
}

function syncPart(row: { run: number; report: SyncReport; over: boolean }): PartRow {
  const counts = syncCounts.map((count) => [count, row.report[count]] as const);
  return { ...row, table: "run_syncs", part: "sync", name: row.report.sync, counts };
}

interface PartRow {
  readonly run: number;
  readonly table: string;
  readonly part: string;
  readonly name: string;
  readonly over: boolean;
  readonly report: { readonly status: string; readonly error: string | null };
  readonly counts: readonly (readonly [string, number])[];
}

function logged(store: Store, row: PartRow): { readonly text: string; readonly values: readonly unknown[] } {
  const names = row.counts.map(([name]) => name);
  const status = row.over ? row.report.status : "running";
  return {
    text: `insert into ${store.table(row.table)} (run, ${row.part}, status, started, completed, error, ${names.join(", ")})
     values ($1, $2, $3, now(), case when $4 then now() end, $5, ${names.map((_, index) => `$${index + 6}`).join(", ")})
     on conflict (run, ${row.part}) do update set status = excluded.status, completed = excluded.completed, error = excluded.error, ${names.map((name) => `${name} = excluded.${name}`).join(", ")}`,
    values: [row.run, row.name, status, row.over, row.report.error, ...row.counts.map(([, count]) => count)],
  };
}

export async function logFailedPage(
  store: Store,
  session: SqlSession,
  page: { run: number; stream: string; page: number; position: unknown; error: string },
): Promise<void> {
  await session.run(`insert into ${store.table("failed_pages")} (run, stream, page, position, error) values ($1, $2, $3, $4::jsonb, $5)`, [
    page.run,
    page.stream,
    page.page,
    page.position === undefined ? null : JSON.stringify(page.position),
    page.error,
  ]);
}
