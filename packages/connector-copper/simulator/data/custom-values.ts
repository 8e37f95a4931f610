import type { DataRecord } from "@fieldwright/connector-kit";
import { type Random, randomAt } from "@fieldwright/connector-kit/testing";
import { startOfDay } from "../zone.js";
import type { Definition } from "./definitions.js";

export interface CustomValue {
  readonly custom_field_definition_id: number;
  readonly value: unknown;
}

/** What a field holds that nobody has filled in. */
export function emptyValue(definition: Definition): unknown {
  if (definition.data_type === "MultiSelect" || definition.data_type === "Connect") return [];
  return definition.data_type === "Checkbox" ? false : null;
}

export function generatedValues(
  definitions: readonly Definition[],
  at: { readonly seed: number; readonly index: number; readonly zone: string },
): readonly CustomValue[] {
  const random = randomAt(at.seed + 77, at.index);
  return definitions
    .filter((definition) => definition.data_type !== "Connect" && random.chance(0.7))
    .map((definition) => ({ custom_field_definition_id: definition.id, value: generated(definition, random, at.zone) }));
}

function generated(definition: Definition, random: Random, zone: string): unknown {
  const options = definition.options ?? [];
  switch (definition.data_type) {
    case "Dropdown":
      return random.pick(options).id;
    case "MultiSelect":
      return options.filter(() => random.chance(0.5)).map((option) => option.id);
    case "Date":
      return startOfDay(zone, random.date("2024-01-01", "2026-12-31").toISOString().slice(0, 10));
    case "Checkbox":
      return random.chance(0.5);
    case "Float":
    case "Currency":
      return random.integer(0, 400_000) / 4;
    case "Percentage":
      return random.integer(0, 100);
    case "URL":
      return `https://portal.example.com/${random.code(6)}`;
    default:
      return random.sentence();
  }
}

/** Custom fields as a person would say them: by name, options by label, days as YYYY-MM-DD. @throws on what the account does not have. */
export function valuesByName(definitions: readonly Definition[], custom: DataRecord, zone: string): readonly CustomValue[] {
  return Object.entries(custom).map(([name, said]) => {
    const definition = definitions.find((candidate) => candidate.name === name);
    if (!definition) throw new Error(`The simulated account has no custom field "${name}".`);
    return { custom_field_definition_id: definition.id, value: wireValue(definition, said, zone) };
  });
}

function wireValue(definition: Definition, said: unknown, zone: string): unknown {
  const option = (label: unknown): number => {
    const found = definition.options?.find((candidate) => candidate.name === label);
    if (!found) throw new Error(`The custom field "${definition.name}" has no option "${String(label)}".`);
    return found.id;
  };
  if (said === null) return emptyValue(definition);
  if (definition.data_type === "Dropdown") return option(said);
  if (definition.data_type === "MultiSelect") return (said as readonly unknown[]).map(option);
  return definition.data_type === "Date" ? startOfDay(zone, String(said)) : said;
}
