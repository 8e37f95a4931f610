import type { Kind } from "../kinds.js";
import { shown } from "../list-page.js";
import { lists } from "../lists.js";
import { notFound } from "../problem.js";
import type { Row } from "../store.js";
import type { Tenant } from "../tenant.js";

/** The record with the id in the path. */
export function existing(tenant: Tenant, kind: Kind, id: string): Row {
  const row = /^\d{1,18}$/.test(id) ? tenant.stores[kind].get(Number(id)) : undefined;
  if (row === undefined) throw notFound(`${kind} ${id}`);
  return row;
}

/** What a write answers: the row as lists show it. */
export function answer(tenant: Tenant, kind: Kind, row: Row, status = 200): Response {
  const list = lists.find((one) => one.kind === kind);
  return Response.json(list === undefined ? row : shown(tenant, list, { row }), { status });
}

/** Applies what this tenant does not drop in silence. */
export function applied(
  tenant: Tenant,
  kind: Kind,
  { id, set }: { readonly id: number; readonly set: Readonly<Record<string, unknown>> },
): Row {
  return tenant.change(kind, id, taken(tenant, kind, set));
}

export function taken(tenant: Tenant, kind: Kind, set: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const dropped = new Set(tenant.settings.dropped[kind] ?? []);
  return Object.fromEntries(Object.entries(set).filter(([name]) => !dropped.has(name)));
}

/** Keeps external data aside: it is shown only to who names its application. */
export function keepExternal(tenant: Tenant, kind: Kind, { id, value }: { readonly id: number; readonly value: unknown }): void {
  if (typeof value !== "object" || value === null) return;
  const { applicationGuid, externalData, patchMode } = value as {
    applicationGuid: string;
    externalData: { key: string; value: string }[];
    patchMode?: string;
  };
  const name = `${kind} ${id} ${applicationGuid}`;
  const old = patchMode === "Merge" ? (tenant.external.get(name) ?? []) : [];
  tenant.external.set(name, [...old.filter((entry) => !externalData.some((one) => one.key === entry.key)), ...externalData]);
}

export function nothing(): Response {
  return new Response(null, { status: 200 });
}
