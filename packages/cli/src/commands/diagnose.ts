import { exitCode } from "../exit-code.js";
import type { Terminal } from "../terminal.js";
import { type ProjectOptions, withProject } from "./project-options.js";

/** What works and what does not: store, credentials, each stream, limits, clock. */
export async function diagnose(options: ProjectOptions & { readonly terminal: Terminal }): Promise<number> {
  const { terminal } = options;
  const { colors } = terminal;
  return withProject({ ...options, needs: "connections" }, async ({ engine }) => {
    const items = await engine.diagnose();
    const wrong = items.filter((item) => !item.ok).length;
    const width = Math.max(...items.map((item) => item.what.length), 0) + 2;
    const text = (): string => {
      const lines = items.flatMap((item, index) => {
        const head = items[index - 1]?.part === item.part ? [] : [`${index === 0 ? "" : "\n"}${colors.bold(item.part)}`];
        return [...head, `  ${item.ok ? colors.green("✓") : colors.red("✗")} ${item.what.padEnd(width)}${item.says}`];
      });
      return [
        ...lines,
        "",
        wrong === 0 ? colors.green("Everything works.") : colors.red(`${wrong} of ${items.length} checks failed.`),
      ].join("\n");
    };
    terminal.result(items, text);
    return wrong === 0 ? exitCode.done : exitCode.someFailed;
  });
}
