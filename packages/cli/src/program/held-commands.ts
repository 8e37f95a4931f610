import type { Command } from "@commander-js/extra-typings";
import { given, globals, wholeNumber } from "./globals.js";
import { byOption, type RunCommandsOptions } from "./run-commands.js";

const answers = {
  approve: "let a held record be created, or decided once more after it drifted",
  ignore: "leave a record out, until somebody retries it",
  retry: "have a record decided again by the next run",
} as const;

/** The commands about records that wait for a person. */
export function addHeldCommands(root: Command, done: RunCommandsOptions["done"]): void {
  root
    .command("held")
    .description("what waits for a person: records that are held, plans that want approval")
    .option("--sync <name>", "of this sync only")
    .option("--all", "also records that failed, and those that wait for data")
    .option("--limit <n>", "how many records", wholeNumber, 50)
    .action(async ({ sync, all, limit }, command) =>
      done(await (await import("../commands/held.js")).held({ ...globals(command), ...given({ sync }), all: all === true, limit })),
    );

  for (const action of ["approve", "ignore", "retry"] as const)
    root
      .command(`${action} <sync> <record>`)
      .description(answers[action])
      .option(...byOption)
      .action(async (sync, record, { by }, command) =>
        done(
          await (await import("../commands/resolve.js")).resolve({
            ...globals(command),
            ...given({ by }),
            sync,
            record,
            resolution: { action },
          }),
        ),
      );

  root
    .command("link <sync> <record> <target>")
    .description("say which target record a source record is, for good")
    .option(...byOption)
    .action(async (sync, record, targetId, { by }, command) =>
      done(
        await (await import("../commands/resolve.js")).resolve({
          ...globals(command),
          ...given({ by }),
          sync,
          record,
          resolution: { action: "link", targetId },
        }),
      ),
    );

  root
    .command("release <sync> <record> [fields...]")
    .description("give fields that people changed in the target back to the sync; all of the record's without names")
    .option(...byOption)
    .action(async (sync, record, fields, { by }, command) =>
      done(await (await import("../commands/resolve.js")).release({ ...globals(command), ...given({ by }), sync, record, fields })),
    );
}
