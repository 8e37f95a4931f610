import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { FieldwrightError } from "@fieldwright/core";
import { exitCode } from "../exit-code.js";
import { rowsTable } from "../report/table.js";
import { shown, some } from "../report/words.js";
import type { Terminal } from "../terminal.js";
import { type ProjectOptions, withProject } from "./project-options.js";

/** Runs a query on the store, so that the embedded one can be looked into. */
export async function sql(
  options: ProjectOptions & { readonly query?: string; readonly file?: string; readonly write?: boolean; readonly terminal: Terminal },
): Promise<number> {
  const text = await queryText(options);
  return withProject({ ...options, needs: "store" }, async ({ engine }) => {
    const rows = await engine.sql(text, { write: options.write === true }).catch((error: unknown) => {
      throw queryError(error);
    });
    options.terminal.result(rows, () =>
      rows.length === 0
        ? options.write === true
          ? "Done."
          : "No rows."
        : `${rowsTable(rows, (value) => (value === null ? "" : shown(value)))}\n\n${some(rows.length, "row")}`,
    );
    return exitCode.done;
  });
}

async function queryText(options: { readonly query?: string; readonly file?: string }): Promise<string> {
  if (options.query !== undefined && options.file !== undefined)
    throw new FieldwrightError("usage/options", "A query and --file cannot be used together.", { hint: "Choose one." });
  if (options.query !== undefined) return options.query;
  if (options.file === undefined)
    throw new FieldwrightError("usage/options", "There is no query.", {
      hint: 'For example: fieldwright sql "select * from fieldwright.runs", or fieldwright sql --file queries/NAME.sql',
    });
  try {
    return await readFile(resolve(options.file), "utf8");
  } catch (error) {
    throw new FieldwrightError("usage/file", `${options.file} cannot be read.`, {
      hint: "The path counts from the folder you are in.",
      cause: error,
    });
  }
}

/** A query that the database refused is the person's to mend; anything else goes on as it is. */
function queryError(error: unknown): unknown {
  const { code, message } = error as { code?: unknown; message?: unknown };
  const state = typeof code === "string" ? code.replace(/^sql\//, "") : "";
  const said = `The database refused the query: ${String(message)}`;
  if (state === "25006") return new FieldwrightError("usage/sql", said, { hint: "Add --write to let it change the store.", cause: error });
  if (state === "42P01")
    return new FieldwrightError("usage/sql", said, {
      hint: 'What there is: fieldwright sql "select table_schema, table_name from information_schema.tables order by 1, 2"',
      cause: error,
    });
  return /^(22|23|3F|42)/.test(state)
    ? new FieldwrightError("usage/sql", said, { hint: "Mend the query and try again.", cause: error })
    : error;
}
