import type { Dice } from "./dice.js";
import { type Extra, numbered, Records } from "./records.js";
import type { ContactType } from "./statuses.js";

export interface CustomField extends Extra {
  readonly id: number;
  readonly internalName: string;
  readonly displayName: string;
  readonly type: string;
  readonly dataType: "string";
  readonly optionValues: readonly string[] | null;
  /** Not shown: the type asked for is in the address. */
  readonly contactType: ContactType;
}

const firstFieldId = 4001;

const made: readonly (readonly [ContactType, string, string, readonly string[] | null])[] = [
  [1, "Lead Priority", "dropdown_radio_single", ["Hot", "Warm", "Cold"]],
  [1, "Roof Age", "number", null],
  [1, "Utility Bill", "attachment", null],
  [2, "Roof Age", "number", null],
  [2, "Install Crew", "text", null],
  [3, "License Number", "text", null],
];

/** `roof_age`: the key in a customer's row; the definition's `internalName` has a uuid behind it. */
export function keyOfField({ displayName }: CustomField): string {
  const known = keys.get(displayName) ?? displayName.toLowerCase().replaceAll(/[^a-z0-9]+/g, "_");
  keys.set(displayName, known);
  return known;
}

const keys = new Map<string, string>();

export function createCustomFields(): Records<CustomField> {
  return new Records<CustomField>({
    count: made.length,
    make: (index) => {
      const [contactType, displayName, type, optionValues] = made[index % made.length] as (typeof made)[number];
      const tail = `${String(index + 1).padStart(8, "0")}-5eed-4a5e-8a5e-00000000${String(4001 + index).padStart(4, "0")}`;
      const name = displayName.toLowerCase().replaceAll(" ", "_");
      return {
        id: firstFieldId + index,
        internalName: `${name}_${tail}`,
        displayName,
        type,
        dataType: "string",
        optionValues,
        contactType,
      };
    },
    idOf: (field) => field.id,
    indexOf: numbered(firstFieldId),
    keep: true,
  });
}

/** Custom values of a generated customer; those of its type that are not here are null. */
export function customValues(type: ContactType, dice: Dice): Readonly<Record<string, unknown>> {
  if (type === 1)
    return {
      lead_priority: dice.oneIn(3, 90) ? null : dice.pick(["Hot", "Warm", "Cold"], 91),
      roof_age: dice.oneIn(2, 92) ? null : String(dice.below(40, 93)),
    };
  if (type === 2) return { roof_age: String(dice.below(40, 93)), install_crew: dice.oneIn(2, 94) ? "" : `Crew ${1 + dice.below(5, 95)}` };
  return {};
}
