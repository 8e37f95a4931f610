import type { Field, FieldType } from "@fieldwright/connector-kit";
import type { Column, Form } from "./table.js";

/** A column as the catalog's query gives it. */
export interface CatalogColumn {
  readonly name: string;
  readonly type: string;
  readonly list_type: string | null;
  readonly type_name: string;
  readonly type_text: string;
  readonly kind: string;
  readonly is_list: boolean;
  readonly member_name: string | null;
  readonly member_kind: string | null;
  readonly labels: readonly string[] | null;
  readonly modifier: number;
  readonly not_null: boolean;
  readonly filled: boolean;
  readonly fixed: boolean;
  readonly about: string | null;
  readonly indexed: boolean;
}

interface Known {
  readonly type: FieldType;
  readonly form: Form;
  /** Both drivers give the value as the kit promises. */
  readonly native: boolean;
  readonly zoneless?: true;
}

const known: Readonly<Record<string, Known>> = {
  int2: { type: "integer", form: "number", native: true },
  int4: { type: "integer", form: "number", native: true },
  int8: { type: "integer", form: "number", native: true },
  numeric: { type: "decimal", form: "text", native: true },
  float4: { type: "number", form: "float", native: true },
  float8: { type: "number", form: "float", native: true },
  bool: { type: "boolean", form: "boolean", native: true },
  text: { type: "text", form: "text", native: true },
  varchar: { type: "text", form: "text", native: true },
  date: { type: "date", form: "text", native: true },
  timestamptz: { type: "datetime", form: "instant", native: true },
  timestamp: { type: "datetime", form: "text", native: true, zoneless: true },
  time: { type: "time", form: "text", native: true },
  uuid: { type: "uuid", form: "text", native: true },
  json: { type: "json", form: "json", native: true },
  jsonb: { type: "json", form: "json", native: true },
  inet: { type: "text", form: "text", native: true }, // its cast to text adds a netmask that its own form does not have
  bytea: { type: "text", form: "bytes", native: false },
};

/** Any other type (enums, intervals, ranges, citext, char) goes in and out as the text that Postgres writes for it. */
const other: Known = { type: "text", form: "text", native: false };

export function columnOf(row: CatalogColumn): Column {
  const plain = knownType(row.kind, row.type_name);
  const member = knownType(row.member_kind ?? "", row.member_name ?? "");
  const one = row.is_list ? member : plain;
  const field = fieldOf(row, one);
  return {
    name: row.name,
    field: row.is_list ? { ...traits(row), type: "list", of: field } : { ...field, ...traits(row) },
    type: row.type,
    ...(row.list_type === null ? {} : { listType: row.list_type }),
    typeName: row.type_name,
    typeText: row.type_text,
    form: row.is_list ? "list" : plain.form,
    ...(row.is_list ? { memberForm: member.form } : {}),
    asText: !one.native,
    ...digitsOf(row),
    notNull: row.not_null,
    filled: row.filled,
    fixed: row.fixed,
    indexed: row.indexed,
  };
}

function knownType(kind: string, name: string): Known {
  return kind === "b" ? (known[name] ?? other) : other;
}

function fieldOf(row: CatalogColumn, one: Known): Field {
  const length = lengthOf(row);
  return {
    type: one.type,
    ...(one.zoneless ? { zoneless: true } : {}),
    ...(row.labels === null ? {} : { options: row.labels }),
    ...(length === undefined ? {} : { maxLength: length }),
  };
}

function traits(row: CatalogColumn): Pick<Field, "required" | "readOnly" | "about"> {
  const notes = [row.about, row.type_name === "bytea" ? "Bytes, as \\x and hexadecimal digits." : null].filter((note) => note !== null);
  return {
    ...(row.not_null && !row.filled && !row.fixed ? { required: true } : {}),
    ...(row.fixed ? { readOnly: true } : {}),
    ...(notes.length === 0 ? {} : { about: notes.join(" ") }),
  };
}

/** Postgres keeps varchar(n) as n + 4. */
function lengthOf(row: CatalogColumn): number | undefined {
  const name = row.is_list ? row.member_name : row.type_name;
  return (name === "varchar" || name === "bpchar") && row.modifier > 4 ? row.modifier - 4 : undefined;
}

/** Postgres packs precision and scale of numeric(p,s) into one number, the scale in 11 bits with a sign. */
function digitsOf(row: CatalogColumn): Pick<Column, "digits"> {
  if (row.type_name !== "numeric" || row.modifier < 4) return {};
  const packed = row.modifier - 4;
  return { digits: { precision: (packed >> 16) & 0xffff, scale: ((packed & 0x7ff) ^ 1024) - 1024 } };
}
