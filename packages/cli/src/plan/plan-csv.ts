import type { Plan, PlannedChange } from "@fieldwright/core";
import { keptText, ruleText } from "./change-text.js";

const head = ["n", "sync", "operation", "source_id", "target_id", "matched_by", "field", "before", "after", "rule", "line", "why", "code"];

/** The plan as a table: a row for each field of each record, and one for a record without any. Spreadsheets take the mark at its start for UTF-8. */
export async function* planCsv(_plan: Plan, pages: AsyncIterable<readonly PlannedChange[]>): AsyncGenerator<string> {
  yield `\ufeff${row(head)}`;
  for await (const page of pages) yield page.flatMap(rowsOf).map(row).join("");
}

function rowsOf(change: PlannedChange): readonly (readonly unknown[])[] {
  const { matched } = change;
  const record = [
    change.n,
    change.sync,
    change.operation,
    change.sourceId,
    change.targetId,
    matched === undefined ? "" : `${matched.key} ${matched.value}`,
  ];
  const changed = change.fields.map((one) => [
    ...record,
    one.field,
    one.before,
    one.after,
    ruleText(one.rule, one.custom),
    one.line,
    change.reason,
    change.code,
  ]);
  const kept = change.kept.map((one) => [...record, one.field, "", "", one.rule, one.line, keptText(one.rule, one.why), change.code]);
  const rows = [...changed, ...kept];
  return rows.length > 0 ? rows : [[...record, "", "", "", "", "", change.reason, change.code]];
}

function row(cells: readonly unknown[]): string {
  return `${cells.map((value) => `"${harmless(textOf(value)).replaceAll('"', '""')}"`).join(",")}\r\n`;
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return "";
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** Spreadsheets run text that starts like a formula; a quote before it makes it text. A number with its sign, or a phone number, is none. */
function harmless(text: string): string {
  if (/^[+-]\d+(\.\d+)?$/.test(text)) return text;
  return /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/.test(text) ? `'${text}` : text;
}
