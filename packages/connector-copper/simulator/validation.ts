import type { DataRecord } from "@fieldwright/connector-kit";
import type { Account } from "./account.js";
import { asDefinition, type Definition } from "./data/definitions.js";
import { singular } from "./data/entity-rows.js";
import type { Entity } from "./options.js";
import { idFrom, invalid, spoken, unrecognized } from "./refusal.js";
import { dayOfLocal, localDay } from "./zone.js";

const human = ["name", "prefix", "first_name", "last_name", "middle_name", "suffix", "address", "title", "websites", "socials"];
const usual = ["assignee_id", "details", "tags", "custom_fields"];

const writable: Readonly<Record<Entity, readonly string[]>> = {
  leads: [
    ...human,
    ...usual,
    "company_name",
    "customer_source_id",
    "email",
    "monetary_unit",
    "monetary_value",
    "status",
    "status_id",
    "phone_numbers",
  ],
  people: [...human, ...usual, "company_id", "contact_type_id", "emails", "phone_numbers"],
  companies: [...usual, "name", "address", "contact_type_id", "email_domain", "phone_numbers", "primary_contact_id", "socials", "websites"],
  opportunities: [
    ...[...usual, "name", "close_date", "company_id", "customer_source_id", "loss_reason_id", "monetary_unit", "monetary_value"],
    ...["pipeline_id", "pipeline_stage_id", "primary_contact_id", "priority", "status", "win_probability"],
  ],
  projects: [...usual, "name", "related_resource", "status"],
  tasks: [...usual, "name", "related_resource", "due_date", "reminder_date", "priority", "status", "custom_activity_type_id"],
};

/** Accepted and without effect: a client may send back what it has read. */
const ignored = ["id", "date_created", "date_modified", "interaction_count", "company_name", "date_last_contacted"];

/** What of a body is to be set. @throws what the vendor says against it. */
export function checkedBody(account: Account, entity: Entity, body: DataRecord, doing: "create" | "update"): DataRecord {
  const unknown = Object.keys(body).filter((key) => !writable[entity].includes(key) && !ignored.includes(key));
  if (unknown.length > 0) throw unrecognized(unknown);
  const set: Record<string, unknown> = Object.fromEntries(Object.entries(body).filter(([key]) => writable[entity].includes(key)));
  const nameless = set.name === undefined ? doing === "create" : set.name === null || set.name === "";
  if (nameless) throw invalid("Name", "can't be blank");
  if (entity === "opportunities" && doing === "create" && (set.primary_contact_id ?? null) === null)
    throw invalid("Primary Contact", "can't be blank");
  for (const [key, value] of Object.entries(set)) set[key] = checkedValue(account, entity, [key, value]);
  if (typeof set.status === "string" && entity === "leads") {
    const named = account.kinds.lead_statuses.filter((status) => status.name === set.status)[0];
    if (!named) throw invalid("Status", `Invalid value for Status: ${set.status}`);
    set.status_id = named.id;
  }
  if (entity === "leads") delete set.status;
  return set;
}

function checkedValue(account: Account, entity: Entity, [key, value]: readonly [string, unknown]): unknown {
  if (key === "custom_fields") return checkedCustom(account, entity, value);
  if (value === null) return ["tags", "emails", "phone_numbers", "websites", "socials"].includes(key) ? [] : null;
  if (key.endsWith("_id")) return idFrom(key, value);
  if (key === "close_date") return checkedDay(account, value);
  if (key === "tags") return (value as readonly string[]).map((tag) => String(tag).toLowerCase());
  const choices: Readonly<Record<string, readonly string[]>> = {
    status: entity === "opportunities" ? ["Open", "Won", "Lost", "Abandoned"] : ["Open", "Completed"],
    priority: entity === "tasks" ? ["None", "High"] : ["None", "Low", "Medium", "High"],
  };
  if (entity !== "leads" && choices[key] && !choices[key].includes(String(value)))
    throw invalid(spoken(key), `Invalid value for ${spoken(key)}: ${String(value)}`);
  if ((key === "due_date" || key === "reminder_date") && typeof value !== "number")
    throw invalid(spoken(key), `Invalid value for ${spoken(key)}: ${String(value)}`);
  return value;
}

function checkedDay({ settings }: Account, value: unknown): string {
  const day = typeof value === "string" ? dayOfLocal(value, settings.dateOrder) : undefined;
  if (day === undefined) throw invalid("Close Date", `Invalid value for Close Date: ${String(value)}`);
  return localDay(day, settings.dateOrder);
}

function checkedCustom(account: Account, entity: Entity, value: unknown): readonly DataRecord[] {
  if (!Array.isArray(value)) throw invalid("Custom Fields", "Invalid value for Custom Fields");
  return value.map((one: DataRecord) => {
    const id = idFrom("custom_field_definition_id", one.custom_field_definition_id);
    const record = account.kinds.custom_field_definitions.get(id);
    const definition = record && asDefinition(record);
    if (!definition?.available_on.includes(singular[entity])) throw invalid("Custom Fields", `Invalid custom field definition id: ${id}`);
    if (!fitsType(definition, one.value))
      throw invalid(definition.name, `Invalid value for ${definition.name}: ${JSON.stringify(one.value)}`);
    return { custom_field_definition_id: id, value: one.value };
  });
}

function fitsType(definition: Definition, value: unknown): boolean {
  if (value === null) return true;
  const isOption = (id: unknown) => definition.options?.some((option) => option.id === id) ?? false;
  switch (definition.data_type) {
    case "Dropdown":
      return isOption(value);
    case "MultiSelect":
      return Array.isArray(value) && value.every(isOption);
    case "Date":
    case "Percentage":
      return Number.isInteger(value);
    case "Float":
    case "Currency":
      return typeof value === "number";
    case "Checkbox":
      return typeof value === "boolean";
    case "Connect":
      return false;
    case "String":
      return typeof value === "string" && value.length <= 255;
    default:
      return typeof value === "string";
  }
}

/** One mail address belongs to one person, one mail domain to one company. */
export function checkUnique(account: Account, entity: Entity, { set, id }: { readonly set: DataRecord; readonly id?: number }): void {
  if (entity === "companies" && typeof set.email_domain === "string") {
    const taken = account.kinds.companies.filter((one) => one.id !== id && one.email_domain === set.email_domain);
    if (taken.length > 0) throw invalid("Email domain", "has already been taken");
  }
  if (entity !== "people" || !Array.isArray(set.emails) || set.emails.length === 0) return;
  const wanted = new Set(set.emails.map((one: { email: string }) => one.email.toLowerCase()));
  const holds = (person: DataRecord) =>
    ((person.emails as readonly { email: string }[]) ?? []).some((one) => wanted.has(one.email.toLowerCase()));
  if (account.kinds.people.filter((person) => person.id !== id && holds(person)).length > 0)
    throw invalid("Email", "has already been taken");
}
