import { exitCode } from "../exit-code.js";
import { table } from "../report/table.js";
import { count } from "../report/words.js";
import type { Terminal } from "../terminal.js";
import { type ProjectOptions, withProject } from "./project-options.js";

/** The kinds of records the connections have, and what each can do. */
export async function streams(options: ProjectOptions & { readonly terminal: Terminal }): Promise<number> {
  return withProject({ ...options, needs: "connections" }, async ({ engine }) => {
    const found = await engine.streams();
    options.terminal.result(found, () =>
      table(
        ["stream", "key", "fields", "can", "what changed is known by", "landed", "used by"],
        found.map((one) => [
          one.stream,
          one.key,
          count(Object.keys(one.fields).length),
          one.operations.join(" "),
          one.cursor,
          one.landed === null ? "-" : count(one.landed),
          one.usedBy.join(" "),
        ]),
        ["left", "left", "right", "left", "left", "right", "left"],
      ),
    );
    return exitCode.done;
  });
}
