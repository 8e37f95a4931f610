import type { PlannedChange } from "@fieldwright/core";
import type { Colors, Piece } from "../progress/line.js";
import { columns, columnsOf, cut, padded, wrapped } from "../report/columns.js";
import { plainLine, shown } from "../report/words.js";
import { operations } from "./operation.js";

export interface ChangeTextOptions {
  readonly colors: Colors;
  /** Columns of the screen. */
  readonly width: number;
  /** What the target calls its records: "opportunities". */
  readonly target: string;
  /** What the source calls its own. */
  readonly source: string;
}

/** A line of details below a record: what is said of a field, the rule behind it, and its line in the spec. */
interface Detail {
  readonly field: string;
  readonly says: string;
  readonly rule: string;
  readonly line: string;
}

const indent = "      ";
/** Fields by which people call a record, the best first. */
const names = ["name", "full_name", "title", "display_name", "subject", "company", "last_name", "email"];

/** One record of a plan: what happens to it and why, and below it each field. */
export function changeText(change: PlannedChange, options: ChangeTextOptions): string {
  const { colors, width } = options;
  const { sign, paint } = operations[change.operation];
  const parts: readonly Piece[] = [
    { text: recordText(change, options), paint: "bold" },
    { text: fromText(change, options), paint: "dim" },
    { text: saidOf(change) },
    { text: change.code ?? "", paint: "dim" },
  ];
  const told = parts.filter((part) => part.text !== "");
  const isOneLine = columns(`  ${sign} ${told.map((part) => part.text).join("  ")}`) <= width;
  // What does not fit stands below, the reason whole.
  const head = told
    .filter((part) => isOneLine || part.paint !== undefined)
    .map((part) => (part.paint ? colors[part.paint](part.text) : part.text));
  const below = isOneLine ? [] : wrapped(saidOf(change), width - indent.length).map((text) => `${indent}${text}`);
  return [`  ${colors[paint](sign)} ${head.join("  ")}`, ...below, ...detailLines(detailsOf(change), options)].join("\n");
}

/** What the record is called: by its target id once it has one. */
function recordText(change: PlannedChange, { target, source }: ChangeTextOptions): string {
  const label = labelOf(change);
  if (change.targetId === null)
    return change.operation === "create" ? `new ${target}${label}` : `${source} ${plainLine(change.sourceId)}${label}`;
  return `${target} ${plainLine(change.targetId)}${label}`;
}

/** What people call the record, where the change says it. */
export function labelOf(change: PlannedChange): string {
  for (const name of names) {
    const field = change.fields.find((one) => one.field.toLowerCase() === name);
    const value = change.operation === "create" ? field?.after : field?.before;
    if (typeof value === "string" && value.trim() !== "") return ` "${shown(value, 30)}"`;
  }
  return "";
}

/** The source's record, where the target's is what is shown. */
function fromText(change: PlannedChange, { source }: ChangeTextOptions): string {
  const isSource = change.targetId === null && change.operation !== "create";
  return isSource || change.sourceId === change.targetId ? "" : `from ${source} ${plainLine(change.sourceId)}`;
}

function saidOf(change: PlannedChange): string {
  const { matched } = change;
  if (matched !== undefined)
    return `matched by ${matched.key} ${shown(matched.value, 30)}${matched.line === undefined ? "" : `  line ${matched.line}`}`;
  if (change.operation === "hold") return `held: ${plainLine(change.reason)}`;
  return change.operation === "keep" ? "" : plainLine(change.reason);
}

function detailsOf(change: PlannedChange): readonly Detail[] {
  const lineText = (line: number | undefined): string => (line === undefined ? "" : `line ${line}`);
  const kept = change.kept.map(({ field, rule, why, line }): Detail => ({ field, says: keptText(rule, why), rule, line: lineText(line) }));
  // A record that goes has its values in the files; a new one is shown among the samples.
  if (change.operation === "delete" || change.operation === "create") return kept;
  const changed = change.fields.map(
    ({ field, before, after, rule, line, custom }): Detail => ({
      field,
      says: `${shown(before, 34)} -> ${shown(after, 34)}`,
      rule: ruleText(rule, custom),
      line: lineText(line),
    }),
  );
  return [...changed, ...kept];
}

export function keptText(rule: string, why: string): string {
  return `${rule.startsWith("stages") ? "held back" : "kept"}: ${plainLine(why)}`;
}

/** The rule behind a value, and the steps of the app's own that it went through. */
export function ruleText(rule: string | undefined, custom: readonly string[] | undefined): string {
  return [...(rule === undefined ? [] : [rule]), ...(custom === undefined ? [] : [`custom ${custom.join(", ")}`])].join(", ");
}

/** Narrower than this a value cannot be read: rule and line go below it then. */
const leastRoom = 32;

function detailLines(details: readonly Detail[], { colors, width }: ChangeTextOptions): readonly string[] {
  const widest = (pick: (one: Detail) => string, most: number): number => columnsOf(details.map(pick), most);
  const [field, rule] = [widest((one) => one.field, 28), widest((one) => one.rule, 28)];
  const beside = width - indent.length - field - rule - "line 999".length - 6;
  const isStacked = beside < leastRoom;
  const says = widest((one) => one.says, isStacked ? Math.max(leastRoom, width - indent.length - field - 2) : beside);
  return details.flatMap((one) => {
    const [first = "", ...rest] = wrapped(one.says, says);
    const behind = isStacked
      ? [one.rule, one.line].join("  ").trim()
      : `${padded(one.rule, rule)}${rule === 0 ? "" : "  "}${one.line}`.trimEnd();
    const head = `${indent}${padded(cut(one.field, field), field)}  ${padded(first, says)}${isStacked || behind === "" ? "" : `  ${colors.dim(behind)}`}`;
    const below = isStacked && behind !== "" ? [...rest, colors.dim(behind)] : rest;
    return [head.trimEnd(), ...below.map((text) => `${indent}${padded("", field)}  ${text}`)];
  });
}
