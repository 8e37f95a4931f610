import type { Call, Field } from "@fieldwright/connector-kit";
import type { Api } from "./api.js";
import { column, list, literal } from "./sql.js";
import type { TableKind } from "./table-kind.js";

/** A kind as this server has it: what is asked for, and under which field each answer goes. */
export interface TableModel {
  readonly kind: TableKind;
  readonly fields: Readonly<Record<string, Field>>;
  /** Names of the columns in the answer, as they are asked for, and their expressions. */
  readonly asked: readonly { readonly as: string; readonly field: string; readonly type: Field["type"]; readonly sql: string }[];
  /** The table's time of change, where it keeps one. */
  readonly changedAt?: string;
  /** Changes are asked for by the revisions of its audit table. */
  readonly audited: boolean;
}

type Columns = ReadonlyMap<string, Readonly<Record<string, Field>>>;

/** The columns that this server has, in one query for all tables: versions differ. */
export async function modelsOf(api: Api, kinds: readonly TableKind[], call: Call): Promise<readonly TableModel[]> {
  const there = api.assumptions.askColumns ? await columnsOf(api, kinds, call) : undefined;
  return kinds.flatMap((kind) => {
    const own = there?.get(kind.table);
    if (there === undefined) return [modelOf(api, kind, { fields: kind.columns, hasAudit: kind.columns.dateLastModified !== undefined })];
    if (own === undefined) {
      api.notice(`This Fishbowl server has no table "${kind.table}", so there is no stream ${kind.name}.`);
      return [];
    }
    return [modelOf(api, kind, { fields: known(api, kind, own), hasAudit: there.has(`${kind.table}_aud`) })];
  });
}

async function columnsOf(api: Api, kinds: readonly TableKind[], call: Call): Promise<Columns> {
  const tables = kinds.flatMap(({ table }) => (api.options.incremental === "audit" ? [table, `${table}_aud`] : [table]));
  const rows = await api.query(
    `SELECT c.TABLE_NAME AS tab, c.COLUMN_NAME AS col, c.DATA_TYPE AS typ FROM information_schema.columns c WHERE c.TABLE_SCHEMA = DATABASE() AND c.TABLE_NAME IN ${list(tables)} ORDER BY c.TABLE_NAME, c.ORDINAL_POSITION`,
    call,
  );
  const found = new Map<string, Record<string, Field>>();
  for (const row of rows) {
    const type = typeOf(String(row.get("typ")));
    const table = String(row.get("tab")).toLowerCase();
    const fields = found.get(table) ?? {};
    if (type !== undefined) fields[String(row.get("col"))] = { type, readOnly: true };
    found.set(table, fields);
  }
  return found;
}

/** Columns that are known keep what is known of them, whichever case the server writes them in. */
function known(api: Api, kind: TableKind, own: Readonly<Record<string, Field>>): Readonly<Record<string, Field>> {
  const byName = new Map(Object.keys(own).map((name) => [name.toLowerCase(), name]));
  const missing = Object.keys(kind.columns).filter((name) => !byName.has(name.toLowerCase()));
  if (missing.length > 0) api.notice(`This Fishbowl server's ${kind.name} lack ${missing.join(", ")}: its version may be an older one.`);
  const certain = Object.entries(kind.columns).filter(([name]) => !missing.includes(name));
  const knownNames = new Set(Object.keys(kind.columns).map((name) => name.toLowerCase()));
  const more = kind.closed ? [] : Object.entries(own).filter(([name]) => !knownNames.has(name.toLowerCase()));
  return Object.fromEntries([...certain, ...more]);
}

interface There {
  readonly fields: Readonly<Record<string, Field>>;
  readonly hasAudit: boolean;
}

function modelOf(api: Api, kind: TableKind, { fields, hasAudit }: There): TableModel {
  const has = new Set(Object.keys(fields).map((name) => name.toLowerCase()));
  const derived = Object.entries(kind.derived ?? {}).filter(([, { sql }]) =>
    [...sql.matchAll(/t\.`(\w+)`/g)].every(([, name = ""]) => has.has(name.toLowerCase())),
  );
  const custom = has.has("customfields") ? customFieldsOf(api, kind.name) : [];
  const words = kind.words && has.has(kind.words.from.toLowerCase()) ? { [kind.words.to]: { type: "text", readOnly: true } as const } : {};
  const all = [
    ...Object.entries(fields).map(([name, field]) => ({ as: name, field: name, type: field.type, sql: expression(name, field.type) })),
    ...derived.map(([name, { sql, field }]) => ({ as: name, field: name, type: field.type, sql })),
    ...custom.map((label, n) => ({
      as: `cf${n}`,
      field: label,
      type: "text" as const,
      sql: `CustomFieldByName(t.\`customFields\`,${literal(label)})`,
    })),
  ];
  const audited = api.options.incremental === "audit" && hasAudit;
  return {
    kind,
    audited,
    asked: all,
    fields: {
      ...fields,
      ...(audited
        ? { revision: { type: "integer", readOnly: true, about: "Of the last change; grows with every change of any record." } }
        : {}),
      ...Object.fromEntries(derived.map(([name, { field }]) => [name, field])),
      ...words,
      ...Object.fromEntries(custom.map((label) => [label, { type: "text", about: "A custom field." }])),
    },
    ...(has.has("datelastmodified") ? { changedAt: "dateLastModified" } : {}),
  };
}

export function customFieldsOf({ options }: Api, stream: string): readonly string[] {
  return Object.hasOwn(options.customFields, stream) ? options.customFields[stream as keyof typeof options.customFields] : [];
}

/** Each type in a text whose form does not depend on the server's settings. */
function expression(name: string, type: Field["type"]): string {
  const own = column(name);
  switch (type) {
    case "boolean":
      return `CAST(${own} AS UNSIGNED)`;
    case "decimal":
    case "json":
      return `CAST(${own} AS CHAR)`;
    case "datetime":
      return `DATE_FORMAT(${own},'%Y-%m-%dT%T.%f')`;
    case "date":
      return `DATE_FORMAT(${own},'%Y-%m-%d')`;
    default:
      return own;
  }
}

function typeOf(mysql: string): Field["type"] | undefined {
  switch (mysql.toLowerCase()) {
    case "bit":
    case "bool":
      return "boolean";
    case "tinyint":
    case "smallint":
    case "mediumint":
    case "int":
    case "bigint":
      return "integer";
    case "decimal":
      return "decimal";
    case "float":
    case "double":
      return "number";
    case "datetime":
    case "timestamp":
      return "datetime";
    case "date":
      return "date";
    case "json":
      return "json";
    case "char":
    case "varchar":
    case "tinytext":
    case "text":
    case "mediumtext":
    case "longtext":
      return "text";
    default:
      return undefined; // pictures and the like
  }
}
