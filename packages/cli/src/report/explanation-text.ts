import type { ExplainedField, Explanation } from "@fieldwright/core";
import type { Colors } from "../progress/line.js";
import { table } from "./table.js";
import { moment, plainLine, shown } from "./words.js";

/** One record's way: what the source said, what each field became by which step and rule, and what was written when, by whom. */
export function explanationText(explanation: Explanation, colors: Colors): string {
  const paint = explanation.state === "linked" ? colors.green : colors.yellow;
  const target = explanation.targetId === null ? "" : ` to record ${explanation.targetId}`;
  const matched = explanation.matched === null ? "" : `   matched by ${explanation.matched.key} ${shown(explanation.matched.value, 40)}`;
  const head = [
    `${colors.bold(`${explanation.sync} ${explanation.sourceId}`)}  from ${explanation.stream}  ${paint(`${explanation.state}${target}`)}${matched}`,
    ...standing(explanation),
  ];
  const parts = [head.join("\n")];
  if (explanation.keys.length > 0) parts.push(`${colors.bold("How it is found")}\n${keysTable(explanation)}`);
  if (explanation.fields.length > 0) parts.push(`${colors.bold("Fields")}\n${explanation.fields.map(fieldText).join("\n")}`);
  if (explanation.history.length > 0) parts.push(`${colors.bold("What was written")}\n${historyTable(explanation)}`);
  return parts.join("\n\n");
}

/** Why it is not further, and what can be done. */
function standing({ undecided, ruling, now, note }: Explanation): readonly string[] {
  const lines: string[] = [];
  if (undecided !== null)
    lines.push(
      `${plainLine(undecided.reason)}`,
      `since ${moment(undecided.since)} UTC, code ${undecided.code}; a person can: ${undecided.actions.join(", ")}`,
    );
  if (ruling !== null) lines.push(`${ruling.ruling}, says ${ruling.by} since ${moment(ruling.at)} UTC`);
  if (now !== null) lines.push(`A run now: ${now.decision}${now.reason === undefined ? "" : `, because ${plainLine(now.reason)}`}`);
  if (note !== null) lines.push(plainLine(note));
  return lines;
}

function keysTable(explanation: Explanation): string {
  const rows = explanation.keys.map((one) => [
    one.key,
    one.trouble ?? (one.value === null ? "(blank: passed over)" : shown(one.value, 40)),
    one.fits === null ? "" : one.fits ? "fits the target" : "does not fit the target",
  ]);
  return table(["key", "value", ""], rows);
}

/** `name   Person 1 -> trim Person 1 -> upper PERSON 1   same`, and what the target holds where that differs. */
function fieldText(field: ExplainedField): string {
  const steps = field.steps.map(
    (step) => ` -> ${step.name}${step.custom ? " (custom)" : ""} ${step.trouble === undefined ? shown(step.gives, 34) : "?"}`,
  );
  const line = field.line === undefined ? "" : `   line ${field.line}`;
  const way = `  ${field.target}   ${field.from}: ${shown(field.source, 34)}${steps.join("")}${line}`;
  return [way, ...fateOf(field).map((text) => `      ${text}`)].join("\n");
}

function fateOf(field: ExplainedField): readonly string[] {
  const rule = field.rule === null ? "" : `   ${field.rule}${field.ruleLine === undefined ? "" : ` (line ${field.ruleLine})`}`;
  const why = field.why === null ? "" : plainLine(field.why);
  switch (field.fate) {
    case "write":
      return [`the next run writes ${shown(field.wanted, 34)} over ${shown(field.holds, 34)}${rule}`];
    case "keep": {
      const since = field.humanSince === undefined ? "" : `, since ${moment(field.humanSince)}`;
      return [`keeps ${shown(field.holds, 34)}: ${why}${since}${rule}`];
    }
    case "same":
      return [`the target holds ${shown(field.holds, 34)}${rule}`];
    case "silent":
    case "undecided":
      return why === "" ? [] : [`${why}${rule}`];
  }
}

function historyTable(explanation: Explanation): string {
  const rows = explanation.history.map((entry) => [
    moment(entry.at),
    entry.kind === "run" ? entry.run : `${entry.run} (${entry.kind})`,
    entry.by ?? "",
    entry.state === "done" ? entry.operation : `${entry.operation} (${entry.state})`,
    changedFields(entry.before, entry.after),
  ]);
  return table(["at (UTC)", "run", "by", "operation", "fields"], rows);
}

function changedFields(before: unknown, after: unknown): string {
  const [old, now] = [before, after].map((value) =>
    typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : {},
  );
  const names = [...new Set([...Object.keys(old ?? {}), ...Object.keys(now ?? {})])];
  if (before === null || before === undefined) return `${names.length} set`;
  return (
    names
      .slice(0, 4)
      .map((name) => `${name}: ${shown(old?.[name], 20)} -> ${shown(now?.[name], 20)}`)
      .join(", ") + (names.length > 4 ? ` and ${names.length - 4} more` : "")
  );
}
