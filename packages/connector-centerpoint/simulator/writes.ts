import type { Account } from "./account.js";
import { jobPaths } from "./account.js";
import type { Kind, Related, Stored } from "./kind.js";
import { transitionsFrom } from "./kinds/stages.js";
import { notFound, Refusal } from "./refusal.js";

export interface Sent {
  readonly type: string;
  readonly id?: string;
  readonly attributes: Record<string, unknown>;
  readonly relations: Record<string, Related>;
}

/** The JSON:API document of a request. */
export function sentOf(body: unknown): Sent {
  const data = isObject(body) && isObject(body.data) ? body.data : undefined;
  if (!data) throw new Refusal(400, "Non-Compliant JSON:API Document", "The member data is required.", "/");
  const relations: Record<string, Related> = {};
  for (const [name, value] of Object.entries(isObject(data.relationships) ? data.relationships : {})) relations[name] = linked(value);
  return {
    type: String(data.type),
    ...(data.id === undefined ? {} : { id: String(data.id) }),
    attributes: isObject(data.attributes) ? { ...data.attributes } : {},
    relations,
  };
}

function linked(value: unknown): Related {
  const data = isObject(value) ? value.data : undefined;
  if (Array.isArray(data)) return data.map((one: unknown) => (isObject(one) ? String(one.id) : ""));
  return isObject(data) ? String(data.id) : null;
}

export function create(account: Account, kind: Kind, sent: Sent): Stored {
  if (kind.write.create !== true) throw notAllowed();
  typeFits(kind, sent);
  for (const name of kind.write.required ?? [])
    if (!Object.hasOwn(sent.attributes, name) && !(name === "visible" && "isVisible" in sent.attributes)) throw missing(name);
  for (const name of kind.write.requiredRelations ?? []) if (!sent.relations[name]) throw missing(name, "relationships");
  checkValues(kind, sent.attributes);
  const relations: Record<string, Related> = { ...sent.relations };
  if (jobPaths.includes(kind.path)) relations.workflowStage = kind.path === "services" ? "14" : "4";
  return account.create(kind.path, { ...blank(kind, account), ...renamed(kind, sent), relations });
}

export function update(account: Account, kind: Kind, { id, sent }: { readonly id: string; readonly sent: Sent }): Stored {
  if (kind.write.update !== true) throw notAllowed();
  const found = account.find(kind.path, id);
  if (!found) throw notFound();
  typeFits(kind, sent);
  if (sent.id !== id) throw new Refusal(409, "Conflict", "The resource id does not match the address.", "/data/id");
  checkValues(kind, sent.attributes);
  const relations = { ...found.row.relations, ...sent.relations };
  return account.tables[found.path]?.change(id, { ...renamed(kind, sent), relations }) as Stored;
}

export function remove(account: Account, kind: Kind, id: string): void {
  if (kind.write.delete !== true) throw notAllowed();
  const found = account.find(kind.path, id);
  if (!found) throw notFound();
  account.tables[found.path]?.remove(id);
}

/** One step through the workflow, and only one that is offered. */
export function transition(account: Account, sent: Sent): Stored {
  const production = account.find("services", String(sent.relations.production ?? ""));
  if (!production) throw missing("production", "relationships");
  const way = transitionsFrom(String(production.row.relations.workflowStage ?? "")).find(({ id }) => id === sent.relations.transition);
  if (!way) throw new Refusal(422, "Unprocessable Entity", "The selected transition is not available.", "/data/relationships/transition");
  const relations = { ...production.row.relations, workflowStage: way.to };
  const latestStageTransitionedAt = `${account.settings.clock.now().toISOString().slice(0, 19)}.000000Z`;
  return account.tables[production.path]?.change(production.row.id, { relations, latestStageTransitionedAt }) as Stored;
}

/** Relations that stand in the row as a foreign key, too, and attributes under their names of reading. */
function renamed(kind: Kind, { attributes, relations }: Sent): Record<string, unknown> {
  const row: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "email" && kind.path === "companies") continue; // taken, and never shown again
    if (name === "workflowType") continue;
    row[kind.write.names?.[name] ?? name] = value;
  }
  for (const [name, to] of Object.entries(relations)) if (typeof to === "string") row[`${name}Id`] = Number(to);
  return row;
}

/** Every attribute that such a row shows, without a value. */
function blank(kind: Kind, account: Account): Record<string, unknown> {
  const [like] = account.tables[kind.path]?.slice(0, 1) ?? [];
  const names = Object.keys(like ?? {}).filter((name) => name !== "id" && name !== "relations" && !name.endsWith("At"));
  return Object.fromEntries(names.map((name) => [name, null]));
}

function checkValues(kind: Kind, attributes: Record<string, unknown>): void {
  for (const [name, most] of Object.entries(kind.write.longest ?? {}))
    if (String(attributes[name] ?? "").length > most) throw invalid(name, `The ${name} field must not be greater than ${most} characters.`);
  for (const [name, values] of Object.entries(kind.write.oneOf ?? {}))
    if (attributes[name] !== undefined && !values.includes(String(attributes[name])))
      throw invalid(name, `The selected ${name} is invalid.`);
}

function typeFits(kind: Kind, sent: Sent): void {
  if (sent.type !== kind.path)
    throw new Refusal(409, "Conflict", `The resource type ${sent.type} is not supported by this endpoint.`, "/data/type");
}

function invalid(name: string, detail: string): Refusal {
  return new Refusal(422, "Unprocessable Entity", detail, `/data/attributes/${name}`);
}

function missing(name: string, where = "attributes"): Refusal {
  return new Refusal(422, "Unprocessable Entity", `The ${name} field is required.`, `/data/${where}/${name}`);
}

function notAllowed(): Refusal {
  return new Refusal(405, "Method Not Allowed");
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
