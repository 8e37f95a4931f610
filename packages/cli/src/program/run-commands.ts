import type { Command } from "@commander-js/extra-typings";
import type { RunChoice } from "../commands/run-choice.js";
import { given, globals, wholeNumber } from "./globals.js";

export interface RunCommandsOptions {
  /** The project's groups, each of which is a `--skip-<group>` of sync and plan; `undefined` when they could not be read. */
  readonly groups?: readonly string[];
  /** Called with the exit code of the command that ran. */
  readonly done: (code: number) => void;
}

export const byOption = ["--by <name>", "who asks for it, for the trail (default: your user name on this machine)"] as const;

/** The commands that read, plan and write. */
export function addRunCommands(root: Command, { groups, done }: RunCommandsOptions): void {
  root
    .command("validate")
    .description("check every spec against what the connections really have")
    .action(async (_options, command) => done(await (await import("../commands/validate.js")).validate(globals(command))));

  const plan = root.command("plan [names...]").description("show what a run would do, without writing to a target; the plan is kept");
  withPlanOptions(withRunOptions(plan, groups)).action(async (names, options, command) =>
    done(await (await import("../commands/plan.js")).plan({ ...globals(command), ...choice(names, options), ...output(options) })),
  );

  const sync = root.command("sync [names...]").description("run all syncs, or those named");
  withRunOptions(sync, groups)
    .option("--yes", "answer yes to every question: no guard asks")
    .option(...byOption)
    .action(async (names, options, command) => {
      const { yes, by } = options as { yes?: true; by?: string };
      done(await (await import("../commands/sync.js")).sync({ ...globals(command), ...choice(names, options), ...given({ yes, by }) }));
    });

  root
    .command("apply <plan>")
    .description("carry out a kept plan: exactly its changes, after a question")
    .option("--only <names...>", "only changes of these: ids of records, operations, fields or reasons")
    .option("--except <names...>", "all but those")
    .option("--yes", "carry it out without asking")
    .option(...byOption)
    .action(async (id, options, command) =>
      done(await (await import("../commands/apply.js")).apply({ ...globals(command), ...given(options), id })),
    );

  root
    .command("rollback <run>")
    .description("take back what a run wrote, where the target still holds it")
    .option("--record <ids...>", "only these source records")
    .option("--plan", "only show it; `apply` carries it out")
    .option("--yes", "take it back without asking")
    .option(...byOption)
    .action(async (run, { record, plan: planOnly, yes, by }, command) =>
      done(
        await (await import("../commands/rollback.js")).rollback({
          ...globals(command),
          ...given({ records: record, yes, by }),
          run,
          planOnly: planOnly === true,
        }),
      ),
    );

  const plans = root
    .command("plans [id]")
    .description("the plans that are kept; with an id one of them")
    .option("--limit <n>", "how many", wholeNumber, 20);
  withPlanOptions(plans).action(async (id, options, command) =>
    done(
      await (await import("../commands/plans.js")).plans({
        ...globals(command),
        ...output(options),
        ...given({ id }),
        limit: options.limit as number,
      }),
    ),
  );
}

function withRunOptions<Arguments extends unknown[]>(command: Command<Arguments>, groups: readonly string[] | undefined) {
  const chosen = command
    .option("--full", "read everything, not only what changed")
    .option("--incremental", "read what changed since the last run (the default; a stream never read is read in full)")
    .option("--start-date <day>", "only the days from this one on, YYYY-MM-DD; does not move the cursor")
    .option("--end-date <day>", "up to and with this day (default: today)")
    .option("--skip <names...>", "streams, syncs or groups to leave out");
  for (const group of groups ?? []) chosen.option(`--skip-${group}`, `leave out the group "${group}"`);
  // With a project that cannot be read its groups are unknown: the project's own errors say more than "unknown option".
  return groups === undefined ? chosen.allowUnknownOption() : chosen;
}

function withPlanOptions<Arguments extends unknown[], Options extends Record<string, unknown>>(command: Command<Arguments, Options>) {
  return command
    .option("--all", "every change on the screen, not only the first ones")
    .option("--csv <file>", "all changes as a table")
    .option("--html <file>", "all changes as one page that needs nothing else");
}

function output(options: Readonly<Record<string, unknown>>) {
  const { all, csv, html } = options as { all?: true; csv?: string; html?: string };
  return given({ all, csv, html });
}

function choice(names: readonly string[], options: Readonly<Record<string, unknown>>): RunChoice {
  const { full, incremental, startDate, endDate, skip } = options as Omit<RunChoice, "names">;
  const groups = Object.keys(options).filter((key) => /^skip[A-Z0-9]/.test(key) && options[key] === true);
  return {
    names,
    skip: [...(skip ?? []), ...groups.map((key) => dashed(key.slice("skip".length)))],
    ...given({ full, incremental, startDate, endDate }),
  };
}

/** Commander gives `--skip-status-logs` as skipStatusLogs. */
function dashed(camel: string): string {
  return camel.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`).replace(/^-/, "");
}
