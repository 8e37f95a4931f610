import { type CopperSimulatorOptions, createSimulator } from "@fieldwright/connector-copper/simulator";
import type { DataRecord } from "@fieldwright/connector-kit";
import type { Simulator } from "@fieldwright/connector-kit/testing";

const entityTypes: Readonly<Record<string, string>> = {
  leads: "lead",
  people: "person",
  companies: "company",
  opportunities: "opportunity",
  projects: "project",
  tasks: "task",
};

const moments = [
  ...["date_created", "date_modified", "date_last_contacted", "converted_at", "due_date", "reminder_date", "completed_date"],
  ...["date_stage_changed", "date_lead_created", "activity_date"],
];

interface Definition {
  readonly id: number;
  readonly name: string;
  readonly data_type: string;
  readonly options?: readonly { readonly id: number; readonly name: string }[];
}

/** An account with about `size` records of each kind, whose truth is told as specs see it: said here anew, not with the connector's words. */
export async function simulate(size = 23, options: CopperSimulatorOptions = {}): Promise<Simulator> {
  const kinds = ["leads", "people", "companies", "opportunities", "projects", "tasks", "activities", "users", "pipelines"];
  const lists = ["customer_sources", "contact_types", "loss_reasons", "lead_statuses", "activity_types", "files", "related_items"];
  const sizes = Object.fromEntries([...kinds, ...lists].map((kind) => [kind, size]));
  const simulator = await createSimulator({ sizes, ...options });
  const { holds, add, change } = simulator;
  const told = (stream: string, record: DataRecord): DataRecord =>
    asTold(stream, record, holds.call(simulator, "custom_field_definitions") as unknown as readonly Definition[]);
  return Object.assign(simulator, {
    holds(stream: string) {
      const definitions = holds.call(simulator, "custom_field_definitions") as unknown as readonly Definition[];
      return holds.call(simulator, stream).map((record) => asTold(stream, record, definitions));
    },
    add: (stream: string, record: DataRecord) => told(stream, add.call(simulator, stream, record)),
    change: (stream: string, key: string, set: DataRecord) => told(stream, change.call(simulator, stream, wireKey(stream, key), set)),
    remove: (
      (remove) => (stream: string, key: string) =>
        remove.call(simulator, stream, wireKey(stream, key))
    )(simulator.remove),
  });
}

/** A file's key names its record too; the account knows it by its id. */
function wireKey(stream: string, key: string): string {
  return stream === "files" ? (key.split("/")[2] ?? key) : key;
}

function asTold(stream: string, record: DataRecord, definitions: readonly Definition[]): DataRecord {
  if (stream === "related_items") {
    const { key, one, one_id, other, other_id } = record;
    return { key, type: one, id: one_id, related_type: other, related_id: other_id };
  }
  if (stream === "files") return { key: `${String(record.entity)}/${String(record.record_id)}/${String(record.id)}`, ...inIso(record) };
  if (!entityTypes[stream]) return stream === "activities" ? inIso(record) : record;
  const { custom_fields, ...plain } = inIso(record);
  const entries = (custom_fields as readonly { custom_field_definition_id: number; value: unknown }[]).flatMap((one) => {
    const definition = definitions.find((candidate) => candidate.id === one.custom_field_definition_id);
    return !definition || definition.data_type === "Connect" ? [] : [[definition.name, customValue(definition, one.value)]];
  });
  return { ...plain, ...firsts(stream, plain), ...Object.fromEntries(entries) };
}

function inIso(record: DataRecord): DataRecord {
  const iso = (value: unknown) => (typeof value === "number" ? new Date(value * 1000).toISOString() : value);
  const entries = Object.entries(record).map(([name, value]) => [name, moments.includes(name) ? iso(value) : value]);
  const told = Object.fromEntries(entries);
  const [month = "", day = "", year = ""] = typeof record.close_date === "string" ? record.close_date.split("/") : [];
  return record.close_date ? { ...told, close_date: `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}` } : told;
}

function firsts(stream: string, record: DataRecord): DataRecord {
  const first = (list: unknown) => (list as readonly Readonly<Record<string, unknown>>[] | undefined)?.[0];
  const mail = stream === "leads" ? ((record.email as DataRecord | null)?.email ?? null) : (first(record.emails)?.email ?? null);
  return {
    ...(["leads", "people"].includes(stream) ? { email_address: mail } : {}),
    ...(["leads", "people", "companies"].includes(stream) ? { phone_number: first(record.phone_numbers)?.number ?? null } : {}),
  };
}

function customValue({ data_type, options = [] }: Definition, value: unknown): unknown {
  if (data_type === "Checkbox") return value ?? false;
  if (data_type === "Dropdown") return options.find((option) => option.id === value)?.name ?? null;
  if (data_type === "MultiSelect")
    return options.filter((option) => (value as readonly number[]).includes(option.id)).map((option) => option.name);
  if (data_type !== "Date" || typeof value !== "number") return value;
  // Midnight in Los Angeles is 07:00 or 08:00 of the same day in UTC.
  return new Date(value * 1000).toISOString().slice(0, 10);
}
