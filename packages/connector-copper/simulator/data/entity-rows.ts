import type { DataRecord } from "@fieldwright/connector-kit";
import { type Random, randomAt } from "@fieldwright/connector-kit/testing";
import type { Entity, Settings } from "../options.js";
import { localDay } from "../zone.js";
import { type CustomValue, generatedValues, valuesByName } from "./custom-values.js";
import type { Definition } from "./definitions.js";
import { firstIds, stagesOfPipeline } from "./ids.js";

export const singular = {
  leads: "lead",
  people: "person",
  companies: "company",
  opportunities: "opportunity",
  projects: "project",
  tasks: "task",
} as const satisfies Record<Entity, string>;

const historyBegins = 1_672_600_000; // seconds; 1 January 2023
const secondsApart = 37;
const hour = 3600;

export interface Ground {
  readonly settings: Settings;
  readonly definitions: readonly Definition[];
}

interface Draft {
  readonly index: number;
  readonly random: Random;
  readonly created: number;
  readonly settings: Settings;
  readonly custom: readonly CustomValue[];
}

export function entityRow({ settings, definitions }: Ground, entity: Entity, index: number): DataRecord {
  const available = definitions.filter((definition) => definition.available_on.includes(singular[entity]));
  const seed = settings.seed * 31 + firstIds[entity];
  const draft: Draft = {
    index,
    settings,
    random: randomAt(seed, index),
    created: createdAt(index),
    custom: generatedValues(available, { seed, index, zone: settings.timeZone }),
  };
  if (entity !== "companies") return makers[entity](draft);
  const said = settings.company(index);
  const row = makers.companies(draft);
  if (!said) return row;
  const custom = said.custom ? { custom_fields: valuesByName(available, said.custom, settings.timeZone) } : {};
  return { ...row, ...said.fields, ...custom };
}

function createdAt(index: number): number {
  return historyBegins + index * secondsApart;
}

const makers: Readonly<Record<Entity, (draft: Draft) => DataRecord>> = { leads, people, companies, opportunities, projects, tasks };

function idIn(
  draft: Draft,
  kind: "users" | "companies" | "people" | "customer_sources" | "contact_types" | "lead_statuses" | "loss_reasons",
) {
  const size = draft.settings.sizes[kind];
  return size === 0 ? null : firstIds[kind] + draft.random.integer(0, size - 1);
}

function address({ random }: Draft): DataRecord {
  const { city, state, zip } = random.city();
  return { street: random.street(), city, state, postal_code: zip, country: "US" };
}

function times({ created, index }: Draft): DataRecord {
  return { date_created: created, date_modified: created + (index % 7) * hour };
}

function phones({ random }: Draft): readonly DataRecord[] {
  return random.chance(0.8) ? [{ number: random.phone(), category: random.pick(["mobile", "work", "home"]) }] : [];
}

function tags({ random }: Draft): readonly string[] {
  return random.chance(0.3) ? [random.pick(["vip", "storm", "referral"])] : [];
}

function human({ random }: Draft): DataRecord {
  const first = random.givenName();
  const last = random.familyName();
  return { name: `${first} ${last}`, prefix: null, first_name: first, last_name: last, middle_name: null, suffix: null };
}

function leads(draft: Draft): DataRecord {
  const { random, index, created } = draft;
  const id = firstIds.leads + index;
  const converted = index % 11 === 10;
  const status = draft.settings.sizes.lead_statuses === 0 ? 0 : random.integer(0, draft.settings.sizes.lead_statuses - 1);
  return {
    id,
    ...human(draft),
    address: address(draft),
    assignee_id: idIn(draft, "users"),
    company_name: random.chance(0.6) ? `${random.familyName()} Roofing` : null,
    customer_source_id: idIn(draft, "customer_sources"),
    details: random.chance(0.4) ? random.sentence() : null,
    email: random.chance(0.9) ? { email: `lead.${id}@example.test`, category: "work" } : null,
    interaction_count: 0,
    monetary_unit: "USD",
    monetary_value: random.chance(0.5) ? random.integer(1, 90) * 100 : null,
    converted_unit: null,
    converted_value: null,
    socials: [],
    status_id: firstIds.lead_statuses + status,
    tags: tags(draft),
    title: random.chance(0.3) ? "Owner" : null,
    websites: [],
    phone_numbers: phones(draft),
    custom_fields: draft.custom,
    ...times(draft),
    date_last_contacted: null,
    converted_opportunity_id: null,
    converted_contact_id: converted ? idIn(draft, "people") : null,
    converted_at: converted ? created + hour : null,
  };
}

function people(draft: Draft): DataRecord {
  const { random, index } = draft;
  const id = firstIds.people + index;
  return {
    id,
    ...human(draft),
    address: address(draft),
    assignee_id: idIn(draft, "users"),
    company_id: random.chance(0.6) ? idIn(draft, "companies") : null,
    contact_type_id: idIn(draft, "contact_types"),
    details: null,
    emails: random.chance(0.9) ? [{ email: `person.${id}@example.test`, category: "work" }] : [],
    phone_numbers: phones(draft),
    socials: random.chance(0.1) ? [{ url: `https://linkedin.example.com/${id}`, category: "linkedin" }] : [],
    tags: tags(draft),
    title: random.chance(0.3) ? "Office manager" : null,
    websites: [],
    custom_fields: draft.custom,
    ...times(draft),
    date_last_contacted: null,
    interaction_count: 0,
    leads_converted_from: [],
    date_lead_created: null,
  };
}

function companies(draft: Draft): DataRecord {
  const { random, index } = draft;
  const id = firstIds.companies + index;
  return {
    id,
    name: `${random.familyName()} ${random.pick(["Builders", "Homes", "Property"])} ${index + 1}`,
    address: address(draft),
    assignee_id: idIn(draft, "users"),
    contact_type_id: idIn(draft, "contact_types"),
    details: random.chance(0.3) ? random.sentence() : null,
    email_domain: `firm-${id}.example.com`,
    phone_numbers: phones(draft),
    primary_contact_id: null,
    socials: [],
    tags: tags(draft),
    websites: [{ url: `http://firm-${id}.example.com`, category: "work" }],
    custom_fields: draft.custom,
    interaction_count: 0,
    ...times(draft),
    date_last_contacted: null,
  };
}

function opportunities(draft: Draft): DataRecord {
  const { random, index, settings, created } = draft;
  const pipeline = settings.sizes.pipelines === 0 ? 0 : random.integer(0, settings.sizes.pipelines - 1);
  const stage = pipeline * stagesOfPipeline + random.integer(0, stagesOfPipeline - 1);
  const status = random.pick(["Open", "Open", "Won", "Lost", "Abandoned"]);
  return {
    id: firstIds.opportunities + index,
    name: `Roof ${index + 1}`,
    assignee_id: idIn(draft, "users"),
    close_date: localDay(random.date("2024-01-01", "2026-12-31").toISOString().slice(0, 10), settings.dateOrder),
    company_id: idIn(draft, "companies"),
    customer_source_id: idIn(draft, "customer_sources"),
    details: null,
    loss_reason_id: status === "Lost" ? idIn(draft, "loss_reasons") : null,
    monetary_unit: "USD",
    monetary_value: random.integer(10, 900) * 100,
    converted_unit: null,
    converted_value: null,
    pipeline_id: firstIds.pipelines + pipeline,
    pipeline_stage_id: firstIds.pipeline_stages + stage,
    primary_contact_id: idIn(draft, "people"),
    priority: random.pick(["None", "Low", "Medium", "High"]),
    status,
    tags: tags(draft),
    interaction_count: 0,
    win_probability: random.integer(0, 20) * 5,
    date_stage_changed: created,
    date_last_contacted: null,
    leads_converted_from: [],
    date_lead_created: null,
    custom_fields: draft.custom,
    ...times(draft),
  };
}

function projects(draft: Draft): DataRecord {
  const { random, index } = draft;
  const company = random.chance(0.5) ? idIn(draft, "companies") : null;
  return {
    id: firstIds.projects + index,
    name: `Build ${index + 1}`,
    related_resource: company === null ? null : { id: company, type: "company" },
    assignee_id: idIn(draft, "users"),
    status: random.pick(["Open", "Completed"]),
    details: null,
    tags: tags(draft),
    custom_fields: draft.custom,
    ...times(draft),
  };
}

function tasks(draft: Draft): DataRecord {
  const { random, index, created } = draft;
  const person = random.chance(0.5) ? idIn(draft, "people") : null;
  const isDone = random.chance(0.4);
  return {
    id: firstIds.tasks + index,
    name: `Call back ${index + 1}`,
    related_resource: person === null ? { id: null, type: null } : { id: person, type: "person" },
    assignee_id: idIn(draft, "users"),
    due_date: created + random.integer(1, 20) * 24 * hour,
    reminder_date: null,
    completed_date: isDone ? created + 2 * hour : null,
    priority: random.pick(["None", "High"]),
    status: isDone ? "Completed" : "Open",
    details: random.chance(0.4) ? random.sentence() : null,
    tags: tags(draft),
    custom_fields: draft.custom,
    ...times(draft),
    custom_activity_type_id: null,
  };
}
