import type { Account } from "./account.js";
import type { Kind, Related, Stored } from "./kind.js";
import { transitionsFrom } from "./kinds/stages.js";
import { Refusal } from "./refusal.js";
import { addressed } from "./truth.js";

export interface Resource {
  readonly type: string;
  readonly id: string;
  readonly attributes: Record<string, unknown>;
  readonly relationships?: Record<string, unknown>;
}

export interface Wanted {
  readonly include: readonly string[];
  /** By resource type; a type that is named shows only these. */
  readonly fields: ReadonlyMap<string, ReadonlySet<string>>;
}

interface Shown {
  readonly account: Account;
  readonly wanted: Wanted;
  readonly included: Map<string, Resource>;
}

/** `{ data, included }` for some rows of one kind. */
export function documentOf(account: Account, kind: Kind, { rows, wanted }: { readonly rows: readonly Stored[]; readonly wanted: Wanted }) {
  for (const name of wanted.include)
    if (!Object.hasOwn(kind.relationTypes, name.split(".")[0] ?? ""))
      throw new Refusal(400, "Invalid Query Parameter", `Include path ${name} is not allowed.`);
  const shown: Shown = { account, wanted, included: new Map() };
  const data = rows.map((row) => resourceOf(shown, kind, row));
  return { data, ...(wanted.include.length > 0 ? { included: [...shown.included.values()] } : {}) };
}

function resourceOf(shown: Shown, kind: Kind, row: Stored): Resource {
  const attributes = attributesOf(kind, row, shown.wanted.fields.get(kind.type));
  if (kind.path === "files") Object.assign(attributes, addressed(attributes, shown.account.filesUrl()));
  const relationships: Record<string, unknown> = {};
  for (const name of shown.wanted.include) {
    if (name.includes(".")) continue;
    relationships[name] = { data: name === "availableTransitions" ? transitions(shown, row) : linkage(shown, kind, { name, row }) };
  }
  return { type: kind.type, id: row.id, attributes, ...(shown.wanted.include.length > 0 ? { relationships } : {}) };
}

function attributesOf(kind: Kind, row: Stored, only: ReadonlySet<string> | undefined): Record<string, unknown> {
  const attributes: Record<string, unknown> = {};
  for (const name in row) {
    if (name === "id" || name === "relations") continue;
    if (only === undefined ? !kind.onDemand.includes(name) : only.has(name)) attributes[name] = row[name];
  }
  return attributes;
}

function linkage(shown: Shown, kind: Kind, { name, row }: { readonly name: string; readonly row: Stored }): unknown {
  const type = kind.relationTypes[name] ?? name;
  const to: Related | undefined = row.relations[name];
  const link = (id: string): unknown => {
    include(shown, type, id);
    return { type: shown.account.kind(type)?.type ?? type, id };
  };
  if (Array.isArray(to)) return to.map((id: string) => link(id));
  return typeof to === "string" ? link(to) : null;
}

/** What a relationship leads to; nothing where it is gone, though the relationship still names it. */
function include({ account, wanted, included }: Shown, path: string, id: string): void {
  if (included.has(`${path} ${id}`)) return;
  const kind = account.kind(path);
  const found = kind && account.find(path, id);
  if (!found) return;
  const attributes = attributesOf(kind, found.row, wanted.fields.get(kind.type));
  included.set(`${path} ${id}`, { type: kind.type, id, attributes });
}

function transitions(shown: Shown, row: Stored): unknown {
  const ways = transitionsFrom(String(row.relations.workflowStage ?? ""));
  for (const { id, name, to } of ways) {
    include(shown, "workflow_stages", to);
    const relationships = { workflowStage: { data: { type: "workflow_stages", id: to } } };
    shown.included.set(`workflow_transitions ${id}`, { type: "workflow_transitions", id, attributes: { name }, relationships });
  }
  return ways.map(({ id }) => ({ type: "workflow_transitions", id }));
}
