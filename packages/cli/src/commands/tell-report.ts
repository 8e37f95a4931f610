import { errorText, plainError } from "../error-text.js";
import { reportJson } from "../report/report-json.js";
import { nextSteps, reportText } from "../report/report-text.js";
import type { Terminal } from "../terminal.js";
import { commandText, type ProjectOptions } from "./project-options.js";
import type { Watched } from "./watched.js";

/** Tells what a run became, and what a person can do about what did not go through. `again` is the command that goes on. */
export function tellReport(
  { report, stopped, seconds }: Watched,
  of: {
    readonly options: ProjectOptions & { readonly terminal: Terminal };
    readonly again: string;
    readonly json?: Readonly<Record<string, unknown>>;
  },
): void {
  const { terminal } = of.options;
  const error = stopped === undefined ? {} : { error: plainError(stopped) };
  const text = (): string =>
    `\n${[reportText(report, { colors: terminal.colors, seconds }), "", ...nextSteps(report, commandText(of.options), of.again)].join("\n").trimEnd()}`;
  terminal.result({ ...of.json, ...reportJson(report), ...error }, text);
  if (stopped !== undefined) process.stderr.write(`\n${errorText(stopped, terminal.errorColors)}\n`);
}
