import { FieldwrightError, nearest, type Project, type RunMode, type RunOptions } from "@fieldwright/core";

/** What `sync` and `plan` were asked to run, as typed on the command line. */
export interface RunChoice {
  readonly names: readonly string[];
  readonly full?: boolean;
  readonly incremental?: boolean;
  readonly startDate?: string;
  readonly endDate?: string;
  readonly skip?: readonly string[];
}

/** The engine's options for a choice; throws when a name or a date is wrong. `today` is YYYY-MM-DD. */
export function runOptions(choice: RunChoice, project: Project, today: string): Pick<RunOptions, "syncs" | "mode" | "skip"> {
  const syncs = project.syncs.map((spec) => spec.name);
  for (const name of choice.names) check(name, syncs, { what: "sync", known: syncs });
  const skippable = [...Object.keys(project.groups), ...syncs, ...streamNames(project)];
  const skip = (choice.skip ?? []).flatMap((names) => names.split(",")).filter((name) => name !== "");
  for (const name of skip) check(name, skippable, { what: "stream, sync or group", known: [...Object.keys(project.groups), ...syncs] });
  const mode = runMode(choice, today);
  return {
    ...(choice.names.length === 0 ? {} : { syncs: choice.names }),
    ...(mode === undefined ? {} : { mode }),
    ...(skip.length === 0 ? {} : { skip }),
  };
}

/** The choice as it would be typed again. */
export function choiceText(choice: RunChoice): string {
  const dates = [
    choice.startDate === undefined ? "" : `--start-date ${choice.startDate}`,
    choice.endDate === undefined ? "" : `--end-date ${choice.endDate}`,
  ];
  const skips = (choice.skip ?? []).map((name) => `--skip ${name}`);
  return [...choice.names, choice.full === true ? "--full" : "", choice.incremental === true ? "--incremental" : "", ...dates, ...skips]
    .filter((word) => word !== "")
    .join(" ");
}

function check(name: string, allowed: readonly string[], words: { readonly what: string; readonly known: readonly string[] }): void {
  if (allowed.includes(name)) return;
  const near = nearest(name, allowed);
  throw new FieldwrightError("usage/unknown-name", `This project has no ${words.what} named "${name}".`, {
    hint: near === undefined ? `It has: ${words.known.join(", ")}.` : `Did you mean "${near}"?`,
  });
}

/** Each source stream as "repcard.users" and as "users". */
function streamNames(project: Project): readonly string[] {
  const streams = project.syncs.flatMap((spec) => [spec.from, ...Object.values(spec.from.with)]);
  return [...new Set(streams.flatMap((one) => [`${one.connection}.${one.stream}`, one.stream]))];
}

function runMode(choice: RunChoice, today: string): RunMode | undefined {
  const chosen = [
    choice.full === true && "--full",
    choice.incremental === true && "--incremental",
    (choice.startDate ?? choice.endDate) !== undefined && "--start-date/--end-date",
  ].filter((name) => name !== false);
  if (chosen.length > 1)
    throw new FieldwrightError("usage/options", `${chosen.join(" and ")} cannot be used together.`, { hint: "Choose one." });
  if (choice.full === true) return { kind: "full" };
  if (choice.incremental === true) return { kind: "incremental" };
  if (choice.startDate === undefined && choice.endDate === undefined) return undefined;
  if (choice.startDate === undefined)
    throw new FieldwrightError("usage/options", "--end-date needs a --start-date.", {
      hint: `For example: --start-date ${choice.endDate} --end-date ${choice.endDate}`,
    });
  const [from, to] = [day("--start-date", choice.startDate), day("--end-date", choice.endDate ?? today)];
  if (from > to) throw new FieldwrightError("usage/options", `--start-date ${from} lies after --end-date ${to}.`, { hint: "Swap them." });
  return { kind: "window", from, to };
}

function day(option: string, text: string): string {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  // A day such as 2025-02-30 is moved on by some parsers: it must come back as it was.
  if (!Number.isNaN(time) && new Date(time).toISOString().startsWith(text)) return text;
  throw new FieldwrightError("usage/options", `${option} ${text} is not a day.`, {
    hint: "Write it as YYYY-MM-DD, for example 2025-01-31.",
  });
}
