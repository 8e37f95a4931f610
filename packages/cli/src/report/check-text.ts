import type { CheckReport, CheckResult, NamedRecord, SyncChecks } from "@fieldwright/core";
import type { Colors } from "../progress/line.js";
import { wrapped } from "./columns.js";
import { count, duration, plainLine, shown } from "./words.js";

const mostRecords = 10;

/** How the two sides of each sync agree: every check with its numbers, what it found by name, and what a person can do. */
export function checkText(report: CheckReport, options: { readonly colors: Colors; readonly width: number }): string {
  const { colors } = options;
  const verdict = report.verified ? colors.green("verified") : colors.red("not verified");
  return [
    `${colors.bold(`Check ${report.id}`)}  ${verdict}  in ${duration(report.seconds)}`,
    ...report.syncs.map((one) => syncText(one, options)),
  ].join("\n\n");
}

function syncText(one: SyncChecks, { colors, width }: { readonly colors: Colors; readonly width: number }): string {
  const head = `${colors.bold(one.sync)}   ${one.source} ${count(one.counts.source)}   ${one.target} linked ${count(one.counts.linked)}`;
  return [head, ...one.checks.flatMap((check) => resultLines(check, { colors, width }))].join("\n");
}

function resultLines(check: CheckResult, { colors, width }: { readonly colors: Colors; readonly width: number }): readonly string[] {
  const [sign, paint] =
    check.status === "passed"
      ? (["✓", colors.green] as const)
      : check.severity === "fail"
        ? (["✗", colors.red] as const)
        : (["!", colors.yellow] as const);
  const line = check.line === undefined ? "" : `  line ${check.line}`;
  const said = wrapped(`${check.status === "not checked" ? "not checked: " : ""}${plainLine(check.says)}`, width - 6);
  const records = check.records.slice(0, mostRecords).map(recordText);
  const rest = check.found - records.length;
  return [
    `  ${paint(sign)} ${plainLine(check.about)}${colors.dim(line)}`,
    ...said.map((text) => `      ${text}`),
    ...records.map((text) => `      ${colors.dim(text)}`),
    ...(records.length > 0 && rest > 0 ? [`      ${colors.dim(`and ${count(rest)} more`)}`] : []),
    ...(check.advice === undefined
      ? []
      : wrapped(plainLine(check.advice), width - 9).map((text, index) => `      ${index === 0 ? "-> " : "   "}${text}`)),
  ];
}

function recordText({ sourceId, targetId, name, says }: NamedRecord): string {
  const ids = [
    ...(sourceId === null ? [] : [`source ${shown(sourceId)}`]),
    ...(targetId === null ? [] : [`target ${shown(targetId)}`]),
  ].join(" -> ");
  return `${ids}${name === null ? "" : ` "${shown(name, 40)}"`}  ${plainLine(says)}`;
}
