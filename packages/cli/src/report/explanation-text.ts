import type { Explanation } from "@fieldwright/core";
import type { Colors } from "../progress/line.js";
import { table } from "./table.js";
import { moment, shown } from "./words.js";

/** One record's way: what the source said, what each field became by which line, and what was written when. */
export function explanationText(explanation: Explanation, colors: Colors): string {
  const paint = explanation.state === "linked" ? colors.green : colors.yellow;
  const target = explanation.targetId === null ? "" : ` to record ${explanation.targetId}`;
  const parts = [
    `${colors.bold(`${explanation.sync} ${explanation.sourceId}`)}  from ${explanation.stream}  ${paint(`${explanation.state}${target}`)}${explanation.reason === null ? "" : `\n${explanation.reason}`}`,
  ];
  if (explanation.fields.length > 0) parts.push(fieldsTable(explanation));
  if (explanation.history.length > 0) parts.push(`${colors.bold("What was written")}\n${historyTable(explanation)}`);
  return parts.join("\n\n");
}

function fieldsTable(explanation: Explanation): string {
  const rows = explanation.fields.map((field) => [
    field.target,
    shown(field.wanted, 34),
    field.from,
    JSON.stringify(field.source) === JSON.stringify(field.wanted) ? "as it is" : shown(field.source, 34),
    field.line === undefined ? "" : String(field.line),
  ]);
  return table(["field", "value", "from", "the source says", "line"], rows, ["left", "left", "left", "left", "right"]);
}

function historyTable(explanation: Explanation): string {
  const rows = explanation.history.map((entry) => [moment(entry.at), entry.run, entry.operation, changedFields(entry.before, entry.after)]);
  return table(["at (UTC)", "run", "operation", "fields"], rows);
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
