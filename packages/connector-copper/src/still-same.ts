import type { Call } from "@fieldwright/connector-kit";
import type { Api } from "./api.js";
import { type CustomField, type Definition, labelOf } from "./definitions.js";
import { refuse } from "./errors.js";
import type { Model } from "./model.js";

/** Turns a loaded field into the one that is there now, if that is still the same field. */
export type StillSame = (custom: CustomField) => CustomField;

/**
 * Custom fields as they are at this moment: one request a batch, and only where a batch writes one. A field that was deleted,
 * renamed, retyped or taken from this kind of record since it was loaded holds the record: another field may bear its name by now.
 */
export async function stillSame(
  api: Api,
  model: Model,
  { names, call }: { readonly names: Iterable<string>; readonly call: Call },
): Promise<StillSame> {
  if (![...names].some((name) => model.byName.has(name))) return (custom) => custom;
  const now = new Map((await api.definitions(call)).map((definition) => [definition.id, definition]));
  return (custom) => {
    const definition = now.get(custom.definition.id);
    if (!definition) throw changed(custom, "it was deleted in Copper", "Take it out of the spec, or make it anew in Copper and run again.");
    if (definition.name !== custom.definition.name)
      throw changed(custom, `it is now called "${definition.name}" in Copper`, `Write "${definition.name}" in the spec, and run again.`);
    if (definition.type !== custom.definition.type)
      throw changed(
        custom,
        `it was a ${custom.definition.type} and is now a ${definition.type}`,
        "Check in the spec what is written to it, and run again.",
      );
    if (!definition.on.includes(model.kind.type))
      throw changed(
        custom,
        `a ${model.kind.word} does not have it any more`,
        "Take it out of the spec, or add it to this kind of record in Copper.",
      );
    return { ...custom, definition };
  };
}

/** @throws hold-record where a label that was loaded now means something else, or nothing. */
export function checkOptions(before: CustomField, now: Definition, value: unknown): void {
  for (const label of [value].flat()) {
    const old = before.definition.options.find((option) => labelOf(before.definition, option) === label);
    if (!old) continue;
    const present = now.options.find((option) => option.id === old.id);
    if (!present) throw optionGone(before, `its option "${old.name}" was deleted in Copper`);
    if (present.name !== old.name) throw optionGone(before, `its option "${old.name}" is now called "${present.name}" in Copper`);
  }
}

function optionGone(custom: CustomField, what: string) {
  return changed(custom, what, "Change the value in the spec, or the option in Copper, and run again.");
}

function changed(custom: CustomField, what: string, hint: string) {
  return refuse(`The custom field "${custom.name}" has changed since this run began: ${what}. Nothing was written.`, {
    code: "copper/field-changed",
    field: custom.name,
    hint,
  });
}
