import { arrayLiteral, copyLine, type SqlSession } from "@fieldwright/connector-kit/sql";
import type { Store } from "./open-store.js";

type Values = Readonly<Record<string, unknown>>;

export type PlanKind = "sync" | "rollback";
export type PlanStatus = "ready" | "asks" | "applied" | "partly applied" | "superseded";

/** A plan without its rows. */
export interface PlanHead {
  readonly id: string;
  readonly kind: PlanKind;
  /** `asks`: a guard of a run holds it for approval. */
  readonly status: PlanStatus;
  /** The run that made it. */
  readonly run: number;
  /** The run that a rollback takes back. */
  readonly ofRun: number | null;
  readonly created: string;
  readonly expires: string;
  /** Of all its rows. */
  readonly hash: string;
  /** Sync -> hash of its spec. */
  readonly specs: Readonly<Record<string, string>>;
  readonly summary: unknown;
  readonly approvedBy: string | null;
  readonly approvedAt: string | null;
}

/** What a plan has in mind for one record. */
export interface PlanRow {
  /** From 1, in the order of the plan. */
  readonly n: number;
  readonly sync: number;
  readonly sourceId: string;
  readonly targetId: string | null;
  readonly operation: "create" | "update" | "delete" | "keep" | "hold" | "wait";
  readonly before: Values | null;
  readonly after: Values | null;
  /** Of what the plan found at the target: what drifted has another one. */
  readonly fingerprint: string;
  readonly code: string | null;
  readonly reason: string;
  readonly notes: PlanNotes | null;
}

export interface PlanNotes {
  /** Fields that will hold the id of a record that the plan itself creates. */
  readonly news?: readonly string[];
  readonly why?: unknown;
}

const rowColumns = [
  "plan",
  "n",
  "sync",
  "source_id",
  "target_id",
  "operation",
  "before",
  "after",
  "fingerprint",
  "code",
  "reason",
  "notes",
] as const;

export async function insertPlan(
  store: Store,
  session: SqlSession,
  plan: Omit<PlanHead, "approvedBy" | "approvedAt" | "hash">,
): Promise<void> {
  await session.run(
    `insert into ${store.table("plans")} (id, tenant, kind, status, run, of_run, created, expires, hash, specs, summary)
     values ($1, $2, $3, $4, $5, $6, $7::timestamptz, $8::timestamptz, '', $9::jsonb, $10::jsonb)`,
    [
      plan.id,
      store.tenant,
      plan.kind,
      plan.status,
      plan.run,
      plan.ofRun,
      plan.created,
      plan.expires,
      JSON.stringify(plan.specs),
      JSON.stringify(plan.summary),
    ],
  );
}

export async function insertPlanRows(store: Store, session: SqlSession, rows: { plan: string; rows: readonly PlanRow[] }): Promise<void> {
  if (rows.rows.length === 0) return;
  let lines = "";
  for (const row of rows.rows)
    lines += copyLine([
      rows.plan,
      row.n,
      row.sync,
      row.sourceId,
      row.targetId,
      row.operation,
      row.before,
      row.after,
      row.fingerprint,
      row.code,
      row.reason,
      row.notes,
    ]);
  await session.copyIn(store.table("plan_rows"), rowColumns, lines);
}

export async function setPlanHash(store: Store, session: SqlSession, plan: { id: string; hash: string }): Promise<void> {
  await session.run(`update ${store.table("plans")} set hash = $2 where id = $1`, [plan.id, plan.hash]);
}

const head = `id, kind, status, run, of_run as "ofRun", created, expires, hash, specs, summary, approved_by as "approvedBy", approved_at as "approvedAt"`;

export async function readPlan(store: Store, session: SqlSession, id: string): Promise<PlanHead | undefined> {
  const [plan] = await session.query<PlanHead>(`select ${head} from ${store.table("plans")} where tenant = $1 and id = $2`, [
    store.tenant,
    id,
  ]);
  return plan;
}

/** The newest plans first. */
export function listPlans(store: Store, session: SqlSession, limit: number): Promise<readonly PlanHead[]> {
  return session.query<PlanHead>(`select ${head} from ${store.table("plans")} where tenant = $1 order by created desc, id limit $2`, [
    store.tenant,
    limit,
  ]);
}

export interface ChangesQuery {
  readonly plan: string;
  readonly sync?: string;
  /** Changes after this number of the plan; from the first without it. */
  readonly after?: number;
  readonly limit: number;
}

export interface RowFilter {
  readonly plan: string;
  /** Rows after this number. */
  readonly after: number;
  readonly limit: number;
  readonly sync?: number;
  readonly operations?: readonly PlanRow["operation"][];
}

export function readPlanRows(store: Store, session: SqlSession, filter: RowFilter): Promise<readonly PlanRow[]> {
  return session.query<PlanRow>(
    `select n, sync, source_id as "sourceId", target_id as "targetId", operation, before, after, fingerprint, code, reason, notes
     from ${store.table("plan_rows")} where plan = $1 and n > $2 and ($3::int is null or sync = $3) and ($4::text[] is null or operation = any($4::text[]))
     order by n limit $5`,
    [
      filter.plan,
      filter.after,
      filter.sync ?? null,
      filter.operations === undefined ? null : arrayLiteral(filter.operations),
      filter.limit,
    ],
  );
}

/** Who let this plan be carried out, and which state of it. */
export async function approvePlan(store: Store, session: SqlSession, plan: { id: string; by: string; at: string }): Promise<void> {
  await session.run(
    `update ${store.table("plans")} set approved_by = $2, approved_at = $3::timestamptz, approved_hash = hash where id = $1`,
    [plan.id, plan.by, plan.at],
  );
}

export async function setPlanStatus(store: Store, session: SqlSession, plan: { id: string; status: PlanStatus }): Promise<void> {
  await session.run(`update ${store.table("plans")} set status = $2 where id = $1`, [plan.id, plan.status]);
}

/** Plans of these syncs that wait for approval give way to a newer one. */
export async function supersedePlans(store: Store, session: SqlSession, newer: { id: string; syncs: readonly string[] }): Promise<void> {
  await session.run(
    `update ${store.table("plans")} set status = 'superseded' where tenant = $1 and id <> $2 and status in ('asks', 'ready') and kind = 'sync' and specs ?| $3::text[]`,
    [store.tenant, newer.id, arrayLiteral(newer.syncs)],
  );
}
