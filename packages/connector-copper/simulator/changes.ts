import type { DataRecord } from "@fieldwright/connector-kit";
import type { Account } from "./account.js";
import type { CustomValue } from "./data/custom-values.js";
import { singular } from "./data/entity-rows.js";
import { firstIds, stagesOfPipeline } from "./data/ids.js";
import type { Entity } from "./options.js";
import { notFound } from "./refusal.js";
import { isRelated, unrelate } from "./relations.js";
import { checkedBody, checkUnique } from "./validation.js";
import { notify } from "./webhooks.js";

export function createRecord(account: Account, entity: Entity, body: DataRecord): DataRecord {
  const set = checkedBody(account, entity, body, "create");
  checkUnique(account, entity, { set });
  const now = account.now();
  const { custom_fields, ...plain } = set;
  const added = account.kinds[entity].add({
    id: account.nextId(entity),
    ...blanks[entity](account, set),
    ...plain,
    ...derived(entity, set),
    custom_fields: mergedCustom([], custom_fields),
    date_created: now,
    date_modified: now,
  });
  notify(account, { type: singular[entity], event: "new", ids: [Number(added.id)] });
  return added;
}

export function updateRecord(
  account: Account,
  entity: Entity,
  { id, body }: { readonly id: number; readonly body: DataRecord },
): DataRecord {
  const before = account.kinds[entity].get(id);
  if (!before || isHidden(account, entity, before)) throw notFound();
  const set = checkedBody(account, entity, body, "update");
  if (Object.keys(set).length === 0) return before;
  checkUnique(account, entity, { set, id });
  const { custom_fields, company_id, ...plain } = set;
  const changes: Record<string, unknown> = { ...plain };
  // A person's company moves only by the relation.
  if (company_id !== undefined && entity !== "people") changes.company_id = company_id;
  if (custom_fields !== undefined) changes.custom_fields = mergedCustom(before.custom_fields, custom_fields);
  if (entity === "tasks" && set.status !== undefined)
    changes.completed_date = set.status === "Completed" ? (before.completed_date ?? account.now()) : null;
  if (entity === "opportunities" && set.pipeline_stage_id !== undefined && set.pipeline_stage_id !== before.pipeline_stage_id)
    changes.date_stage_changed = account.now();
  const after = account.kinds[entity].change(id, changes);
  const updated = Object.fromEntries(Object.keys(plain).map((key) => [key, [before[key] ?? null, after[key] ?? null]]));
  notify(account, { type: singular[entity], event: "update", ids: [id], updated });
  return after;
}

export function deleteRecord(account: Account, entity: Entity, id: number): DataRecord {
  const record = account.kinds[entity].get(id);
  if (!record || isHidden(account, entity, record)) throw notFound();
  for (const relation of [...account.kinds.relations].filter((one) => isRelated(one, singular[entity], id))) unrelate(account, relation);
  account.kinds[entity].remove(id);
  notify(account, { type: singular[entity], event: "delete", ids: [id] });
  return { id, is_deleted: true };
}

/** A converted lead answers to nothing but a search that asks for such. */
export function isHidden(_account: Account, entity: Entity, record: DataRecord): boolean {
  return entity === "leads" && typeof record.converted_at === "number";
}

/** Only the fields that are sent change. */
function mergedCustom(before: unknown, set: unknown): readonly CustomValue[] {
  const all = new Map(((before as readonly CustomValue[] | undefined) ?? []).map((one) => [one.custom_field_definition_id, one.value]));
  for (const { custom_field_definition_id, value } of (set as readonly CustomValue[] | undefined) ?? [])
    all.set(Number(custom_field_definition_id), value);
  return [...all]
    .filter(([, value]) => value !== null)
    .map(([custom_field_definition_id, value]) => ({ custom_field_definition_id, value }));
}

/** Copper reads first and last name out of the name, and a web address out of the mail domain. */
function derived(entity: Entity, set: DataRecord): DataRecord {
  if (entity === "leads" || entity === "people") {
    const [first = "", ...rest] = String(set.name).split(" ");
    return {
      first_name: set.first_name ?? first,
      last_name: set.last_name ?? (rest.length > 0 ? rest.join(" ") : null),
    };
  }
  if (entity !== "companies" || typeof set.email_domain !== "string" || set.websites !== undefined) return {};
  return { websites: [{ url: `http://${set.email_domain}`, category: "work" }] };
}

const noAddress = { street: null, city: null, state: null, postal_code: null, country: null };
const noName = { prefix: null, first_name: null, last_name: null, middle_name: null, suffix: null };
const noContact = { date_last_contacted: null, interaction_count: 0 };
const reach = { phone_numbers: [], socials: [], tags: [], websites: [] };

const blanks: Readonly<Record<Entity, (account: Account, set: DataRecord) => DataRecord>> = {
  leads: ({ settings }) => ({
    ...{ ...noName, address: null, assignee_id: null, company_name: null, customer_source_id: null, details: null, email: null },
    ...{ monetary_unit: "USD", monetary_value: null, converted_unit: null, converted_value: null, title: null },
    ...{ ...reach, status_id: settings.sizes.lead_statuses === 0 ? null : firstIds.lead_statuses },
    ...{ ...noContact, converted_opportunity_id: null, converted_contact_id: null, converted_at: null },
  }),
  people: ({ settings }) => ({
    ...{ ...noName, address: null, assignee_id: null, company_id: null, details: null, emails: [], title: null },
    ...{ ...reach, ...noContact, contact_type_id: settings.sizes.contact_types === 0 ? null : firstIds.contact_types },
    ...{ leads_converted_from: [], date_lead_created: null },
  }),
  companies: () => ({
    ...{ address: { ...noAddress }, assignee_id: null, contact_type_id: null, details: null, email_domain: null },
    ...{ ...reach, ...noContact, primary_contact_id: null },
  }),
  opportunities: (account, set) => {
    const pipeline = Number(set.pipeline_id ?? firstIds.pipelines);
    const contact = typeof set.primary_contact_id === "number" ? account.kinds.people.get(set.primary_contact_id) : undefined;
    return {
      ...{ assignee_id: null, close_date: null, company_id: contact?.company_id ?? null, customer_source_id: null, details: null },
      ...{ loss_reason_id: null, monetary_unit: "USD", monetary_value: null, converted_unit: null, converted_value: null },
      ...{ pipeline_id: pipeline, pipeline_stage_id: firstIds.pipeline_stages + (pipeline - firstIds.pipelines) * stagesOfPipeline },
      ...{ primary_contact_id: null, priority: "None", status: "Open", tags: [], ...noContact, win_probability: 10 },
      ...{ date_stage_changed: account.now(), leads_converted_from: [], date_lead_created: null },
    };
  },
  projects: () => ({ related_resource: null, assignee_id: null, status: "Open", details: null, tags: [] }),
  tasks: (account, set) => ({
    ...{ related_resource: { id: null, type: null }, assignee_id: firstIds.users, due_date: null, reminder_date: null },
    ...{ completed_date: set.status === "Completed" ? account.now() : null, priority: "None", status: "Open", details: null, tags: [] },
    custom_activity_type_id: null,
  }),
};
