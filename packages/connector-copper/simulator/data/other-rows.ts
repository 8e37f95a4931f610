import type { DataRecord } from "@fieldwright/connector-kit";
import { randomAt } from "@fieldwright/connector-kit/testing";
import type { Settings } from "../options.js";
import { firstIds, stagesOfPipeline } from "./ids.js";

const historyBegins = 1_690_000_000;

export function userRow(settings: Settings, index: number): DataRecord {
  const random = randomAt(settings.seed + 5, index);
  const id = firstIds.users + index;
  const email = index === 0 ? settings.userEmail : `user.${id}@example.test`;
  return { id, name: random.name(), email, groups: index % 2 === 0 ? [{ id: 5001, name: "Sales Team" }] : [] };
}

export function pipelineRow(index: number): DataRecord {
  return { id: firstIds.pipelines + index, name: `Pipeline ${index + 1}`, type: "opportunity", is_revenue: true };
}

export function stageRow(index: number): DataRecord {
  const place = index % stagesOfPipeline;
  return {
    id: firstIds.pipeline_stages + index,
    name: ["Inspected", "Quoted", "Signed", "Built"][place],
    pipeline_id: firstIds.pipelines + Math.floor(index / stagesOfPipeline),
    win_probability: [10, 40, 80, 100][place],
  };
}

export function namedRow(kind: "customer_sources" | "contact_types" | "loss_reasons", index: number): DataRecord {
  const words = { customer_sources: "Source", contact_types: "Type", loss_reasons: "Reason" };
  return { id: firstIds[kind] + index, name: `${words[kind]} ${index + 1}` };
}

export function leadStatusRow(index: number): DataRecord {
  const name = ["New", "Contacted", "Unqualified", "Junk"][index] ?? `Status ${index + 1}`;
  return { id: firstIds.lead_statuses + index, name, order: index + 1, is_default: index === 0 };
}

const systemTypes = [
  [1, "Property Changed"],
  [3, "Pipeline Stage Changed"],
  [6, "Email"],
] as const;

/** Ids are unique only within a category: user 0 is a note, system 1 a changed property. */
export function activityTypeRow(index: number): DataRecord {
  const system = systemTypes[index - 2];
  if (system) return { id: system[0], category: "system", name: system[1], is_disabled: false, count_as_interaction: false };
  const place = index < 2 ? index : index - systemTypes.length;
  const name = ["Note", "Phone Call", "Meeting", "To Do"][place] ?? `Visit ${place}`;
  return { id: place === 0 ? 0 : 260_000 + place, category: "user", name, is_disabled: false, count_as_interaction: place > 0 };
}

export function activityRow(settings: Settings, index: number): DataRecord {
  const random = randomAt(settings.seed + 9, index);
  const at = historyBegins + index * 53;
  const { people, leads, users } = settings.sizes;
  const onLead = index % 4 === 0 && leads > 0;
  const parent = onLead
    ? { id: firstIds.leads + random.integer(0, leads - 1), type: "lead" }
    : { id: firstIds.people + random.integer(0, Math.max(0, people - 1)), type: "person" };
  const isSystem = index % 9 === 8;
  return {
    id: firstIds.activities + index,
    parent,
    type: isSystem ? { id: 1, category: "system", name: "Property Changed" } : { id: 0, category: "user", name: "Note" },
    user_id: firstIds.users + random.integer(0, users - 1),
    details: isSystem ? null : random.sentence(),
    activity_date: at,
    old_value: isSystem ? "Open" : null,
    new_value: isSystem ? "Won" : null,
    date_created: at,
    date_modified: at,
  };
}

const holders = ["leads", "people", "companies", "opportunities", "projects"] as const;

/** `entity` and `record_id` say whose file it is; the API says that by the address that was asked. */
export function fileRow(settings: Settings, index: number): DataRecord {
  const filled = holders.filter((holder) => settings.sizes[holder] > 0);
  const holder = filled[index % filled.length] ?? "companies";
  const id = firstIds.files + index;
  const at = historyBegins + index * 61;
  return {
    id,
    entity: holder,
    record_id: firstIds[holder] + (Math.floor(index / holders.length) % Math.max(1, settings.sizes[holder])),
    file_name: `estimate-${id}.pdf`,
    file_size: 1000 + index,
    content_type: "application/pdf",
    creator_id: firstIds.users,
    date_created: at,
    date_modified: at,
    is_deleted: false,
  };
}

/** Relations that people have made by hand: opportunities with tasks, and with people who are not their main contact. */
export function relatedRow(settings: Settings, index: number): DataRecord {
  const { opportunities, people, companies } = settings.sizes;
  const useOpportunity = opportunities > 0 && people > 0;
  const count = Math.max(1, useOpportunity ? people : companies);
  const [one, other] = useOpportunity ? (["person", "opportunity"] as const) : (["company", "opportunity"] as const);
  const from = (useOpportunity ? firstIds.people : firstIds.companies) + (index % count);
  const to = firstIds.opportunities + (Math.floor(index / count) % Math.max(1, opportunities));
  return { key: `${one}/${from}/${other}/${to}`, one, one_id: from, other, other_id: to };
}
