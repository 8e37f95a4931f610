import type { Plan, PlanEntry, PlannedChange, PlannedSync } from "./engine.js";
import type { RunReport } from "./events.js";
import { customSteps } from "./mapping/index.js";
import type { RunContext } from "./open-run.js";
import { FieldwrightError } from "./problem.js";
import type { Why } from "./run.js";
import type { Spec } from "./spec/model.js";
import { type ChangesQuery, listPlans, type PlanHead, type PlanRow, readPlan, readPlanRows } from "./store/plans.js";
import { syncNames } from "./store/sync-state.js";

const shownPerSync = 50;

/** A kept plan, with the first changes of each sync. */
export async function showPlan(context: RunContext, id: string): Promise<Plan> {
  const head = await findPlan(context, id);
  const { report, syncs } = head.summary as { report: RunReport; syncs: readonly PlannedSync[] };
  const changes: PlannedChange[] = [];
  for (const one of syncs) changes.push(...(await plannedChanges(context, { plan: id, sync: one.sync, limit: shownPerSync })));
  return {
    ...entryOf(head),
    report,
    syncs,
    changes,
  };
}

/** The newest plans, without their changes. */
export async function listed(context: RunContext, limit: number): Promise<readonly PlanEntry[]> {
  const heads = await listPlans(context.store, context.store.database, limit);
  return heads.map((head) => ({ ...entryOf(head), syncs: Object.keys(head.specs) }));
}

function entryOf(head: PlanHead): Omit<PlanEntry, "syncs"> {
  const { id, kind, status, created, expires, hash, ofRun, approvedBy, approvedAt } = head;
  return {
    id,
    kind,
    status,
    createdAt: created,
    expiresAt: expires,
    hash,
    ofRun: ofRun === null ? null : String(ofRun),
    approvedBy,
    approvedAt,
  };
}

export async function findPlan(context: RunContext, id: string): Promise<PlanHead> {
  const { store } = context;
  const head = await readPlan(store, store.database, id);
  if (head) return head;
  throw new FieldwrightError("plan/unknown", `There is no plan ${id}.`, {
    hint: "`fieldwright plans` lists the plans that are kept; `fieldwright plan` makes a new one.",
  });
}

/** The changes of a plan, in its order. */
export async function plannedChanges(context: RunContext, query: ChangesQuery): Promise<readonly PlannedChange[]> {
  const { store, project } = context;
  const names = await syncNames(store, store.database);
  const head = await findPlan(context, query.plan);
  const sync = query.sync === undefined ? undefined : [...names].find(([, name]) => name === query.sync)?.[0];
  const rows = await readPlanRows(store, store.database, {
    plan: query.plan,
    after: query.after ?? 0,
    limit: query.limit,
    ...(query.sync === undefined ? {} : { sync: sync ?? -1 }),
  });
  return rows.map((row) => {
    const name = names.get(row.sync) ?? "";
    const change = plannedChange(
      name,
      row,
      project.syncs.find((spec) => spec.name === name),
    );
    return head.ofRun === null ? change : tookBack(change, head.ofRun);
  });
}

function plannedChange(sync: string, row: PlanRow, spec: Spec | undefined): PlannedChange {
  const why = row.notes?.why as Why | undefined;
  const news = new Set(row.notes?.news ?? []);
  const shows = row.operation === "create" || row.operation === "update" || row.operation === "delete";
  const names = shows ? Object.keys({ ...row.before, ...row.after }) : [];
  const stageField = spec?.stages?.stageField;
  return {
    n: row.n,
    sync,
    sourceId: row.sourceId,
    targetId: row.targetId,
    operation: row.operation,
    code: row.code,
    reason: row.reason,
    ...(why?.matched ? { matched: why.matched } : {}),
    fields: names.map((field) => {
      const stage = field === stageField ? why?.stage : undefined;
      const protection = row.operation === "update" ? protectionOf(spec, field) : undefined;
      const rule = stage?.rule === undefined ? protection : `stages rule ${stage.rule}`;
      const line = stage?.line ?? spec?.lines[protection ?? `fields.${field}`];
      const custom = customSteps(spec?.fields.find((rule) => rule.target === field) ?? { steps: [] });
      return {
        field,
        before: row.before?.[field] ?? null,
        after: news.has(field) ? "(the new record)" : (row.after?.[field] ?? null),
        ...(rule === undefined ? {} : { rule }),
        ...(line === undefined ? {} : { line }),
        ...(custom.length === 0 ? {} : { custom }),
      };
    }),
    kept: why?.kept ?? [],
  };
}

/** The rule that had to let a value through: the field was blank. */
function protectionOf(spec: Spec | undefined, field: string): string | undefined {
  if (spec?.protect?.onlyIfBlank.includes(field)) return "protect.only_if_blank";
  return spec?.protect?.setOnce.includes(field) ? "protect.set_once" : undefined;
}

/** A rollback goes by the trail, and by no line of a spec. */
function tookBack(change: PlannedChange, ofRun: number): PlannedChange {
  const did: Partial<Record<PlannedChange["operation"], string>> = { create: "deleted", update: "changed", delete: "created" };
  const verb = did[change.operation];
  return {
    ...change,
    ...(verb === undefined ? {} : { reason: `run ${ofRun} ${verb} it` }),
    fields: change.fields.map(({ field, before, after }) => ({ field, before, after })),
  };
}
