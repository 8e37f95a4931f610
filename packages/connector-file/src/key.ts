import { createHash } from "node:crypto";
import type { DataRecord } from "@fieldwright/connector-kit";
import { keyFields } from "./layout/columns.js";
import type { StreamOptions } from "./options.js";

/** How the records of a stream are told apart. The number of a row is no identity: it changes with every row that is put in above. */
export interface Key {
  /** The field that carries it. */
  readonly field: string;
  readonly kind: "column" | "columns" | "digest";
  /** The fields that it is made of; none for a digest. */
  readonly parts: readonly string[];
}

export function keyOf(options: Pick<StreamOptions, "key">): Key {
  const parts = keyFields(options);
  if (parts.length === 0) return { field: "_digest", kind: "digest", parts };
  return { field: parts.join("+"), kind: parts.length === 1 ? "column" : "columns", parts };
}

/** The key's value; `undefined` where a part of it is blank. */
export function keyValue({ parts, kind }: Key, values: DataRecord): string | number | undefined {
  if (kind === "digest") return digest(values);
  const found = parts.map((part) => values[part]).filter((value) => value !== null && value !== undefined && String(value).trim() !== "");
  if (found.length < parts.length) return undefined;
  const [only] = found;
  if (kind === "column") return typeof only === "number" ? only : String(only).trim();
  return found.map((value) => String(value).trim().replaceAll("\\", "\\\\").replaceAll("/", "\\/")).join("/");
}

/** The same for the same values, in whatever order the columns stand. */
function digest(values: DataRecord): string {
  const sorted = Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash("sha256").update(JSON.stringify(sorted)).digest("base64url").slice(0, 22);
}
