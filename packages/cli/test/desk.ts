import { cp, mkdtemp, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openPg } from "@fieldwright/connector-kit/sql";
import { type Ended, emptyDatabase, lastJson, runBin } from "./run-bin.js";

type Row = Readonly<Record<string, unknown>>;

/** A small business: an office's tables kept the same in a CRM's, both in one database, with rules of every kind. */
export interface Desk {
  readonly folder: string;
  /** Runs a command on the project. */
  readonly on: (...words: readonly string[]) => Promise<Ended>;
  /** The object that the command ends with under `--json`. */
  readonly json: (...words: readonly string[]) => Promise<Row>;
  readonly rows: (query: string) => Promise<readonly Row[]>;
  /** Does what a file of the project says, behind Fieldwright's back. */
  readonly happens: (sql: string) => Promise<void>;
  close(): Promise<void>;
}

export async function openDesk(): Promise<Desk> {
  const folder = await mkdtemp(join(tmpdir(), "fieldwright-desk-"));
  await cp(join(import.meta.dirname, "desk"), folder, { recursive: true });
  const url = await emptyDatabase();
  const database = openPg({ url });
  await database.run(await readFile(join(folder, "tables.sql"), "utf8"));
  const on: Desk["on"] = (...words) => runBin([...words, "--project", folder], { env: { DATABASE_URL: url } });
  return {
    folder,
    on,
    json: async (...words) => lastJson((await on(...words, "--json")).out),
    rows: (query) => database.query<Row>(query),
    happens: async (sql) => void (await database.run(sql.endsWith(".sql") ? await readFile(join(folder, sql), "utf8") : sql)),
    close: () => database.close(),
  };
}

/** The plan that a text speaks of. */
export function planIn(text: string): string {
  const id = text.match(/(?:apply|plans|Plan) ([2-9a-z]{6})\b/)?.[1];
  if (id === undefined) throw new Error(`No plan is named in: ${text}`);
  return id;
}
