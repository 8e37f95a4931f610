import { Command } from "@commander-js/extra-typings";
import { given, globals, positive, wholeNumber } from "./program/globals.js";
import { addHeldCommands } from "./program/held-commands.js";
import { addRunCommands, type RunCommandsOptions } from "./program/run-commands.js";
import { addSpecCommands } from "./program/spec-commands.js";

export interface ProgramOptions extends RunCommandsOptions {
  readonly version: string;
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
      "\nExit codes: 0 done, 1 some records failed or were held or a guard asks, 2 spec or usage wrong, 3 stopped.\nStart with: fieldwright validate, fieldwright plan, fieldwright sync",
    ) as Command;

  addRunCommands(root, options);
  addHeldCommands(root, options.done);
  addSpecCommands(root, options.done);
  addLookCommands(root, options.done);
  addStoreCommands(root, options.done);
  root.exitOverride();
  for (const command of root.commands) command.exitOverride().copyInheritedSettings(root);
  return root;
}

function addLookCommands(root: Command, done: RunCommandsOptions["done"]): void {
  root
    .command("status")
    .description("where each sync stands")
    .action(async (_options, command) => done(await (await import("./commands/status.js")).status(globals(command))));
  root
    .command("history")
    .description("the last runs")
    .option("--limit <n>", "how many", wholeNumber, 20)
    .action(async ({ limit }, command) => done(await (await import("./commands/history.js")).history({ ...globals(command), limit })));
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

function addStoreCommands(root: Command, done: RunCommandsOptions["done"]): void {
  root
    .command("migrate")
    .description("show the tables and columns that targets lack, and create them")
    .option("--yes", "create them without asking")
    .action(async (options, command) =>
      done(await (await import("./commands/migrate.js")).migrate({ ...globals(command), ...given(options) })),
    );
  root
    .command("sql [query]")
    .description("run a query on the store")
    .option("--file <file>", "read the query from a file")
    .option("--write", "allow it to change the store")
    .action(async (query, options, command) =>
      done(await (await import("./commands/sql.js")).sql({ ...globals(command), ...given({ ...options, query }) })),
    );
  root
    .command("fmt [files...]")
    .description("put the words of sync files in reading order; comments stay")
    .option("--check", "change nothing; only tell which files are not in order")
    .action(async (files, { check }, command) =>
      done(await (await import("./commands/fmt.js")).fmt({ ...globals(command), files, check: check === true })),
    );
  root
    .command("types")
    .description("TypeScript types for the records that the project reads and writes")
    .option("--out <file>", "write them to a file")
    .action(async (options, command) =>
      done(await (await import("./commands/record-types.js")).types({ ...globals(command), ...given(options) })),
    );
}
