import type { Call, DataRecord, Outcome } from "@fieldwright/connector-kit";
import { VendorError } from "@fieldwright/connector-kit";
import { quoteName, type SqlSession } from "@fieldwright/connector-kit/sql";
import { writing } from "./door.js";
import { inOrder } from "./in-order.js";
import { keyText } from "./key.js";
import { roundsBy } from "./rounds.js";
import { type RowSource, withRows } from "./row-source.js";
import { stageFrom } from "./sizes.js";
import type { Column } from "./table.js";
import { columnNamed, type Group, groupsOf, type Row, type Target } from "./target.js";
import { valueText } from "./value-text.js";
import { writeGroups } from "./write-groups.js";
import { RowsDropped } from "./write-halving.js";

/** Inserts records, or changes the rows that have the same values in `on`; rows that are the same already are not touched. */
export async function upsertRows(
  target: Target,
  { records, on }: { readonly records: readonly DataRecord[]; readonly on: readonly string[] },
  call: Call,
): Promise<readonly Outcome[]> {
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

async function upsert(session: SqlSession, { table, key }: Target, part: Part): Promise<readonly Outcome[]> {
  const { columns, rows } = part;
  const stage = table.mayStage && rows.length >= stageFrom;
  const sent = { table, columns, rows: rows.map((row) => row.texts), stage };
  const found = await withRows(session, sent, (source) => session.query(statementOf({ table, key }, part, source), source.values));
  const byPlace = new Map(found.map((row) => [Number(row.fieldwright_n), row]));
  return rows.map((_, place) => {
    const row = byPlace.get(place);
    // Dropped by a trigger, or made by someone else just now: then the next, smaller batch finds it.
    if (!row || key.columns.some((column) => row[column.name] === null)) throw new RowsDropped();
    return { ok: true, key: keyText(key, row), created: row.fieldwright_created === true };
  });
}

/** `returning` leaves out rows that were the same already; those are joined from the table as it was before. */
function statementOf({ table, key }: Pick<Target, "table" | "key">, { columns, on }: Part, source: RowSource): string {
  const changed = columns.filter((column) => !on.includes(column));
  const sets = changed.map((column) => `${quoteName(column.name)} = excluded.${quoteName(column.name)}`);
  const differs = changed.map((column) => `${comparable("t", column)} is distinct from ${comparable("excluded", column)}`);
  const sameAs = (name: (column: Column, index: number) => string) =>
    on.map((column, index) => `${name(column, index)} = s.c${columns.indexOf(column)}`).join(" and ");
  const returned = [
    ...on.map((column, index) => `t.${quoteName(column.name)} as on${index}`),
    ...key.columns.map((column, index) => `t.${quoteName(column.name)} as key${index}`),
    `${table.partitioned ? "null::pg_catalog.bool" : "t.xmax = 0"} as created`,
  ];
  const keys = key.columns.map((column, index) => {
    const name = quoteName(column.name);
    return `coalesce(w.key${index}, t.${name})${column.asText ? "::pg_catalog.text" : ""} as ${name}`;
  });
  const firstKey = `t.${quoteName(key.columns[0]?.name ?? "")}`;
  return `
    with s as materialized (
      select s.n, ${columns.map((_, index) => `${source.column(index)} as c${index}`).join(", ")} from ${source.from}
    ), w as (
      insert into ${table.path} as t (${columns.map((column) => quoteName(column.name)).join(", ")})
      select ${columns.map((_, index) => `s.c${index}`).join(", ")} from s order by s.n
      on conflict (${on.map((column) => quoteName(column.name)).join(", ")})
      ${sets.length === 0 ? "do nothing" : `do update set ${sets.join(", ")} where ${differs.join(" or ")}`}
      returning ${returned.join(", ")}
    )
    select s.n::pg_catalog.int4 as fieldwright_n,
      coalesce(w.created, w.key0 is not null and ${firstKey} is null) as fieldwright_created, ${keys.join(", ")}
    from s
    left join w on ${sameAs((_, index) => `w.on${index}`)}
    left join ${table.path} t on ${sameAs((column) => `t.${quoteName(column.name)}`)}`;
}

/** `json` and the types that are read as text have no equality of their own, or may have none. */
function comparable(alias: string, column: Column): string {
  const name = `${alias}.${quoteName(column.name)}`;
  if (column.typeName === "json") return `${name}::pg_catalog.jsonb`;
  return column.asText || column.typeName === "_json" ? `${name}::pg_catalog.text` : name;
}

function requireUnique({ table }: Target, names: readonly string[]): void {
  const fits = table.uniques.some(
    (unique) => unique.immediate && unique.columns.length === names.length && unique.columns.every((name) => names.includes(name)),
  );
  if (fits) return;
  const list = names.map((name) => quoteName(name)).join(", ");
  throw new VendorError(`${table.stream} has no unique index on ${list}, so it cannot be told by them whether a record is there already.`, {
    code: "sql/42P10",
    next: "stop-stream",
    hint: `create unique index on ${table.path} (${list})`,
  });
}

function blankKey(column: Column): VendorError {
  return new VendorError(`"${column.name}" is blank, so it cannot be told whether the record is there already.`, {
    code: "sql/blank-key",
    next: "hold-record",
    field: column.name,
    hint: "Give the record a value at its source.",
  });
}
