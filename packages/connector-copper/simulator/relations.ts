import type { DataRecord } from "@fieldwright/connector-kit";
import type { Table } from "@fieldwright/connector-kit/testing";
import type { Account } from "./account.js";
import { singular } from "./data/entity-rows.js";
import { type Entity, entities } from "./options.js";
import { notFound, Refusal } from "./refusal.js";

/** Which kinds can be related; each pair in the order in which its two ends are kept. */
const allowed = new Set([
  ...["person/company", "person/opportunity", "person/task", "person/project", "company/opportunity", "company/task", "company/project"],
  ...["opportunity/task", "opportunity/project", "task/project", "task/lead"],
]);

export interface End {
  readonly type: string;
  readonly id: number;
}

export function entityOf(type: string): Entity | undefined {
  return entities.find((entity) => singular[entity] === type);
}

function inOrder(a: End, b: End): readonly [End, End] {
  if (allowed.has(`${a.type}/${b.type}`)) return [a, b];
  if (allowed.has(`${b.type}/${a.type}`)) return [b, a];
  throw new Refusal(422, `Invalid request: A ${a.type} cannot be related to a ${b.type}`);
}

function relation([one, other]: readonly [End, End]): DataRecord {
  return { key: `${one.type}/${one.id}/${other.type}/${other.id}`, one: one.type, one_id: one.id, other: other.type, other_id: other.id };
}

export function isRelated(record: DataRecord, type: string, id: number): boolean {
  return (record.one === type && record.one_id === id) || (record.other === type && record.other_id === id);
}

/** Relations that stand in a field of a record: a person's company, what a task or a project belongs to. */
function fromFields(account: Account, entity: "people" | "tasks" | "projects", record: DataRecord): DataRecord | undefined {
  const me: End = { type: singular[entity], id: Number(record.id) };
  const own = record.related_resource as { readonly id: number | null; readonly type: string } | null | undefined;
  const to: End | undefined =
    entity === "people"
      ? typeof record.company_id === "number"
        ? { type: "company", id: record.company_id }
        : undefined
      : own && own.id !== null
        ? { type: own.type, id: own.id }
        : undefined;
  const held = to && entityOf(to.type);
  if (!to || !held || !account.kinds[held].has(to.id)) return undefined;
  return relation(inOrder(me, to));
}

function* all(account: Account): Generator<DataRecord> {
  yield* account.kinds.relations;
  for (const entity of ["people", "tasks", "projects"] as const)
    for (const record of account.kinds[entity]) {
      const found = fromFields(account, entity, record);
      if (found && !account.kinds.relations.has(String(found.key))) yield found;
    }
}

interface Index {
  readonly version: number;
  readonly byEnd: ReadonlyMap<string, readonly End[]>;
}

const indexes = new WeakMap<Account, Index>();

/** What the record is related to; from an index that is made anew after a change. */
export function relatedTo(account: Account, end: End): readonly End[] {
  const known = indexes.get(account);
  if (known?.version === account.version) return known.byEnd.get(`${end.type}/${end.id}`) ?? [];
  const byEnd = new Map<string, End[]>();
  const note = (from: string, to: End): void => void (byEnd.get(from)?.push(to) ?? byEnd.set(from, [to]));
  for (const one of all(account)) {
    const [a, b]: [End, End] = [
      { type: String(one.one), id: Number(one.one_id) },
      { type: String(one.other), id: Number(one.other_id) },
    ];
    note(`${a.type}/${a.id}`, b);
    note(`${b.type}/${b.id}`, a);
  }
  indexes.set(account, { version: account.version, byEnd });
  return byEnd.get(`${end.type}/${end.id}`) ?? [];
}

export function relate(account: Account, from: End, to: End): void {
  const target = entityOf(to.type);
  if (!target || !account.kinds[target].has(to.id)) throw notFound();
  const record = relation(inOrder(from, to));
  if (relatedTo(account, from).some((end) => end.type === to.type && end.id === to.id)) return;
  const person = [from, to].find((end) => end.type === "person");
  const company = [from, to].find((end) => end.type === "company");
  if (person && company) {
    if (relatedTo(account, person).some((end) => end.type === "company"))
      throw new Refusal(422, "Invalid request: A person can be related to one company only");
    account.kinds.people.change(person.id, { company_id: company.id });
    return;
  }
  const task = [from, to].find((end) => end.type === "task");
  if (task && relatedTo(account, task).length > 0) throw new Refusal(422, "Invalid request: A task can be related to one record only");
  account.kinds.relations.add(record);
}

/** @throws where the two are not related. */
export function unrelateEnds(account: Account, from: End, to: End): void {
  if (!relatedTo(account, from).some((end) => end.type === to.type && end.id === to.id))
    throw new Refusal(422, "Invalid request: Resources are not related");
  unrelate(account, relation(inOrder(from, to)));
}

export function unrelate(account: Account, record: DataRecord): void {
  const ends = [`${String(record.one)}/${String(record.one_id)}`, `${String(record.other)}/${String(record.other_id)}`];
  if (account.kinds.relations.has(String(record.key))) account.kinds.relations.remove(String(record.key));
  for (const entity of ["people", "tasks", "projects"] as const) {
    const id = ends.find((end) => end.startsWith(`${singular[entity]}/`))?.split("/")[1];
    const holder = id === undefined ? undefined : account.kinds[entity].get(Number(id));
    if (!holder || fromFields(account, entity, holder)?.key !== record.key) continue;
    account.kinds[entity].change(Number(id), entity === "people" ? { company_id: null } : { related_resource: cleared[entity] });
  }
}

const cleared = { tasks: { id: null, type: null }, projects: null };

/** The relations as a table of their own, those that stand in fields included. */
export function relationsTable(account: Account): Table {
  const list = (): DataRecord[] => [...all(account)];
  const found = (key: string | number): DataRecord | undefined => list().find((one) => one.key === key);
  return {
    key: "key",
    get size() {
      return list().length;
    },
    get: found,
    has: (key) => found(key) !== undefined,
    slice: (offset, limit) => list().slice(offset, offset + limit),
    filter: (test) => list().filter(test),
    add(record) {
      relate(account, { type: String(record.one), id: Number(record.one_id) }, { type: String(record.other), id: Number(record.other_id) });
      return record;
    },
    change: (key) => found(key) ?? missing(key),
    remove: (key) => unrelate(account, found(key) ?? missing(key)),
    useClock: () => undefined,
    [Symbol.iterator]: () => all(account),
  };
}

function missing(key: string | number): never {
  throw new Error(`There is no relation ${key}.`);
}
