import type { HeldRecord, PlanEntry } from "@fieldwright/core";
import { statusText } from "../plan/expiry.js";
import type { Colors } from "../progress/line.js";
import { columns, columnsOf, padded, wrapped } from "./columns.js";
import { count, moment, plainLine, some } from "./words.js";

export interface HeldTextOptions {
  readonly colors: Colors;
  /** Columns of the screen. */
  readonly width: number;
  readonly nowMs: number;
  /** The command line up to the command's own name. */
  readonly command: string;
  /** More wait than are listed. */
  readonly more: boolean;
}

/** Everything that waits for a person: plans that a guard holds, then records by sync, each with its reason and what can be done. */
export function heldText(records: readonly HeldRecord[], plans: readonly PlanEntry[], options: HeldTextOptions): string {
  const { colors, command } = options;
  if (records.length === 0 && plans.length === 0) return "Nothing waits for a person.";
  const parts = plans.length === 0 ? [] : [plansText(plans, options)];
  for (const [sync, own] of bySync(records)) parts.push(syncText(sync, own, options));
  if (options.more)
    parts.push(colors.dim(`Only the first ${count(records.length)} are listed. More:  ${command} held --limit ${records.length * 10}`));
  if (records.length > 0) parts.push(actionsText(records, command));
  return parts.join("\n\n");
}

function plansText(plans: readonly PlanEntry[], { colors, nowMs, command }: HeldTextOptions): string {
  const lines = plans.map(
    (plan) => `  ${plan.id}  ${statusText(plan, nowMs)}, good until ${moment(plan.expiresAt)} UTC  ${colors.dim(plan.syncs.join(", "))}`,
  );
  const [first] = plans;
  return [
    colors.bold("Plans that wait for approval"),
    ...lines,
    `  Look at one:  ${command} plans ${first?.id ?? "ID"}     Carry it out:  ${command} apply ${first?.id ?? "ID"}`,
  ].join("\n");
}

function syncText(sync: string, records: readonly HeldRecord[], { colors, width }: HeldTextOptions): string {
  const ids = columnsOf(
    records.map((one) => one.sourceId),
    24,
  );
  const indent = `  ${padded("", ids)}  `;
  const lines = records.flatMap((one) => {
    const state = one.state === "held" ? "" : `${one.state}: `;
    const field = one.field === null || one.reason.includes(`\`${one.field}\``) ? "" : ` (field ${one.field})`;
    const [first = "", ...rest] = wrapped(`${state}${plainLine(one.reason)}${field}`, Math.max(40, width - indent.length));
    const below = [one.code, `since ${moment(one.since)}`, ...(one.run === null ? [] : [`run ${one.run}`])].join("   ");
    const whole = `${indent}${below}   ${actionsOf(one)}`;
    const last =
      columns(whole) <= width
        ? [`${indent}${colors.dim(below)}   ${actionsOf(one)}`]
        : [`${indent}${colors.dim(below)}`, `${indent}${actionsOf(one)}`];
    return [`  ${colors.bold(padded(plainLine(one.sourceId), ids))}  ${first}`, ...rest.map((text) => `${indent}${text}`), ...last];
  });
  return [`${colors.bold(sync)}   ${some(records.length, "record")}`, ...lines].join("\n");
}

function actionsOf({ state, actions }: HeldRecord): string {
  return state === "waiting" ? "comes back by itself" : actions.join(", ");
}

const meanings: readonly (readonly [HeldRecord["actions"][number], string, string])[] = [
  ["approve", "SYNC RECORD", "let it be created, or decided once more after it drifted"],
  ["link", "SYNC RECORD TARGET", "it is this record of the target"],
  ["ignore", "SYNC RECORD", "leave it out, until somebody retries it"],
  ["retry", "SYNC RECORD", "decide it again, once its cause is mended"],
];

function actionsText(records: readonly HeldRecord[], command: string): string {
  const possible = new Set(records.flatMap((one) => one.actions));
  const shown = meanings
    .filter(([action]) => possible.has(action))
    .map(([action, words, says]) => [`${command} ${action} ${words}`, says] as const);
  const width = columnsOf(
    shown.map(([words]) => words),
    100,
  );
  return [
    "What can be done:",
    ...shown.map(([words, says]) => `  ${padded(words, width)}   ${says}`),
    `  ${padded(`${command} explain SYNC RECORD`, width)}   see one in detail`,
  ].join("\n");
}

function bySync(records: readonly HeldRecord[]): ReadonlyMap<string, readonly HeldRecord[]> {
  const groups = new Map<string, HeldRecord[]>();
  for (const record of records) {
    const own = groups.get(record.sync);
    if (own === undefined) groups.set(record.sync, [record]);
    else own.push(record);
  }
  return groups;
}
