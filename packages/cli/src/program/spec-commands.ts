import type { Command } from "@commander-js/extra-typings";
import { given, globals, wholeNumber, wholeNumberOrAll } from "./globals.js";
import type { RunCommandsOptions } from "./run-commands.js";

/** What helps a person who edits a spec. */
export function addSpecCommands(root: Command, done: RunCommandsOptions["done"]): void {
  root
    .command("test [names...]")
    .description("run the tests of all syncs, or of those named")
    .action(async (names, _options, command) => done(await (await import("../commands/test.js")).test({ ...globals(command), names })));
  root
    .command("check [names...]")
    .description("compare both sides now: counts, links, written values, match keys, and the checks of the specs")
    .option("--look <n>", "how many linked records of a sync to ask for where the target takes no SQL (2000), or `all`", wholeNumberOrAll)
    .action(async (names, { look }, command) =>
      done(await (await import("../commands/check.js")).check({ ...globals(command), names, ...given({ look }) })),
    );
  root
    .command("replay <sync>")
    .description("decide landed records again by the edited spec; show whose decisions change")
    .option("--limit <n>", "how many records to show", wholeNumber, 20)
    .action(async (sync, { limit }, command) =>
      done(await (await import("../commands/replay.js")).replay({ ...globals(command), sync, limit })),
    );
}
