import type { DataRecord } from "@fieldwright/connector-kit";
import type { Entity } from "./options.js";
import { age, anyOf, closeDate, contains, customFields, equals, type Filter, followed, ids, phone, range } from "./search-filters.js";

export type Searched = Entity | "activities" | "users";

const part = (object: string, name: string) => (record: DataRecord) => (record[object] as DataRecord | null)?.[name];
const of = (field: string) => (record: DataRecord) => record[field];
const urls = (record: DataRecord) => ((record.socials as readonly { url: string }[] | null) ?? []).map((one) => one.url);

function between(name: string, read: Parameters<typeof range>[1]): Readonly<Record<string, Filter>> {
  return { [`minimum_${name}`]: range("from", read), [`maximum_${name}`]: range("to", read) };
}

const always: Readonly<Record<string, Filter>> = {
  ids: ids("id"),
  assignee_ids: ids("assignee_id"),
  tags: anyOfTags(),
  followed,
  custom_fields: customFields,
  ...between("created_date", of("date_created")),
  ...between("modified_date", of("date_modified")),
};

const met: Readonly<Record<string, Filter>> = {
  age,
  ...between("interaction_count", of("interaction_count")),
  ...between("interaction_date", of("date_last_contacted")),
};

const located: Readonly<Record<string, Filter>> = {
  city: contains(part("address", "city")),
  state: contains(part("address", "state")),
  postal_code: contains(part("address", "postal_code")),
  country: contains(part("address", "country")),
  phone_number: phone,
  socials: contains(urls),
};

const name = { name: contains(of("name")) };

/** What each search takes; anything else is refused. */
export const filters: Readonly<Record<Searched, Readonly<Record<string, Filter>>>> = {
  leads: {
    ...always,
    ...met,
    ...located,
    ...name,
    first_name: contains(of("first_name")),
    last_name: contains(of("last_name")),
    middle_name: contains(of("middle_name")),
    company_name: contains(of("company_name")),
    title: contains(of("title")),
    emails: equals(part("email", "email")),
    status_ids: ids("status_id"),
    customer_source_ids: ids("customer_source_id"),
    ...between("monetary_value", of("monetary_value")),
    include_converted_leads: () => () => true,
  },
  people: {
    ...always,
    ...met,
    ...located,
    ...name,
    phone_numbers: phone,
    title: contains(of("title")),
    emails: equals((record) => ((record.emails as readonly { email: string }[] | null) ?? []).map((one) => one.email)),
    contact_type_ids: ids("contact_type_id"),
    company_ids: ids("company_id"),
  },
  companies: {
    ...always,
    ...met,
    ...located,
    ...name,
    email_domains: equals(of("email_domain")),
    email_domain: equals(of("email_domain")),
    contact_type_ids: ids("contact_type_id"),
    primary_contact_ids: ids("primary_contact_id"),
  },
  opportunities: {
    ...always,
    ...met,
    ...name,
    status_ids: anyOf("status", ["Open", "Won", "Lost", "Abandoned"]),
    statuses: anyOf("status"),
    pipeline_ids: ids("pipeline_id"),
    pipeline_stage_ids: ids("pipeline_stage_id"),
    priority_ids: anyOf("priority", ["None", "Low", "Medium", "High"]),
    priorities: anyOf("priority"),
    customer_source_ids: ids("customer_source_id"),
    loss_reason_ids: ids("loss_reason_id"),
    company_ids: ids("company_id"),
    primary_contact_ids: ids("primary_contact_id"),
    ...between("monetary_value", of("monetary_value")),
    ...between("win_probability", of("win_probability")),
    ...between("close_date", closeDate),
    ...between("stage_change_date", of("date_stage_changed")),
    ...between("date_stage_changed", of("date_stage_changed")),
  },
  projects: { ...always, ...name, status_ids: anyOf("status", ["Open", "Completed"]) },
  tasks: {
    ...always,
    ...name,
    statuses: anyOf("status"),
    priorities: anyOf("priority"),
    ...between("due_date", of("due_date")),
    ...between("reminder_date", of("reminder_date")),
    ...between("completed_date", of("completed_date")),
  },
  activities: {
    ids: ids("id"),
    user_ids: ids("user_id"),
    parent: (value) => {
      const { id, type } = value as DataRecord;
      return (record) => part("parent", "id")(record) === Number(id) && part("parent", "type")(record) === type;
    },
    activity_types: (value) => {
      const wanted = new Set((value as readonly DataRecord[]).map((one) => `${String(one.category)}/${String(one.id)}`));
      return (record) => wanted.has(`${String(part("type", "category")(record))}/${String(part("type", "id")(record))}`);
    },
    minimum_activity_date: range("from", of("activity_date")),
    maximum_activity_date: range("to", of("activity_date")),
    full_result: () => () => true,
  },
  users: {},
};

export const sortFields: Readonly<Record<Searched, Readonly<Record<string, string>>>> = {
  leads: sorts(["name", "first_name", "last_name", "company_name", "title", "status"], { value: "monetary_value" }),
  people: sorts(["name", "first_name", "last_name", "title"]),
  companies: sorts(["name", "email_domain", "interaction_count"], { assignee: "assignee_id" }),
  opportunities: sorts(["name", "monetary_value", "status", "priority", "win_probability", "customer_source_id"], {
    value: "monetary_value",
  }),
  projects: sorts(["name", "status"]),
  tasks: sorts(["name", "status", "priority", "due_date", "reminder_date", "completed_date"]),
  activities: { activity_date: "activity_date", ...sorts([]) },
  users: {},
};

export const usualSort: Readonly<Record<Searched, readonly [field: string, direction: "asc" | "desc"]>> = {
  leads: ["name", "asc"],
  people: ["first_name", "asc"],
  companies: ["date_modified", "asc"],
  opportunities: ["name", "asc"],
  projects: ["name", "asc"],
  tasks: ["due_date", "asc"],
  activities: ["activity_date", "desc"],
  users: ["id", "asc"],
};

function sorts(same: readonly string[], others: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> {
  return { ...Object.fromEntries([...same, "date_created", "date_modified"].map((field) => [field, field])), ...others };
}

function anyOfTags(): Filter {
  return (value) => {
    const wanted = new Set([value].flat().map((tag) => String(tag).toLowerCase()));
    return (record) => ((record.tags as readonly string[] | null) ?? []).some((tag) => wanted.has(tag.toLowerCase()));
  };
}
