import { asksYes } from "../ask.js";
import { exitCode } from "../exit-code.js";
import { some } from "../report/words.js";
import type { Terminal } from "../terminal.js";
import { commandText, type ProjectOptions, withProject } from "./project-options.js";

/** Shows the statements that the targets lack, and carries them out once somebody has agreed. */
export async function migrate(options: ProjectOptions & { readonly yes?: boolean; readonly terminal: Terminal }): Promise<number> {
  const { terminal } = options;
  return withProject({ ...options, needs: "schemas" }, async ({ engine }) => {
    const migrations = (await engine.migrations()).filter((one) => one.statements.length > 0);
    const total = migrations.reduce((sum, one) => sum + one.statements.length, 0);
    for (const one of migrations)
      terminal.say(
        [terminal.colors.bold(`-- ${one.connection}`), ...one.statements.map((text) => `${text.replace(/;\s*$/, "")};`)].join("\n"),
      );
    const agreed = total > 0 && (options.yes === true || (await asksYes(terminal, `Run ${some(total, "statement")}?`)));
    if (agreed) await engine.migrate();
    terminal.result({ migrations, applied: agreed }, () => {
      if (total === 0) return "Every table and column that the specs write is there.";
      return agreed
        ? terminal.colors.green(`${some(total, "statement")} carried out.`)
        : `Nothing was changed. To carry it out:  ${commandText(options)} migrate --yes`;
    });
    return exitCode.done;
  });
}
