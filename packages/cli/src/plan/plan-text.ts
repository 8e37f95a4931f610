import type { Plan, PlannedChange, PlannedSync, Project } from "@fieldwright/core";
import type { Colors } from "../progress/line.js";
import { columns, columnsOf, padded, wrapped } from "../report/columns.js";
import { count, moment, plainLine, shown, some } from "../report/words.js";
import { changeText } from "./change-text.js";
import { expiryText, statusText } from "./expiry.js";
import { pickChanges } from "./pick-changes.js";

export interface PlanTextOptions {
  readonly colors: Colors;
  /** Columns of the screen. */
  readonly width: number;
  readonly project: Pick<Project, "syncs">;
  readonly nowMs: number;
  /** The command that shows all changes. */
  readonly all: string;
}

const mostPerSync = 20;

/** The plan as a person reads it: what it is, and for each sync its counts, its changes and what to think of. */
export function planText(plan: Plan, options: PlanTextOptions): string {
  const parts = plan.syncs.map((one) => {
    const changes = plan.changes.filter((change) => change.sync === one.sync);
    const picked = pickChanges(changes, mostPerSync);
    const records = picked.map((change) => changeText(change, recordNames(one.sync, options)));
    const rest = changes.length - picked.length;
    // A plan brings the first changes of each sync; how many more there are its counts say.
    if (rest > 0) records.push(`  ${options.colors.dim(`… and more. All of them:  ${options.all}`)}`);
    return syncText(plan, one, options, records);
  });
  return [headText(plan, options), ...parts].join("\n\n");
}

/** The plan without its records: for the question whether to carry it out. */
export function planSummary(plan: Plan, options: PlanTextOptions): string {
  return [headText(plan, options), ...plan.syncs.map((one) => syncText(plan, one, options, []))].join("\n\n");
}

export function changesText(changes: readonly PlannedChange[], options: PlanTextOptions): string {
  return changes.map((change) => changeText(change, recordNames(change.sync, options))).join("\n");
}

function recordNames(sync: string, { colors, width, project }: PlanTextOptions) {
  const spec = project.syncs.find((one) => one.name === sync);
  return { colors, width, target: spec?.to.stream ?? "record", source: spec?.from.stream ?? "record" };
}

function headText(plan: Plan, { colors, nowMs, width }: PlanTextOptions): string {
  const [only, ...others] = plan.syncs;
  const one = only !== undefined && others.length === 0;
  const read = plan.report.syncs.reduce((sum, sync) => sum + sync.read, 0);
  const [name, ...words] = [
    `${colors.bold(`Plan ${plan.id}`)}${one ? ` for ${only.sync}` : ""}`,
    ...(plan.ofRun === null ? [] : [`takes back run ${plan.ofRun}`]),
    ...(one ? [`spec ${only.specHash.slice(0, 6)}`] : [some(plan.syncs.length, "sync")]),
    ...(plan.kind === "rollback" ? [] : [`read ${count(read)}`]),
    expiryText(plan, nowMs),
  ];
  const state = statusText(plan, nowMs);
  const about = words.join("   ");
  const isOneLine = columns(`Plan ${plan.id} for ${one ? only.sync : ""}   ${about}`) <= width;
  const lines = isOneLine ? [`${name}   ${about}`] : [name, `  ${about}`];
  if (state === "waits for approval") lines.push(colors.yellow("A guard asks: nothing of it is written until somebody approves it."));
  if (plan.approvedBy !== null) lines.push(colors.dim(`${state} by ${shown(plan.approvedBy)} at ${moment(plan.approvedAt)} UTC`));
  return lines.join("\n");
}

function syncText(plan: Plan, one: PlannedSync, options: PlanTextOptions, records: readonly string[]): string {
  const { colors } = options;
  const title = plan.syncs.length === 1 ? [] : [`${colors.bold(one.sync)}   ${colors.dim(`spec ${one.specHash.slice(0, 6)}`)}`];
  const counts = [...title, ...countLines(countsText(plan, one), undoText(one), options.width)];
  const said = remarks(one, options);
  const blocks = records.length === 0 ? [[...counts, ...said]] : [counts, records, said, samplesText(one, options)];
  return blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join("\n"))
    .join("\n\n");
}

function countLines(counts: string, undo: string, width: number): readonly string[] {
  const whole = `  ${counts}        ${undo}`;
  return columns(whole) <= width ? [whole] : [...wrapped(counts, width - 2), ...wrapped(undo, width - 2)].map((text) => `  ${text.trim()}`);
}

export function countsText({ kind, report: { syncs } }: Plan, { sync, totals }: PlannedSync): string {
  const report = syncs.find((one) => one.sync === sync);
  const always = [
    ["create", totals.creates],
    ["update", totals.updates],
  ] as const;
  const others = [
    ["delete", totals.deletes],
    ["filtered", report?.filtered ?? 0],
    ["failed", report?.failed ?? 0],
  ] as const;
  const line = [
    ["waiting", report?.waiting ?? 0],
    ["held", report?.held ?? 0],
  ] as const;
  // A rollback does nothing about what stands in line.
  const rest = [["unchanged", report?.unchanged ?? 0] as const, ...(kind === "rollback" ? [] : line)];
  return [...always, ...others.filter(([, value]) => value > 0), ...rest].map(([name, value]) => `${name} ${count(value)}`).join("   ");
}

export function undoText({ undo }: PlannedSync): string {
  if (undo.of === 0) return "nothing to write";
  const why = undo.says.length === 0 ? "" : ` (${undo.says.join("; ")})`;
  return `can be undone: ${count(undo.wholly)} of ${count(undo.of)}${why}`;
}

/** What a person should think of before the plan is carried out, the weightiest first. */
function remarks(one: PlannedSync, { colors, width }: PlanTextOptions): readonly string[] {
  const remark = (word: string, says: string): readonly string[] =>
    wrapped(`${word}: ${plainLine(says)}`, width - 4).map((text, index) =>
      index === 0 ? `  ${colors.yellow(text.slice(0, word.length + 1))}${text.slice(word.length + 1)}` : `    ${text}`,
    );
  return [
    ...one.asks.flatMap((trip) => remark("Asks", trip.says)),
    ...one.suspicions.flatMap((suspicion) => remark("Suspicious", suspicion.says)),
    ...(one.sideEffects === undefined ? [] : remark("Side effects", one.sideEffects)),
    ...(one.guards.length === 0 ? [] : [`  ${colors.dim(`Guards: ${one.guards.map((guard) => guard.says).join("   ")}`)}`]),
  ];
}

function samplesText(one: PlannedSync, { colors, width, project }: PlanTextOptions): readonly string[] {
  if (one.samples.length === 0) return [];
  const spec = project.syncs.find((each) => each.name === one.sync);
  const lines = [`  ${colors.dim("New records, as they would be:")}`];
  for (const sample of one.samples) {
    const order = spec?.fields.map((field) => field.target) ?? [];
    const place = (field: string): number => (order.includes(field) ? order.indexOf(field) : order.length);
    const fields = Object.entries(sample.values).sort(([a], [b]) => place(a) - place(b));
    const names = columnsOf(
      fields.map(([field]) => field),
      28,
    );
    lines.push(`  ${colors.green("+")} from ${spec?.from.stream ?? "record"} ${shown(sample.sourceId)}`);
    for (const [field, value] of fields) lines.push(`      ${padded(field, names)}  ${shown(value, Math.max(30, width - names - 10))}`);
  }
  return lines;
}
