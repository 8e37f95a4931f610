import type { RunReport, StreamReport, SyncReport } from "@fieldwright/core";
import type { Colors } from "../progress/line.js";
import { table, type Align } from "./table.js";
import { count, duration, some } from "./words.js";

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
  parts.push(...errors(report, options.colors));
  return parts.join("\n\n");
}

function heading(report: RunReport, colors: Colors): string {
  const paint = report.status === "done" ? colors.green : report.status === "partial" ? colors.yellow : colors.red;
  return `${colors.bold(`Run ${report.run}`)}  ${paint(statusInWords(report))}  in ${duration(report.seconds)}`;
}

function statusInWords(report: RunReport): string {
  if (report.status === "partial") return "partial: some parts did not go through";
  if (report.status === "stopped") return "stopped; the next run goes on from here";
  return report.status;
}

const right = (length: number): readonly Align[] => ["left", ...Array.from({ length }, (): Align => "right")];

function streamsTable(streams: readonly StreamReport[], options: ReportTextOptions): string {
  const rows = streams.map((one) => [one.stream, one.fetched, one.inserted, one.updated, one.unchanged, one.failed, one.held, time(options, `read ${one.stream}`), one.status] as const);
  return table(["read", "fetched", "new", "changed", "same", "failed", "held", "time", "status"], rows.map(cells), [...right(7), "left"]);
}

function syncsTable(syncs: readonly SyncReport[], options: ReportTextOptions): string {
  const rows = syncs.map((one) => [one.sync, one.read, one.created, one.updated, one.deleted, one.unchanged, one.filtered, one.waiting, one.held, one.failed, time(options, `sync ${one.sync}`), one.status] as const);
  return table(["written", "read", "created", "updated", "deleted", "same", "filtered", "waiting", "held", "failed", "time", "status"], rows.map(cells), [...right(10), "left"]);
}

function cells(row: readonly (string | number)[]): readonly string[] {
  return row.map((cell) => (typeof cell === "number" ? (cell === 0 ? "·" : count(cell)) : cell));
}

function time(options: ReportTextOptions, step: string): string {
  const seconds = options.seconds?.get(step);
  return seconds === undefined ? "" : duration(seconds);
}

function errors(report: RunReport, colors: Colors): readonly string[] {
  const found = [...report.streams.map((one) => ({ name: one.stream, error: one.error })), ...report.syncs.map((one) => ({ name: one.sync, error: one.error }))];
  return found.filter((one) => one.error !== null).map((one) => `${colors.red(one.name)}: ${one.error}`);
}

/** What a person can do about what did not go through; nothing when all is well. */
export function nextSteps(report: RunReport, command: string): readonly string[] {
  const sum = (pick: (one: SyncReport) => number): number => report.syncs.reduce((total, one) => total + pick(one), 0);
  const [held, failed, waiting] = [sum((one) => one.held), sum((one) => one.failed), sum((one) => one.waiting)];
  const steps: string[] = [];
  if (held + failed > 0) steps.push(`${some(held + failed, "record")} held or failed. See why:`, `  ${command} sql "select * from fieldwright.held limit 20"`, `  ${command} explain SYNC ID`);
  if (waiting > 0) steps.push(`${some(waiting, "record")} waiting for data of another sync; each run tries them again.`);
  if (report.streams.some((one) => one.status === "partial" || one.status === "failed")) steps.push(`Some pages could not be read. Run again to fetch them:  ${command} sync`);
  if (report.status === "stopped" || report.status === "interrupted") steps.push(`Go on where it stopped:  ${command} sync`);
  return steps;
}
