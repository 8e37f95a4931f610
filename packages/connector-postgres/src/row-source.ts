import { arrayLiteral, copyLine, quoteName, type SqlSession } from "@fieldwright/connector-kit/sql";
import type { Column, Table } from "./table.js";

/** Rows sent to the database, as something to select from: `s.n` is a row's number from 0, `column(i)` its typed value. */
export interface RowSource {
  readonly from: string;
  readonly values: readonly string[];
  column(index: number): string;
}

export interface SentRows {
  readonly table: Table;
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly (string | null)[])[];
}

let staged = 0;

/** Lends the rows to `work`, as arrays in the statement itself or in a temporary table filled by COPY. */
export async function withRows<T>(
  session: SqlSession,
  sent: SentRows & { readonly stage: boolean },
  work: (source: RowSource) => Promise<T>,
): Promise<T> {
  if (!sent.stage) return work(arraysOf(sent));
  const name = `pg_temp.fieldwright_stage_${++staged}`;
  const shape = sent.columns.map((column, index) => `, t.${quoteName(column.name)} as c${index}`).join("");
  // Ends with the transaction at the latest; dropped before, because a transaction may write many batches.
  await session.run(
    `create temporary table ${name.slice("pg_temp.".length)} on commit drop as select 0::pg_catalog.int4 as n${shape} from ${sent.table.path} t where false`,
  );
  const names = ["n", ...sent.columns.map((_, index) => `c${index}`)];
  await copyRows(session, { target: name, names, rows: sent.rows.map((texts, index) => [index, ...texts]) });
  const result = await work({ from: `${name} s`, values: [], column: (index) => `s.c${index}` });
  await session.run(`drop table ${name}`);
  return result;
}

function arraysOf({ columns, rows }: SentRows): RowSource {
  const places = columns.map((_, index) => `$${index + 1}::pg_catalog.text[]`);
  const names = columns.map((_, index) => `c${index}`);
  if (columns.length === 0)
    return { from: `(select n from pg_catalog.generate_series(0, ${rows.length - 1}) n) s`, values: [], column: () => "null" };
  return {
    from: `(select u.*, u.place - 1 as n from unnest(${places.join(", ")}) with ordinality u(${names.join(", ")}, place)) s`,
    values: columns.map((_, index) => arrayLiteral(rows.map((texts) => texts[index]))),
    column: (index) => `s.c${index}::${columns[index]?.type}`,
  };
}

/** One COPY holds about this much text: enough to be quick, and no page of large fields makes a string beyond what Node can hold. */
const copyCharacters = 8_000_000;

/** Copies rows into a table; how many went in. */
export async function copyRows(
  session: SqlSession,
  copy: { readonly target: string; readonly names: readonly string[]; readonly rows: readonly (readonly (string | number | null)[])[] },
): Promise<number> {
  let copied = 0;
  let lines: string[] = [];
  let characters = 0;
  const send = async () => {
    copied += await session.copyIn(copy.target, copy.names, lines.join(""));
    lines = [];
    characters = 0;
  };
  for (const row of copy.rows) {
    const line = copyLine(row);
    lines.push(line);
    characters += line.length;
    if (characters >= copyCharacters) await send();
  }
  if (lines.length > 0) await send();
  return copied;
}
