import { recordTypes } from "@fieldwright/core";
import { exitCode } from "../exit-code.js";
import { some } from "../report/words.js";
import type { Terminal } from "../terminal.js";
import { writeOut } from "../write-out.js";
import { type ProjectOptions, withProject } from "./project-options.js";

/** Writes TypeScript types for the records that the project reads and writes. */
export async function types(options: ProjectOptions & { readonly out?: string; readonly terminal: Terminal }): Promise<number> {
  const { terminal, out } = options;
  return withProject({ ...options, needs: "schemas" }, async ({ engine, project }) => {
    const streams = await engine.streams();
    const schemas: Record<string, NonNullable<Parameters<typeof recordTypes>[1][string]>[number][]> = {};
    for (const { stream, key, fields, about, open } of streams) {
      const dot = stream.indexOf(".");
      const connection = stream.slice(0, dot);
      const own = schemas[connection] ?? [];
      schemas[connection] = own;
      own.push({
        name: stream.slice(dot + 1),
        key,
        fields,
        // How it is read is nothing to a type.
        listing: { maxPageSize: 1, complete: "never", total: false },
        ...(about === undefined ? {} : { about }),
        ...(open === undefined ? {} : { open }),
      });
    }
    const text = recordTypes(project, schemas);
    if (out !== undefined) await writeOut(out, [text]);
    terminal.result({ file: out ?? null, types: text }, () =>
      out === undefined ? text.trimEnd() : `Written: ${out}, ${some(streams.length, "stream")} looked at.`,
    );
    return exitCode.done;
  });
}
