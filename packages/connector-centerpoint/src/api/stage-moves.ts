import { allRecords, type Call, VendorError } from "@fieldwright/connector-kit";
import { lists } from "../collections/lists.js";
import { refuse } from "../refuse.js";
import type { Api } from "./api.js";
import { isObject, type Single } from "./document.js";
import { walk } from "./walk.js";

interface Stage {
  readonly id: string;
  readonly name: string;
  /** Rises along a pipeline; absent where Centerpoint does not say. */
  readonly order: number | undefined;
}

interface Step {
  /** The transition. */
  readonly id: string;
  readonly to: Stage;
}

interface Standing {
  readonly job: string;
  readonly now: Stage | undefined;
  readonly steps: readonly Step[];
}

export interface StageMoves {
  /** Moves the job at `path` to a stage: an id, a name, or { id, name }. */
  move(path: string, wanted: unknown): Promise<void>;
}

/**
 * A job moves through its workflow by transitions, each of which Centerpoint must offer: one step, then a look at where it stands, until the
 * stage is the wanted one. Stages are asked for once a batch, and only where no transition leads there directly.
 */
export function createStageMoves(api: Api, call: Call): StageMoves {
  let listed: Promise<readonly Stage[]> | undefined;
  const stages = (): Promise<readonly Stage[]> => {
    listed ??= stagesOf(api, call);
    return listed;
  };
  return {
    async move(path, wanted) {
      const target = targetOf(wanted);
      const been = new Set<string>();
      for (let taken = 0; ; taken += 1) {
        const standing = await standingOf(api, path, call);
        if (standing.now && isTarget(target, standing.now)) return;
        been.add(standing.now?.id ?? "");
        const step = standing.steps.find(({ to }) => isTarget(target, to)) ?? (await towards(target, { standing, been, stages }));
        if (step === undefined || taken >= api.options.assumptions.maxStageSteps) throw noWay({ target, standing, taken });
        await take(api, { job: standing.job, step, taken, at: standing.now }, call);
      }
    },
  };
}

interface Taking {
  readonly job: string;
  readonly step: Step;
  /** Steps before this one. */
  readonly taken: number;
  readonly at: Stage | undefined;
}

async function take(api: Api, { job, step, taken, at }: Taking, call: Call): Promise<void> {
  const relationships = {
    production: { data: { type: "productions", id: job } },
    transition: { data: { type: "workflow_transitions", id: step.id } },
  };
  const json = { data: { type: "production_stage_transitions", attributes: {}, relationships } };
  try {
    await api.send({ method: "POST", path: "/production_stage_transitions", json, safeToRepeat: false }, call);
  } catch (error) {
    if (taken === 0 || !(error instanceof VendorError)) throw error;
    throw new VendorError(`The job was moved ${taken} steps, to "${at?.name ?? "?"}", and no further: ${error.message}`, {
      code: "centerpoint/half-moved",
      next: error.next === "retry" ? "hold-record" : error.next,
      inDoubt: true,
      hint: "The steps taken stay. Look at the job in Centerpoint before the change is tried again.",
      cause: error,
    });
  }
}

async function standingOf(api: Api, path: string, call: Call): Promise<Standing> {
  const single = await api.one(path, { include: "availableTransitions,workflowStage" }, call);
  if (!single) throw new VendorError("Centerpoint found no such job.", { code: "centerpoint/not-found", next: "hold-record" });
  const steps = linked(single.data.relationships.availableTransitions).map((id): Step => {
    const transition = includedIn(single, "workflow_transitions", id);
    const [to = ""] = linked(transition?.relationships.workflowStage);
    return { id, to: stageIn(single, to) };
  });
  const [now] = linked(single.data.relationships.workflowStage);
  return { job: single.data.id, now: now === undefined ? undefined : stageIn(single, now), steps };
}

function stageIn(single: Single, id: string): Stage {
  const attributes = includedIn(single, "workflow_stages", id)?.attributes ?? {};
  return { id, name: String(attributes.name ?? ""), order: orderOf(attributes.order) };
}

function includedIn(single: Single, type: string, id: string) {
  return single.included.find((resource) => resource.type === type && resource.id === id);
}

function linked(relationship: unknown): readonly string[] {
  const data = isObject(relationship) ? relationship.data : undefined;
  const all = Array.isArray(data) ? (data as readonly unknown[]) : [data];
  return all.filter(isObject).map((one) => String(one.id));
}

/** The step that comes nearest to the target without passing it; never to where the job has been. */
async function towards(
  target: Target,
  {
    standing,
    been,
    stages,
  }: { readonly standing: Standing; readonly been: ReadonlySet<string>; readonly stages: () => Promise<readonly Stage[]> },
): Promise<Step | undefined> {
  const from = standing.now?.order;
  const named = (await stages()).filter((stage) => isTarget(target, stage));
  // Two pipelines may have a stage of one name: then nobody knows which is meant.
  if (named.length > 1)
    throw refuse(`${named.length} stages are named "${target.name ?? ""}".`, { field: "workflowStage", hint: "Give the id." });
  const goal = named[0]?.order;
  if (from === undefined || goal === undefined) return undefined;
  const nearer = standing.steps.filter(({ to }) => !been.has(to.id) && to.order !== undefined && isBetween(from, to.order, goal));
  return nearer.sort((a, b) => Math.abs(goal - (a.to.order ?? 0)) - Math.abs(goal - (b.to.order ?? 0)))[0];
}

function isBetween(from: number, value: number, goal: number): boolean {
  return from < goal ? value > from && value <= goal : value < from && value >= goal;
}

interface Target {
  readonly id?: string;
  readonly name?: string;
}

function targetOf(wanted: unknown): Target {
  const { id, name } = isObject(wanted) ? wanted : { id: undefined, name: wanted };
  if (id !== undefined && id !== null && id !== "") return { id: String(id) };
  const text = String(name ?? "").trim();
  if (text === "") throw refuse("A stage is given by its id or its name.", { field: "workflowStage" });
  return /^[0-9]+$/.test(text) ? { id: text } : { name: text };
}

function isTarget(target: Target, stage: Stage): boolean {
  return target.id === undefined ? stage.name.trim().toLowerCase() === target.name?.toLowerCase() : stage.id === target.id;
}

async function stagesOf(api: Api, call: Call): Promise<readonly Stage[]> {
  const collection = lists.find(({ name }) => name === "workflow_stages");
  if (!collection) return [];
  const records = await allRecords(walk(api, { collection, request: { pageSize: api.options.assumptions.maxPageSize } }, call));
  return records.map((record) => ({ id: String(record.id), name: String(record.name), order: orderOf(record.order) }));
}

function orderOf(value: unknown): number | undefined {
  return typeof value === "number" ? value : undefined;
}

function noWay({ target, standing, taken }: { readonly target: Target; readonly standing: Standing; readonly taken: number }): VendorError {
  const offered = standing.steps.map(({ to }) => to.name || to.id).join(", ") || "none";
  const moved = taken === 0 ? "" : ` after ${taken} steps`;
  return new VendorError(
    `From "${standing.now?.name ?? "no stage"}"${moved} no transition leads towards the stage ${target.name ?? target.id}. Offered: ${offered}.`,
    {
      code: "centerpoint/no-transition",
      next: "hold-record",
      field: "workflowStage",
      inDoubt: taken > 0,
      hint: "Move the job in Centerpoint, or choose a stage that its workflow reaches.",
    },
  );
}
