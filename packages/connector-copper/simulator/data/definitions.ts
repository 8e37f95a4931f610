import type { DataRecord } from "@fieldwright/connector-kit";
import type { DefinitionSeed } from "../options.js";

export interface Option {
  readonly id: number;
  readonly name: string;
  readonly rank: number;
}

export interface Definition {
  readonly id: number;
  readonly name: string;
  readonly data_type: DefinitionSeed["data_type"];
  readonly available_on: readonly string[];
  readonly is_filterable: boolean;
  readonly options?: readonly Option[];
}

const firstDefinition = 705_001;
const firstOption = 2_082_001;

/** Definitions as the API shows them; options and currency stand only where the type has them. */
export function definitionsFrom(seeds: readonly DefinitionSeed[]): readonly DataRecord[] {
  let option = firstOption;
  return seeds.map((seed, index) => ({
    id: firstDefinition + index,
    name: seed.name,
    canonical_name: null,
    data_type: seed.data_type,
    available_on: [...seed.available_on],
    is_filterable: seed.is_filterable ?? false,
    ...(seed.options ? { options: seed.options.map((name, rank) => ({ id: option++, name, rank })) } : {}),
    ...(seed.currency ? { currency: seed.currency } : {}),
    ...(seed.data_type === "Connect" ? { connected_id: firstDefinition + seeds.length + index } : {}),
  }));
}

export function asDefinition(record: DataRecord): Definition {
  return record as unknown as Definition;
}
