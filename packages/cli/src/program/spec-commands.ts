import type { Command } from "@commander-js/extra-typings";
import { globals, wholeNumber } from "./globals.js";
import type { RunCommandsOptions } from "./run-commands.js";

/** What helps a person who edits a spec. */
export function addSpecCommands(root: Command, done: RunCommandsOptions["done"]): void {
  root
    .command("test [names...]")
    .description("run the tests of all syncs, or of those named")
    .action(async (names, _options, command) => done(await (await import("../commands/test.js")).test({ ...globals(command), names })));
  root
    .command("replay <sync>")
    .description("decide landed records again by the edited spec; show whose decisions change")
    .option("--limit <n>", "how many records to show", wholeNumber, 20)
    .action(async (sync, { limit }, command) =>
      done(await (await import("../commands/replay.js")).replay({ ...globals(command), sync, limit })),
    );
}
