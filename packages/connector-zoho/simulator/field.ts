/** A field of a module, as far as the organisation's settings say it. */
export interface Field {
  readonly name: string;
  readonly type: string;
  readonly json: "string" | "integer" | "double" | "boolean" | "jsonarray" | "jsonobject";
  readonly length: number;
  readonly mandatory?: boolean;
  readonly readOnly?: boolean;
  readonly picks?: readonly string[];
  /** The module that a lookup leads to. */
  readonly to?: string;
  readonly unique?: boolean;
  readonly custom?: boolean;
}

type More = Partial<Pick<Field, "mandatory" | "readOnly" | "unique" | "custom">>;

const lengths: Readonly<Record<string, number>> = { textarea: 32_000, email: 100, phone: 30, website: 450, integer: 9, bigint: 18 };
const jsonTypes: Readonly<Record<string, Field["json"]>> = {
  integer: "integer",
  double: "double",
  currency: "double",
  percent: "double",
  boolean: "boolean",
  multiselectpicklist: "jsonarray",
  lookup: "jsonobject",
  ownerlookup: "jsonobject",
};

export function field(name: string, type = "text", more: More = {}): Field {
  return { name, type, json: jsonTypes[type] ?? "string", length: lengths[type] ?? 255, ...more };
}

export function fields(names: string, type = "text", more: More = {}): readonly Field[] {
  return names.split(" ").map((name) => field(name, type, more));
}

export function picklist(name: string, picks: readonly string[], more: More = {}): Field {
  return { ...field(name, "picklist", more), length: 120, picks };
}

export function lookup(name: string, to: string, more: More = {}): Field {
  return { ...field(name, "lookup", more), to };
}

/** In every module. The metadata calls a tag a text, and its value is a list. */
export const metaFields: readonly Field[] = [
  field("Owner", "ownerlookup"),
  field("Created_By", "ownerlookup", { readOnly: true }),
  field("Modified_By", "ownerlookup", { readOnly: true }),
  field("Created_Time", "datetime", { readOnly: true }),
  field("Modified_Time", "datetime", { readOnly: true }),
  { ...field("Tag"), json: "jsonarray" },
];
