import type { DataRecord } from "@fieldwright/connector-kit";

/** `{"1":{"name":"Region","type":"Text","value":"West"}}`: how the database keeps them. */
export function customFieldsOf(values: Readonly<Record<string, string>>): DataRecord {
  return Object.fromEntries(Object.entries(values).map(([name, value], index) => [String(index + 1), { name, type: "Text", value }]));
}
