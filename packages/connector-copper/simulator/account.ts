import type { DataRecord } from "@fieldwright/connector-kit";
import { createTable, type Table } from "@fieldwright/connector-kit/testing";
import { asDefinition, type Definition, definitionsFrom } from "./data/definitions.js";
import { entityRow } from "./data/entity-rows.js";
import { firstIds, stagesOfPipeline } from "./data/ids.js";
import {
  activityRow,
  activityTypeRow,
  fileRow,
  leadStatusRow,
  namedRow,
  pipelineRow,
  relatedRow,
  stageRow,
  userRow,
} from "./data/other-rows.js";
import { type Entity, entities, type Settings } from "./options.js";

export type Kind =
  | Entity
  | "activities"
  | "users"
  | "pipelines"
  | "pipeline_stages"
  | "customer_sources"
  | "contact_types"
  | "loss_reasons"
  | "lead_statuses"
  | "activity_types"
  | "custom_field_definitions"
  | "files"
  | "relations"
  | "links";

export interface Webhook {
  readonly id: number;
  readonly target: string;
  readonly type: string;
  readonly event: string;
  readonly secret?: DataRecord;
  readonly headers?: Readonly<Record<string, string>>;
  readonly created_at: number;
}

/** What would have been posted to a webhook's target, once and never again. */
export interface Delivery {
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: DataRecord;
}

export interface Account {
  readonly settings: Settings;
  readonly kinds: Readonly<Record<Kind, Table>>;
  readonly webhooks: Map<number, Webhook>;
  readonly deliveries: Delivery[];
  /** Activities that were deleted: their ids still answer. */
  readonly goneActivities: Set<number>;
  /** Writes that searches do not show yet: until when, by `kind/id`, and how the record was before (`null`: not at all). */
  readonly unseen: Map<string, { readonly untilMs: number; readonly before: DataRecord | null }>;
  /** Rises with every change of any kind. */
  version: number;
  now(): number;
  nextId(kind: Kind): number;
  definitions(): readonly Definition[];
}

export function createAccount(settings: Settings): Account {
  const definitions = definitionsFrom(settings.customFields);
  const ground = { settings, definitions: definitions.map(asDefinition) };
  const { sizes } = settings;
  const next = new Map<string, number>();
  const kinds: Record<string, Table> = {};
  const account: Account = {
    settings,
    kinds: kinds as Record<Kind, Table>,
    webhooks: new Map(),
    deliveries: [],
    goneActivities: new Set(),
    unseen: new Map(),
    version: 0,
    now: () => Math.floor(settings.clock.now().getTime() / 1000),
    nextId(kind) {
      const id = next.get(kind) ?? 1;
      next.set(kind, id + 1);
      return id;
    },
    definitions: () => [...account.kinds.custom_field_definitions].map(asDefinition),
  };
  const add = (kind: Kind, made: Made): void => {
    next.set(kind, (made.first ?? 1) + made.count);
    kinds[kind] = watched(account, kind, tableOf(made));
  };
  for (const entity of entities)
    add(entity, { first: firstIds[entity], count: sizes[entity], at: (index) => entityRow(ground, entity, index), touch: "date_modified" });
  const activities = sizes.people + sizes.leads === 0 ? 0 : sizes.activities;
  add("activities", { first: firstIds.activities, count: activities, at: (n) => activityRow(settings, n), touch: "date_modified" });
  add("users", { first: firstIds.users, count: sizes.users, at: (n) => userRow(settings, n) });
  add("pipelines", { first: firstIds.pipelines, count: sizes.pipelines, at: pipelineRow });
  add("pipeline_stages", { first: firstIds.pipeline_stages, count: sizes.pipelines * stagesOfPipeline, at: stageRow });
  for (const kind of ["customer_sources", "contact_types", "loss_reasons"] as const)
    add(kind, { first: firstIds[kind], count: sizes[kind], at: (index) => namedRow(kind, index) });
  add("lead_statuses", { first: firstIds.lead_statuses, count: sizes.lead_statuses, at: leadStatusRow });
  add("activity_types", { key: "key", count: sizes.activity_types, at: (n) => keyed(activityTypeRow(n)) });
  add("custom_field_definitions", { first: 705_001, count: definitions.length, at: (index) => definitions[index] ?? {} });
  add("files", { first: firstIds.files, count: sizes.files, at: (index) => fileRow(settings, index) });
  const related = sizes.opportunities + sizes.people === 0 ? 0 : sizes.related_items;
  add("relations", { key: "key", count: related, at: (index) => relatedRow(settings, index) });
  add("links", { first: 40_001, count: 0, at: () => ({}) });
  return account;
}

interface Made {
  readonly key?: string;
  readonly first?: number;
  readonly count: number;
  readonly at: (index: number) => DataRecord;
  readonly touch?: string;
}

function tableOf({ key = "id", first, count, at, touch }: Made): Table {
  return createTable({
    key,
    records: { count, at },
    ...(first === undefined ? {} : { indexOf: (id: string) => Number(id) - first }),
    ...(touch === undefined
      ? {}
      : { touch: (record: DataRecord, now: Date) => ({ ...record, [touch]: Math.floor(now.getTime() / 1000) }) }),
  });
}

function keyed(type: DataRecord): DataRecord {
  return { key: `${String(type.category)}/${String(type.id)}`, ...type };
}

/** Every change counts, and is kept from searches for as long as the index lags behind. */
function watched(account: Account, kind: Kind, table: Table): Table {
  const note = (key: unknown, before: DataRecord | null): void => {
    account.version += 1;
    const { searchLagMs, clock } = account.settings;
    const name = `${kind}/${String(key)}`;
    if (searchLagMs > 0 && !account.unseen.has(name)) account.unseen.set(name, { untilMs: clock.now().getTime() + searchLagMs, before });
  };
  return {
    key: table.key,
    get size() {
      return table.size;
    },
    get: (key) => table.get(key),
    has: (key) => table.has(key),
    slice: (offset, limit) => table.slice(offset, limit),
    filter: (test) => table.filter(test),
    useClock: (now) => table.useClock(now),
    [Symbol.iterator]: () => table[Symbol.iterator](),
    add(record) {
      const added = table.add(record);
      note(added[table.key], null);
      return added;
    },
    change(key, set) {
      const before = table.get(key) ?? null;
      const changed = table.change(key, set);
      note(key, before);
      return changed;
    },
    remove(key) {
      table.remove(key);
      account.version += 1;
    },
  };
}
