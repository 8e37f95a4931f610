import type { Call, DataRecord, Outcome } from "@fieldwright/connector-kit";
import { VendorError } from "@fieldwright/connector-kit";
import { quoteName, type SqlSession } from "@fieldwright/connector-kit/sql";
import { writing } from "./door.js";
import { inOrder } from "./in-order.js";
import { keyText } from "./key.js";
import { roundsBy } from "./rounds.js";
import { withRows } from "./row-source.js";
import { stageFrom } from "./sizes.js";
import { type Group, columnNamed, groupsOf, keyList, type Row, type Target } from "./target.js";
import type { Column } from "./table.js";
import { valueText } from "./value-text.js";
import { writeGroups } from "./write-groups.js";

/** Inserts records, or changes the rows that have the same values in `on`; rows that are the same already are not touched. */
export async function upsertRows(target: Target, { records, on }: { readonly records: readonly DataRecord[]; readonly on: readonly string[] }, call: Call): Promise<readonly Outcome[]> {
  const names = on.flatMap((name) => (name === target.key.field ? target.key.columns.map((column) => column.name) : [name]));
  const columns = names.map((name) => columnNamed(target.table, name));
  requireUnique(target, names);
  const outcomes = new Map<number, Outcome>();
  const entries = records.flatMap((record, index) => {
    const blank = columns.find((column) => record[column.name] === null || record[column.name] === undefined);
    if (blank) outcomes.set(index, { ok: false, error: blankKey(blank) });
    return blank ? [] : [{ index, record, id: JSON.stringify(columns.map((column) => valueText(column, record[column.name]))) }];
  });
  await writing(target.door, call, async (session) => {
    for (const round of roundsBy(entries, (entry) => entry.id)) {
      const written = await writeGroups(session, target, {
        groups: groupsOf(target, round),
        operation: "upsert",
        write: (rows, group) => upsert(session, target, { columns: group.columns, rows, on: columns }),
      });
      for (const [index, outcome] of written) outcomes.set(index, outcome);
    }
  });
  return inOrder(outcomes, records.length);
}

interface Part extends Pick<Group, "columns"> {
  readonly rows: readonly Row[];
  readonly on: readonly Column[];
}

async function upsert(session: SqlSession, { table, key }: Target, { columns, rows, on }: Part): Promise<readonly Outcome[]> {
  const stage = table.mayStage && rows.length >= stageFrom;
  const list = columns.map((column) => quoteName(column.name)).join(", ");
  const changed = columns.filter((column) => !on.includes(column));
  const set = changed.map((column) => `${quoteName(column.name)} = excluded.${quoteName(column.name)}`).join(", ");
  const differs = changed.map((column) => `${comparable("t", column)} is distinct from ${comparable("excluded", column)}`).join(" or ");
  const conflict = on.map((column) => quoteName(column.name)).join(", ");
  const places = on.map((column) => columns.indexOf(column));
  const found = await withRows(session, { table, columns, rows: rows.map((row) => row.texts), stage }, (source) => {
    const typed = columns.map((_, index) => `${source.column(index)} as c${index}`).join(", ");
    const sameAs = (name: (index: number) => string) => places.map((place, index) => `${name(index)} = s.c${place}`).join(" and ");
    const keyAs = (alias: string) => key.columns.map((column) => `${alias}.${quoteName(column.name)}`);
    return session.query(
      `with s as materialized (select s.n, ${typed} from ${source.from}),
      w as (
        insert into ${table.path} as t (${list}) select ${columns.map((_, index) => `s.c${index}`).join(", ")} from s order by s.n
        on conflict (${conflict}) ${set === "" ? "do nothing" : `do update set ${set} where ${differs}`}
        returning ${[...on.map((column, index) => `t.${quoteName(column.name)} as fieldwright_on${index}`), ...key.columns.map((column, index) => `t.${quoteName(column.name)} as fieldwright_key${index}`)].join(", ")}, ${table.partitioned ? "null::bool" : "t.xmax = 0"} as fieldwright_created
      )
      select s.n::pg_catalog.int4 as fieldwright_n,
        coalesce(w.fieldwright_created, w.fieldwright_key0 is not null and ${keyAs("t")[0]} is null) as fieldwright_created,
        ${key.columns.map((column, index) => `coalesce(w.fieldwright_key${index}, t.${quoteName(column.name)})${column.asText ? "::pg_catalog.text" : ""} as ${quoteName(column.name)}`).join(", ")}
      from s left join w on ${sameAs((index) => `w.fieldwright_on${index}`)} left join ${table.path} t on ${sameAs((index) => `t.${quoteName(on[index]?.name ?? "")}`)}`,
      source.values,
    );
  });
  return outcomesOf({ found, rows, key });
}

function outcomesOf({ found, rows, key }: { readonly found: readonly Record<string, unknown>[]; readonly rows: readonly Row[]; readonly key: Target["key"] }): readonly Outcome[] {
  const byPlace = new Map(found.map((row) => [Number(row.fieldwright_n), row]));
  return rows.map((_, place) => {
    const row = byPlace.get(place);
    if (!row || key.columns.some((column) => row[column.name] === null)) {
      throw new VendorError("A row appeared in the table while it was being written.", { code: "sql/changed-meanwhile", next: "retry", retryAfterMs: 200 });
    }
    return { ok: true, key: keyText(key, row), created: row.fieldwright_created === true };
  });
}

/** `json` and the types that are read as text have no equality of their own, or may have none. */
function comparable(alias: string, column: Column): string {
  const name = `${alias}.${quoteName(column.name)}`;
  if (column.typeName === "json") return `${name}::pg_catalog.jsonb`;
  return column.asText || column.typeName === "_json" ? `${name}::pg_catalog.text` : name;
}

function requireUnique({ table }: Target, names: readonly string[]): void {
  const fits = table.uniques.some((unique) => unique.immediate && unique.columns.length === names.length && unique.columns.every((name) => names.includes(name)));
  if (fits) return;
  const list = names.map((name) => quoteName(name)).join(", ");
  throw new VendorError(`${table.stream} has no unique index on ${list}, so it cannot be told by them whether a record is there already.`, {
    code: "sql/42P10",
    next: "stop-stream",
    hint: `create unique index on ${table.path} (${list})`,
  });
}

function blankKey(column: Column): VendorError {
  return new VendorError(`"${column.name}" is blank, so it cannot be told whether the record is there already.`, { code: "sql/blank-key", next: "hold-record", field: column.name, hint: "Give the record a value at its source." });
}
