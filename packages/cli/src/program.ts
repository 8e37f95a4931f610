import { Command, InvalidArgumentError } from "@commander-js/extra-typings";
import type { ProjectOptions } from "./commands/project-options.js";
import type { RunChoice } from "./commands/run-choice.js";
import { openTerminal, type Terminal } from "./terminal.js";

export interface ProgramOptions {
  /** The project's groups, each of which is a `--skip-<group>` of sync and plan; `undefined` when they could not be read. */
  readonly groups?: readonly string[];
  readonly version: string;
  /** Called with the exit code of the command that ran. */
  readonly done: (code: number) => void;
}

/** The whole command line. What a command needs is imported when it runs, so that help comes at once. */
export function program(options: ProgramOptions): Command {
  const root = new Command("fieldwright")
    .description("Keeps records the same in two systems, as the YAML files of a project say.")
    .version(options.version)
    .option("--project <dir>", "folder with fieldwright.yaml (default: this folder or the nearest one above)")
    .option(
      "--simulate [factor]",
      "use the connectors' bundled simulators: generated data, no account; FACTOR times the usual amount",
      positive,
    )
    .option("--json", "the result as one JSON object on the last line of standard output; progress goes to standard error")
    .showSuggestionAfterError()
    .showHelpAfterError("Run `fieldwright --help` to see every command, `fieldwright help COMMAND` for one.")
    .addHelpText(
      "after",
      "\nExit codes: 0 done, 1 some records failed or were held, 2 spec or usage wrong, 3 stopped.\nStart with: fieldwright validate, fieldwright plan, fieldwright sync",
    ) as Command;

  addRunCommands(root, options);
  addLookCommands(root, options.done);
  addStoreCommands(root, options.done);
  root.exitOverride();
  for (const command of root.commands) command.exitOverride().copyInheritedSettings(root);
  return root;
}

function addRunCommands(root: Command, { groups, done }: ProgramOptions): void {
  root
    .command("validate")
    .description("check every spec against what the connections really have")
    .action(async (_options, command) => done(await (await import("./commands/validate.js")).validate(globals(command))));

  const plan = root.command("plan [names...]").description("show what a run would do, without writing to a target");
  withRunOptions(plan, groups).action(async (names, given, command) =>
    done(await (await import("./commands/plan.js")).plan({ ...globals(command), ...choice(names, given) })),
  );

  const sync = root.command("sync [names...]").description("run all syncs, or those named");
  withRunOptions(sync, groups)
    .option("--yes", "answer yes to every question: no guard asks")
    .action(async (names, given, command) =>
      done(
        await (await import("./commands/sync.js")).sync({
          ...globals(command),
          ...choice(names, given),
          ...(given.yes === undefined ? {} : { yes: given.yes }),
        }),
      ),
    );
}

function addLookCommands(root: Command, done: ProgramOptions["done"]): void {
  root
    .command("status")
    .description("where each sync stands")
    .action(async (_options, command) => done(await (await import("./commands/status.js")).status(globals(command))));
  root
    .command("history")
    .description("the last runs")
    .option("--limit <n>", "how many", wholeNumber, 20)
    .action(async (given, command) =>
      done(await (await import("./commands/history.js")).history({ ...globals(command), limit: given.limit })),
    );
  root
    .command("explain <sync> <id>")
    .description("what one source record became, and why")
    .action(async (sync, id, _options, command) =>
      done(await (await import("./commands/explain.js")).explain({ ...globals(command), sync, id })),
    );
  root
    .command("diagnose")
    .description("what works and what does not: store, credentials, streams, limits, clock")
    .action(async (_options, command) => done(await (await import("./commands/diagnose.js")).diagnose(globals(command))));
  root
    .command("streams")
    .description("the kinds of records the connections have")
    .action(async (_options, command) => done(await (await import("./commands/streams.js")).streams(globals(command))));
}

function addStoreCommands(root: Command, done: ProgramOptions["done"]): void {
  root
    .command("migrate")
    .description("show the tables and columns that targets lack, and create them")
    .option("--yes", "create them without asking")
    .action(async (given, command) => done(await (await import("./commands/migrate.js")).migrate({ ...globals(command), ...given })));
  root
    .command("sql [query]")
    .description("run a query on the store")
    .option("--file <file>", "read the query from a file")
    .option("--write", "allow it to change the store")
    .action(async (query, given, command) =>
      done(await (await import("./commands/sql.js")).sql({ ...globals(command), ...given, ...(query === undefined ? {} : { query }) })),
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

interface Globals extends ProjectOptions {
  readonly terminal: Terminal;
}

function globals(command: { optsWithGlobals(): unknown }): Globals {
  const { project, simulate, json } = command.optsWithGlobals() as { project?: string; simulate?: number | true; json?: boolean };
  return {
    terminal: openTerminal(json === true),
    ...(project === undefined ? {} : { project }),
    ...(simulate === undefined ? {} : { simulate: simulate === true ? 1 : simulate }),
  };
}

function choice(names: readonly string[], given: Readonly<Record<string, unknown>>): RunChoice {
  const { full, incremental, startDate, endDate, skip } = given as Omit<RunChoice, "names">;
  const groups = Object.keys(given).filter((key) => /^skip[A-Z0-9]/.test(key) && given[key] === true);
  return {
    names,
    skip: [...(skip ?? []), ...groups.map((key) => dashed(key.slice("skip".length)))],
    ...(full === undefined ? {} : { full }),
    ...(incremental === undefined ? {} : { incremental }),
    ...(startDate === undefined ? {} : { startDate }),
    ...(endDate === undefined ? {} : { endDate }),
  };
}

/** Commander gives `--skip-status-logs` as skipStatusLogs. */
function dashed(camel: string): string {
  return camel.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`).replace(/^-/, "");
}

function positive(text: string): number {
  const value = Number(text);
  if (!(value > 0)) throw new InvalidArgumentError("It is a number over 0.");
  return value;
}

function wholeNumber(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError("It is a whole number from 1 on.");
  return value;
}
