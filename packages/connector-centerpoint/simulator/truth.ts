import type { DataRecord } from "@fieldwright/connector-kit";
import type { Account } from "./account.js";
import type { Related, Stored } from "./kind.js";

/**
 * A row as a whole read shows it: attributes side by side with the relationships that are asked for, each as `{ id, name }`,
 * `name` being null where the relationship leads to nobody.
 */
export function asRead(
  account: Account,
  { path, filesUrl, shown }: { readonly path: string; readonly filesUrl: string; readonly shown: readonly string[] },
  record: DataRecord,
): DataRecord {
  const kind = account.kind(path);
  const { relations, ...row } = record as Stored;
  const whole: Record<string, unknown> = { ...row };
  for (const name of kind?.onDemand ?? []) delete whole[name];
  for (const name of shown) {
    const type = kind?.relationTypes[name];
    if (type === undefined) continue;
    const named = (id: string): DataRecord => ({ id, name: nameOf(account.find(type, id)?.row) });
    const to: Related | undefined = relations[name];
    whole[name] = Array.isArray(to) ? to.map((id: string) => named(id)) : typeof to === "string" ? named(to) : null;
  }
  return path === "files" ? { ...whole, ...addressed(whole, filesUrl) } : whole;
}

function nameOf(row: DataRecord | undefined): unknown {
  return row?.name ?? row?.title ?? null;
}

/** Rows keep only the path; where the files lie is known once the server runs. */
export function addressed(row: DataRecord, filesUrl: string): DataRecord {
  const at = (value: unknown): unknown => (typeof value === "string" && value.startsWith("/") ? filesUrl + value : value);
  return { url: at(row.url), thumbnailUrl: at(row.thumbnailUrl) };
}
