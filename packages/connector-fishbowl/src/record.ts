import type { DataRecord, Field } from "@fieldwright/connector-kit";
import type { Row } from "./api.js";
import { unknownShape } from "./errors.js";
import type { TableModel } from "./table-model.js";
import type { Zone } from "./zone.js";

/** A row as specs see it. Some servers leave out what is null. */
export function recordOf(model: TableModel, row: Row, zone: Zone): DataRecord {
  const record: Record<string, unknown> = {};
  for (const { as, field, type } of model.asked) record[field] = fieldValue(type, row.get(as.toLowerCase()) ?? null, zone);
  if (typeof record.id !== "number") throw unknownShape(`a query of ${model.kind.table}`);
  const { words } = model.kind;
  if (words !== undefined && model.fields[words.to]) record[words.to] = wordOf(words.of, record[words.from]);
  return record;
}

export function fieldValue(type: Field["type"], value: unknown, zone: Zone): unknown {
  if (value === null || value === undefined) return null;
  switch (type) {
    case "boolean":
      return value === true || value === 1 || value === "1" || value === "true";
    case "integer":
      return typeof value === "string" && Number.isSafeInteger(Number(value)) ? Number(value) : value;
    case "number":
      return Number(value);
    case "decimal":
      return plainDecimal(String(value));
    case "datetime":
      return zone.toUtc(String(value)) ?? null;
    case "date":
      return /^0000/.test(String(value)) ? null : String(value).slice(0, 10);
    case "json":
      return parsed(value);
    default:
      return typeof value === "string" ? value : String(value);
  }
}

/** "12.500000000" and "12.5" are the same amount. */
export function plainDecimal(text: string): string {
  const short = text.includes(".") ? text.replace(/\.?0+$/, "") : text;
  return short === "-0" ? "0" : short;
}

function wordOf(words: Readonly<Record<number, string>>, code: unknown): string | null {
  if (typeof code !== "number") return null;
  return words[code] ?? String(code);
}

function parsed(value: unknown): unknown {
  if (typeof value !== "string") return value;
  if (!/^\s*[[{"]/.test(value)) return value;
  return JSON.parse(value) as unknown;
}
