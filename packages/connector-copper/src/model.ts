import type { Field } from "@fieldwright/connector-kit";
import { type CustomField, customFieldsOf, type Definition } from "./definitions.js";
import type { EntityKind } from "./entity-kind.js";
import type { CopperOptions } from "./options.js";

/** A kind of record with the custom fields that the account has given it. */
export interface Model {
  readonly kind: EntityKind;
  readonly fields: Readonly<Record<string, Field>>;
  readonly byName: ReadonlyMap<string, CustomField>;
  readonly byId: ReadonlyMap<number, CustomField>;
  /** The Connect fields that the options ask for. */
  readonly connected: readonly CustomField[];
}

export function modelOf(kind: EntityKind, definitions: readonly Definition[], { connectFields }: CopperOptions): Model {
  const isWanted = ({ definition, name }: CustomField): boolean =>
    definition.type !== "Connect" || connectFields === "all" || connectFields.includes(name) || connectFields.includes(definition.name);
  const custom = customFieldsOf(definitions, { type: kind.type, taken: Object.keys(kind.fields) }).filter(isWanted);
  return {
    kind,
    fields: { ...kind.fields, ...Object.fromEntries(custom.map(({ name, field }) => [name, field])) },
    byName: new Map(custom.map((one) => [one.name, one])),
    byId: new Map(custom.map((one) => [one.definition.id, one])),
    connected: custom.filter(({ definition }) => definition.type === "Connect"),
  };
}
