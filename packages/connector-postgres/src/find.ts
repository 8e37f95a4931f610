import type { Call, DataRecord } from "@fieldwright/connector-kit";
import { VendorError } from "@fieldwright/connector-kit";
import { arrayLiteral, quoteName, type SqlSession } from "@fieldwright/connector-kit/sql";
import { joined, reading } from "./door.js";
import { fits } from "./fits.js";
import { splitKey } from "./key.js";
import type { Listed } from "./listed.js";
import { inSavepoint } from "./savepoint.js";
import type { Column } from "./table.js";
import { isAboutData } from "./trouble.js";
import { valueText } from "./value-text.js";

/** Every row that has one of these values in a column, by the equality of the column's type. */
export async function findRows(
  listed: Listed,
  asked: { readonly field: string; readonly values: readonly unknown[] },
  call: Call,
): Promise<readonly DataRecord[]> {
  if (asked.field === listed.key.field && listed.key.columns.length > 1) return getRows(listed, asked.values.map(String), call);
  const column = listed.table.columns.find((one) => one.name === asked.field);
  if (!column)
    throw new VendorError(`${listed.table.stream} has no column "${asked.field}".`, {
      code: "sql/unknown-column",
      next: "stop-stream",
      hint: "Look at its columns with `fieldwright streams`.",
    });
  const tuples = asked.values.flatMap((value) => {
    const text = valueText(column, value);
    return text === null ? [] : [[text]];
  });
  return lookUp(listed, { columns: [column], tuples }, call);
}

/** The rows with these keys. */
export async function getRows(listed: Listed, keys: readonly string[], call: Call): Promise<readonly DataRecord[]> {
  const tuples = keys.flatMap((text) => {
    const parts = splitKey(listed.key, text);
    return parts ? [parts] : [];
  });
  return lookUp(listed, { columns: listed.key.columns, tuples }, call);
}

interface Wanted {
  readonly columns: readonly Column[];
  readonly tuples: readonly (readonly string[])[];
}

async function lookUp(listed: Listed, { columns, tuples }: Wanted, call: Call): Promise<readonly DataRecord[]> {
  const possible = tuples.filter((tuple) => columns.every((column, index) => fits(column, tuple[index] ?? "")));
  const distinct = [...new Map(possible.map((tuple) => [JSON.stringify(tuple), tuple])).values()];
  const inside = joined(listed.door, call) !== undefined;
  const rows = await reading(listed.door, call, (session) => lookUpPossible(session, { listed, columns, tuples: distinct, inside }));
  return rows.map(listed.select.record);
}

interface Search extends Wanted {
  readonly listed: Listed;
  /** Inside a transaction, which a refused value would spoil without a savepoint. */
  readonly inside: boolean;
}

type Rows = readonly Record<string, unknown>[];

/** A value that the type refuses is not found, and must not keep the others from being found. */
async function lookUpPossible(session: SqlSession, search: Search): Promise<Rows> {
  const rows = await tryLookUp(session, search);
  if (rows !== "refused") return rows;
  const taken = await takenTuples(session, search);
  const again = await tryLookUp(session, { ...search, tuples: taken });
  return again === "refused" ? [] : again;
}

async function tryLookUp(session: SqlSession, search: Search): Promise<Rows | "refused"> {
  if (search.tuples.length === 0) return [];
  const { text, values } = lookUpQuery(search);
  try {
    return await (search.inside ? inSavepoint(session, () => session.query(text, values)) : session.query(text, values));
  } catch (error) {
    if (!isAboutData(error)) throw error;
    return "refused";
  }
}

/** Of a list that was refused as a whole, the values that the type takes. */
async function takenTuples(session: SqlSession, search: Search): Promise<Search["tuples"]> {
  if (search.tuples.length === 1) return [];
  const middle = search.tuples.length >> 1;
  const taken: Search["tuples"][number][] = [];
  for (const tuples of [search.tuples.slice(0, middle), search.tuples.slice(middle)]) {
    const half = { ...search, tuples };
    taken.push(...((await tryLookUp(session, half)) === "refused" ? await takenTuples(session, half) : tuples));
  }
  return taken;
}

function lookUpQuery({ listed, columns, tuples }: Search): { readonly text: string; readonly values: readonly string[] } {
  const { table, select } = listed;
  const values = columns.map((_, index) => arrayLiteral(tuples.map((tuple) => tuple[index])));
  const [column] = columns;
  // `= any` of one array is what Postgres answers best from an index.
  if (columns.length === 1 && column?.listType !== undefined) {
    return {
      text: `select ${select.list} from ${table.path} t where t.${quoteName(column.name)} = any($1::pg_catalog.text[]::${column.listType})`,
      values,
    };
  }
  const places = columns.map((_, index) => `$${index + 1}::pg_catalog.text[]`);
  const aliases = columns.map((_, index) => `v${index}`);
  const typed = columns.map((one, index) => `s.v${index}::${one.type}`);
  const own = columns.map((one) => `t.${quoteName(one.name)}`);
  const sought = `select ${typed.join(", ")} from unnest(${places.join(", ")}) s(${aliases.join(", ")})`;
  return { text: `select ${select.list} from ${table.path} t where (${own.join(", ")}) in (${sought})`, values };
}
