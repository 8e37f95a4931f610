import { arrayLiteral, quotePath, type SqlSession } from "@fieldwright/connector-kit/sql";
import { catalogQuery } from "./catalog-query.js";
import { type CatalogColumn, columnOf } from "./column.js";
import type { PostgresOptions } from "./options.js";
import type { ForeignKey, Table, Unique } from "./table.js";

interface CatalogRow {
  readonly schema: string;
  readonly name: string;
  readonly kind: string;
  readonly rows: number;
  readonly about: string | null;
  readonly may_insert: boolean;
  readonly may_update: boolean;
  readonly may_delete: boolean;
  readonly may_stage: boolean;
  readonly plain_insert: boolean;
  readonly columns: readonly CatalogColumn[] | null;
  readonly uniques: readonly Unique[] | null;
  readonly foreign_keys: readonly ForeignKey[] | null;
  readonly deferred: readonly string[] | null;
}

/** The tables and views that the options ask for, as they are now. */
export async function readCatalog(session: SqlSession, options: PostgresOptions): Promise<readonly Table[]> {
  const schemas = schemasOf(options);
  const rows = await session.query<CatalogRow>(catalogQuery, [arrayLiteral(schemas)]);
  const tables = rows.map((row) => tableOf(row, schemas));
  return tables.filter(
    (table) =>
      (options.views || table.kind === "table") &&
      (options.only?.includes(table.stream) ?? true) &&
      !(options.except?.includes(table.stream) ?? false),
  );
}

export function schemasOf(options: PostgresOptions): readonly string[] {
  return typeof options.schema === "string" ? [options.schema] : options.schema;
}

/** Tables of the first schema go by their own name, those of others as schema.table. */
export function streamName(schema: string, table: string, schemas: readonly string[]): string {
  return schema === schemas[0] ? table : `${schema}.${table}`;
}

function tableOf(row: CatalogRow, schemas: readonly string[]): Table {
  const kind = row.kind === "v" || row.kind === "m" ? "view" : "table";
  return {
    stream: streamName(row.schema, row.name, schemas),
    schema: row.schema,
    name: row.name,
    path: quotePath(row.schema, row.name),
    kind,
    partitioned: row.kind === "p",
    ...(row.about === null ? {} : { about: row.about }),
    ...(row.rows < 0 || row.kind === "v" ? {} : { estimatedRows: row.rows }),
    columns: (row.columns ?? []).map(columnOf),
    uniques: row.uniques ?? [],
    foreignKeys: row.foreign_keys ?? [],
    deferred: row.deferred ?? [],
    plainInsert: row.plain_insert,
    rights: { insert: row.may_insert, update: row.may_update, delete: row.may_delete },
    mayStage: row.may_stage,
  };
}
