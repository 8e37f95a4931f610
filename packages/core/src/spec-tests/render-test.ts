import type { TestReport, TestResult } from "./test-report.js";

const longest = 60; // characters of a value

/** A test in a line, and where it failed what was expected and what came of it. */
export function renderTest(result: TestResult): string {
  const place = result.file === undefined ? "" : `   ${result.file}${result.line === undefined ? "" : `:${result.line}`}`;
  if (result.ok) return `✓ ${result.sync}: ${result.name}`;
  return [`✗ ${result.sync}: ${result.name}${place}`, ...failure(result).map((line) => `    ${line}`)].join("\n");
}

function failure(result: TestResult): readonly string[] {
  const { expected, outcome, reason, differences, writes } = result;
  const became = `it is ${outcome}${reason === null ? "" : `: ${reason}`}`;
  if (expected.is === "fields") {
    if (differences.length === 0) return [`expected ${inWords(expected.fields)}, but ${became}`];
    const width = Math.max(...differences.map((one) => one.field.length));
    return differences.flatMap((one) => [
      `${one.field.padEnd(width)}  expected ${shown(one.expected)}`,
      `${" ".repeat(width)}  but it is ${shown(one.actual)}   ${one.because ?? "not written by this sync"}`,
    ]);
  }
  return [
    `expected ${expected.outcome}, but ${became}`,
    ...(outcome === "updated" || outcome === "created" ? writes : []).map(
      (one) => `${one.field}: ${shown(one.before)} -> ${shown(one.after)}${one.line === undefined ? "" : `   line ${one.line}`}`,
    ),
  ];
}

function inWords(fields: Readonly<Record<string, unknown>>): string {
  return Object.entries(fields)
    .map(([name, value]) => `${name} ${shown(value)}`)
    .join(", ");
}

function shown(value: unknown): string {
  if (value === null || value === undefined || value === "") return "(blank)";
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}

/** The whole report: failures last, so that they are what is seen. */
export function renderTests(report: TestReport): string {
  const lines = [...report.tests.filter((one) => one.ok), ...report.tests.filter((one) => !one.ok)].map(renderTest);
  const count = report.passed + report.failed;
  const sum =
    count === 0
      ? "There are no tests: write `tests:` into a sync file."
      : report.failed === 0
        ? `${count} ${count === 1 ? "test" : "tests"}, all as expected.`
        : `${report.failed} of ${count} ${count === 1 ? "test" : "tests"} ${report.failed === 1 ? "is" : "are"} not as expected.`;
  return [...lines, ...(lines.length === 0 ? [] : [""]), sum].join("\n");
}
