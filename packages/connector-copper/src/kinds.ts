import type { Field } from "@fieldwright/connector-kit";
import type { EntityKind } from "./entity-kind.js";

const text: Field = { type: "text" };
const shown: Field = { type: "text", readOnly: true };
const id: Field = { type: "integer" };
const count: Field = { type: "integer", readOnly: true };
const moment: Field = { type: "datetime", readOnly: true };
const tags: Field = { type: "list", of: { type: "text", maxLength: 50 }, about: "Replaced as a whole." };
const pairs = (value: string): Field => ({
  type: "list",
  of: { type: "object", fields: { [value]: text, category: text } },
  about: "Replaced as a whole.",
});
const address: Field = { type: "object", fields: { street: text, city: text, state: text, postal_code: text, country: text } };
const related: Field = { type: "object", fields: { id, type: text }, about: "What it belongs to." };
const mail: Field = { type: "text", about: "The address alone; of several, the first. Written, it takes that one's place." };
const phone: Field = { type: "text", about: "The number alone; of several, the first. Written, it takes that one's place." };

const usual = {
  id: { type: "integer", readOnly: true },
  name: { type: "text", required: true },
  assignee_id: id,
  details: text,
  tags,
  date_created: moment,
  date_modified: moment,
} satisfies Readonly<Record<string, Field>>;

const met = { interaction_count: count, date_last_contacted: moment } satisfies Readonly<Record<string, Field>>;

const human = {
  prefix: text,
  first_name: text,
  last_name: text,
  middle_name: text,
  suffix: text,
  title: text,
  address,
  phone_numbers: pairs("number"),
  phone_number: phone,
  socials: pairs("url"),
  websites: pairs("url"),
} satisfies Readonly<Record<string, Field>>;

const name = { name: { key: "name", one: true } };
const forGood = "Deleting is for good: the API knows no trash.";

export const leads: EntityKind = {
  path: "leads",
  type: "lead",
  word: "lead",
  about: "Leads, converted ones too unless the options say otherwise: `converted_at` tells them apart.",
  fields: {
    ...usual,
    ...human,
    ...met,
    company_name: text,
    customer_source_id: id,
    email: { type: "object", fields: { email: text, category: text } },
    email_address: mail,
    monetary_unit: text,
    monetary_value: { type: "number" },
    converted_unit: shown,
    converted_value: { type: "number", readOnly: true },
    status: { ...shown, about: "The name of `status_id`." },
    status_id: id,
    converted_opportunity_id: { ...count, about: "Set when the lead is converted." },
    converted_contact_id: { ...count, about: "The person that the lead became." },
    converted_at: moment,
  },
  references: {
    assignee_id: "users",
    customer_source_id: "customer_sources",
    status_id: "lead_statuses",
    converted_opportunity_id: "opportunities",
    converted_contact_id: "people",
  },
  finds: { ...name, email_address: { key: "emails", one: true } },
  sideEffects: `A converted lead takes no more changes. ${forGood}`,
};

export const people: EntityKind = {
  path: "people",
  type: "person",
  word: "person",
  about: "A mail address belongs to one person only.",
  fields: {
    ...usual,
    ...human,
    ...met,
    company_id: { ...id, about: "Moved by taking the relation to the old company away and making one to the new." },
    company_name: shown,
    contact_type_id: id,
    emails: pairs("email"),
    email_address: mail,
    leads_converted_from: { type: "json", readOnly: true },
    date_lead_created: moment,
  },
  references: { assignee_id: "users", company_id: "companies", contact_type_id: "contact_types" },
  finds: { ...name, email_address: { key: "emails", one: false }, company_id: { key: "company_ids", one: false } },
  sideEffects: forGood,
};

export const companies: EntityKind = {
  path: "companies",
  type: "company",
  word: "company",
  about: "A mail domain belongs to one company only.",
  fields: {
    ...usual,
    ...met,
    address,
    contact_type_id: id,
    email_domain: text,
    phone_numbers: pairs("number"),
    phone_number: phone,
    primary_contact_id: id,
    socials: pairs("url"),
    websites: pairs("url"),
  },
  references: { assignee_id: "users", contact_type_id: "contact_types", primary_contact_id: "people" },
  finds: { ...name, email_domain: { key: "email_domains", one: true } },
  sideEffects: `Copper fills in a web address from the mail domain of a new company. ${forGood}`,
};

export const opportunities: EntityKind = {
  path: "opportunities",
  type: "opportunity",
  word: "opportunity",
  about: "Without a pipeline a new one goes to the first; without a company, to that of its main contact.",
  fields: {
    ...usual,
    ...met,
    close_date: { type: "date" },
    company_id: id,
    company_name: shown,
    customer_source_id: id,
    loss_reason_id: { ...id, about: "Only with the status Lost." },
    monetary_unit: text,
    monetary_value: { type: "number" },
    converted_unit: shown,
    converted_value: { type: "number", readOnly: true },
    pipeline_id: id,
    pipeline_stage_id: id,
    pipeline_is_revenue: { type: "boolean", readOnly: true },
    pipeline_type: shown,
    primary_contact_id: { ...id, about: "Copper wants it of a new opportunity; recent accounts may not." },
    priority: { type: "text", options: ["None", "Low", "Medium", "High"] },
    status: { type: "text", options: ["Open", "Won", "Lost", "Abandoned"] },
    win_probability: { type: "number" },
    date_stage_changed: moment,
    leads_converted_from: { type: "json", readOnly: true },
    date_lead_created: moment,
  },
  references: {
    assignee_id: "users",
    company_id: "companies",
    customer_source_id: "customer_sources",
    loss_reason_id: "loss_reasons",
    pipeline_id: "pipelines",
    pipeline_stage_id: "pipeline_stages",
    primary_contact_id: "people",
  },
  finds: { ...name, company_id: { key: "company_ids", one: false }, primary_contact_id: { key: "primary_contact_ids", one: false } },
  sideEffects: forGood,
};

export const projects: EntityKind = {
  path: "projects",
  type: "project",
  word: "project",
  about: "What is being built or done.",
  fields: { ...usual, related_resource: related, status: { type: "text", options: ["Open", "Completed"] } },
  references: { assignee_id: "users" },
  finds: name,
  sideEffects: forGood,
};

export const tasks: EntityKind = {
  path: "tasks",
  type: "task",
  word: "task",
  about: "Something that a user has to do.",
  fields: {
    ...usual,
    related_resource: related,
    due_date: { type: "datetime" },
    reminder_date: { type: "datetime" },
    completed_date: { ...moment, about: "Set by Copper when the status becomes Completed." },
    priority: { type: "text", options: ["None", "High"] },
    status: { type: "text", options: ["Open", "Completed"] },
    custom_activity_type_id: id,
  },
  references: { assignee_id: "users" },
  finds: name,
  sideEffects: `A new task without an assignee belongs to the key's user. ${forGood}`,
};
