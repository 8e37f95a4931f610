import type { Call, DataRecord } from "@fieldwright/connector-kit";
import { type Api, isObject } from "./api.js";
import type { CustomField } from "./definitions.js";
import { refuse } from "./errors.js";
import { targetsIn } from "./links.js";
import type { Model } from "./model.js";
import { checkOptions, type StillSame } from "./still-same.js";
import { closeDateTo, customTo, secondsFrom } from "./wire-values.js";

/** A record as Copper takes it, and what takes further requests. */
export interface Prepared {
  readonly body: DataRecord;
  readonly links: readonly { readonly custom: CustomField; readonly wanted: unknown }[];
  /** A person's company moves by relations only. */
  readonly company?: number | null;
}

export interface Writing {
  readonly set: DataRecord;
  readonly same: StillSame;
  /** The key of a record that is there. */
  readonly key?: string;
  readonly call: Call;
}

/** @throws hold-record where a value does not fit, or its field is not what it was. */
export async function toWire(api: Api, model: Model, writing: Writing): Promise<Prepared> {
  const { set, same, key, call } = writing;
  const body: Record<string, unknown> = {};
  const custom_fields: DataRecord[] = [];
  const links: { custom: CustomField; wanted: unknown }[] = [];
  for (const [name, value] of Object.entries(set)) {
    if (value === undefined || isShorthand(model, name)) continue;
    const custom = model.byName.get(name);
    if (!custom) body[name] = plainValue(api, model, [name, value]);
    else {
      const now = same(custom);
      checkOptions(custom, now.definition, value);
      if (now.definition.type === "Connect") links.push({ custom: now, wanted: targetsIn(now, value) });
      else custom_fields.push({ custom_field_definition_id: now.definition.id, value: writable(api, now, value) });
    }
  }
  if (custom_fields.length > 0) body.custom_fields = custom_fields;
  const shorthand = Object.keys(set).filter((name) => set[name] !== undefined && isShorthand(model, name));
  if (shorthand.length > 0) {
    const present = key === undefined ? {} : await api.recordIfAny(`/${model.kind.path}/${encodeURIComponent(key)}`, call);
    Object.assign(body, spelledOut(api, model, { set, shorthand, present: present ?? {} }));
  }
  const moves = model.kind.path === "people" && key !== undefined && "company_id" in body;
  if (!moves) return { body, links };
  const { company_id, ...rest } = body;
  return { body: rest, links, company: company_id === null ? null : Number(company_id) };
}

function writable(api: Api, custom: CustomField, value: unknown): unknown {
  if (custom.field.readOnly === true)
    throw refuse(`"${custom.name}" is of a type that this connector does not write.`, { field: custom.name });
  return customTo(api, custom, value);
}

function plainValue(api: Api, { kind }: Model, [name, value]: readonly [string, unknown]): unknown {
  const field = kind.fields[name];
  if (!field)
    throw refuse(`A ${kind.word} has no field "${name}".`, {
      field: name,
      hint: "Custom fields are written by their label, dots as _; a field that was made since the run began is known to the next run.",
    });
  if (field.readOnly === true) throw refuse(`Copper does not let ${name} of a ${kind.word} be written.`, { field: name });
  if (name === "close_date") return closeDateTo(api, value);
  if (field.type === "datetime") return secondsFrom(name, value, api.options.timeZone);
  if (name === "related_resource" && value === null && kind.path === "tasks") return { id: null, type: null };
  return value;
}

const shorthands = ["email_address", "phone_number"];

function isShorthand({ kind }: Model, name: string): boolean {
  return shorthands.includes(name) && name in kind.fields;
}

interface Shorthand {
  readonly set: DataRecord;
  readonly shorthand: readonly string[];
  readonly present: DataRecord;
}

/** Copper replaces lists as wholes, so the others of a list are sent along; a list that the spec gives itself goes first. */
function spelledOut(api: Api, { kind }: Model, { set, shorthand, present }: Shorthand): DataRecord {
  const category = api.assumptions.contactCategory;
  const put = (list: unknown, part: string, value: unknown): readonly unknown[] => {
    const [first, ...others] = Array.isArray(list) ? list : [];
    if (value === null) return others;
    return [
      { ...(isObject(first) ? first : { category }), [part]: value },
      ...others.filter((one) => !isObject(one) || one[part] !== value),
    ];
  };
  const entries = shorthand.map((name): [string, unknown] => {
    const value = set[name] ?? null;
    if (name === "phone_number") return ["phone_numbers", put(set.phone_numbers ?? present.phone_numbers, "number", value)];
    if (kind.path !== "leads") return ["emails", put(set.emails ?? present.emails, "email", value)];
    const old = isObject(present.email) ? present.email : { category };
    return ["email", value === null ? null : { ...old, email: value }];
  });
  return Object.fromEntries(entries);
}
