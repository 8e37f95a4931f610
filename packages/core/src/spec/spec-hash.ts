import { createHash } from "node:crypto";
import type { Spec } from "./model.js";

type Deciding = Omit<Spec, "about" | "file" | "hash" | "run" | "lines" | "source">;

/** Names everything that decides about records: same hash, same outcome. Comments, order of fields and schedule do not count. */
export function specHash(spec: Deciding): string {
  const { version, name, from, to, match, write, fields, whenSourceDeleted } = spec;
  const sorted = [...fields].sort((a, b) => (a.target < b.target ? -1 : 1));
  const text = JSON.stringify(canonical({ version, name, from, to, match, write, fields: sorted, whenSourceDeleted }));
  return createHash("sha256").update(text).digest("hex").slice(0, 12);
}

function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(([, each]) => each !== undefined);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, each]) => [key, canonical(each)]));
}
