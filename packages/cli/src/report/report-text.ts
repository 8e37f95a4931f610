import type { RunReport, StreamReport, SyncReport } from "@fieldwright/core";
import type { Colors } from "../progress/line.js";
import { type Align, table } from "./table.js";
import { count, duration, plainLine, some } from "./words.js";

export interface ReportTextOptions {
  readonly colors: Colors;
  /** Seconds by "read repcard.users", where they were measured. */
  readonly seconds?: ReadonlyMap<string, number>;
}

/** The run as two aligned tables: what was read, and what was written. */
export function reportText(report: RunReport, options: ReportTextOptions): string {
  const parts = [heading(report, options.colors)];
  if (report.streams.length > 0) parts.push(streamsTable(report.streams, options));
  if (report.syncs.length > 0) parts.push(syncsTable(report.syncs, options));
  parts.push(...errors(report, options.colors), ...issues(report, options.colors));
  return parts.join("\n\n");
}

function heading(report: RunReport, colors: Colors): string {
  const paint =
    report.status === "done" && report.verified !== false
      ? colors.green
      : report.status === "done"
        ? colors.yellow
        : report.status === "partial"
          ? colors.yellow
          : colors.red;
  return `${colors.bold(`Run ${report.run}`)}  ${paint(statusInWords(report))}  in ${duration(report.seconds)}`;
}

function statusInWords(report: RunReport): string {
  if (report.status === "partial" && report.syncs.some((one) => one.status === "asks"))
    return "asks: a guard wants a person's approval first";
  if (report.status === "partial")
    return report.syncs.some((one) => one.held > 0) && !hasFailures(report)
      ? "partial: some records wait for a person"
      : "partial: some parts did not go through";
  if (report.status === "stopped") return "stopped; the next run goes on from here";
  if (report.status === "done" && report.verified === false) return "done, but not verified";
  return report.status;
}

function hasFailures(report: RunReport): boolean {
  return [...report.streams, ...report.syncs].some((one) => one.failed > 0 || one.error !== null || one.status === "failed");
}

/** A column of a table; without `always` it is left out where it has nothing to tell. */
interface Column<Part> {
  readonly head: string;
  readonly cell: (part: Part) => string | number;
  readonly always?: boolean;
}

function streamsTable(streams: readonly StreamReport[], options: ReportTextOptions): string {
  return columnsTable<StreamReport>(streams, [
    { head: "read", cell: (one) => one.stream, always: true },
    { head: "fetched", cell: (one) => one.fetched, always: true },
    { head: "new", cell: (one) => one.inserted, always: true },
    { head: "changed", cell: (one) => one.updated, always: true },
    { head: "same", cell: (one) => one.unchanged, always: true },
    { head: "gone", cell: (one) => one.deleted },
    { head: "failed", cell: (one) => one.failed },
    { head: "held", cell: (one) => one.held },
    { head: "time", cell: (one) => time(options, `read ${one.stream}`) },
    { head: "status", cell: (one) => (one.status === "done" ? "" : one.status) },
  ]);
}

function syncsTable(syncs: readonly SyncReport[], options: ReportTextOptions): string {
  return columnsTable<SyncReport>(syncs, [
    { head: "written", cell: (one) => one.sync, always: true },
    { head: "read", cell: (one) => one.read, always: true },
    { head: "created", cell: (one) => one.created, always: true },
    { head: "updated", cell: (one) => one.updated, always: true },
    { head: "same", cell: (one) => one.unchanged, always: true },
    { head: "deleted", cell: (one) => one.deleted },
    { head: "filtered", cell: (one) => one.filtered },
    { head: "waiting", cell: (one) => one.waiting },
    { head: "held", cell: (one) => one.held },
    { head: "failed", cell: (one) => one.failed },
    { head: "time", cell: (one) => time(options, `sync ${one.sync}`) },
    { head: "status", cell: (one) => (one.status === "done" ? "" : one.status) },
  ]);
}

function columnsTable<Part>(parts: readonly Part[], columns: readonly Column<Part>[]): string {
  const told = columns.filter(
    (column) => column.always === true || parts.some((part) => column.cell(part) !== 0 && column.cell(part) !== ""),
  );
  const align = told.map((column, index): Align => (index === 0 || column.head === "status" ? "left" : "right"));
  return table(
    told.map((column) => column.head),
    parts.map((part) => told.map((column) => cellText(column.cell(part)))),
    align,
  );
}

function cellText(value: string | number): string {
  if (typeof value === "string") return value;
  return value === 0 ? "·" : count(value);
}

function time(options: ReportTextOptions, step: string): string {
  const seconds = options.seconds?.get(step);
  return seconds === undefined ? "" : duration(seconds);
}

function errors(report: RunReport, colors: Colors): readonly string[] {
  const found = [
    ...report.streams.map((one) => ({ name: one.stream, error: one.error })),
    // The command to approve it stands among the next steps, as it has to be typed here.
    ...report.syncs.map((one) => ({
      name: one.sync,
      error: one.status === "asks" ? (one.error?.replace(/ `fieldwright apply .*$/, "") ?? null) : one.error,
    })),
  ];
  return found.filter((one) => one.error !== null).map((one) => `${colors.red(one.name)}: ${one.error}`);
}

/** What the checks after the run found. */
function issues(report: RunReport, colors: Colors): readonly string[] {
  const lines = report.syncs.flatMap((one) =>
    (one.issues ?? []).map(
      (issue) =>
        `${(issue.severity === "fail" ? colors.red : colors.yellow)(`${one.sync}: ${plainLine(issue.check)}`)}  ${plainLine(issue.says)}`,
    ),
  );
  return lines.length === 0 ? [] : [[colors.bold("Checks"), ...lines].join("\n")];
}

/** What a person can do about what did not go through; nothing when all is well. `again` is the same run's command line. */
export function nextSteps(report: RunReport, command: string, again: string): readonly string[] {
  // What a guard holds counts as held, and has a step of its own.
  const carried = report.syncs.filter((one) => one.status !== "asks");
  const sum = (pick: (one: SyncReport) => number): number => carried.reduce((total, one) => total + pick(one), 0);
  const [held, failed, waiting] = [sum((one) => one.held), sum((one) => one.failed), sum((one) => one.waiting)];
  const steps: string[] = [];
  if (report.plan !== undefined && carried.length < report.syncs.length)
    steps.push(`Look at what waits for approval:  ${command} plans ${report.plan}`, `Carry it out:  ${command} apply ${report.plan}`);
  if (held > 0) steps.push(`${some(held, "record")} held for a person. See why:  ${command} held`);
  if (failed > 0) steps.push(`${some(failed, "record")} failed; each run tries them again. See why:  ${command} held --all`);
  if (held + failed > 0) steps.push(`One of them in detail:  ${command} explain SYNC ID`);
  if (waiting > 0) steps.push(`${some(waiting, "record")} waiting for data; each run tries them again.`);
  if (report.streams.some((one) => one.status === "partial" || one.status === "failed"))
    steps.push(`Some pages could not be read. Run again to fetch them:  ${again}`);
  if (report.status === "stopped" || report.status === "interrupted") steps.push(`Go on where it stopped:  ${again}`);
  return steps;
}
