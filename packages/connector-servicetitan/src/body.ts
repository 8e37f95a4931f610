import type { DataRecord } from "@fieldwright/connector-kit";
import type { Api } from "./api.js";
import type { Declaration } from "./declaration.js";
import { words } from "./fields.js";
import { refuse } from "./refuse.js";

export interface BodyRules {
  /** The body of a PATCH; else that of a create. */
  readonly patch: boolean;
  /** Fields whose names differ in a body. */
  readonly renamed?: Readonly<Record<string, string>>;
  /** Fields that a PATCH takes null for; words with spaces between. */
  readonly clearable?: string;
}

/** What is sent for these fields. Only texts and lists can be emptied; ServiceTitan refuses null for most others. */
export function bodyOf(
  api: Api,
  stream: Declaration,
  { set, rules }: { readonly set: DataRecord; readonly rules: BodyRules },
): Record<string, unknown> {
  const body: Record<string, unknown> = {};
  for (const [field, value] of Object.entries(set)) {
    if (value === undefined || (value === null && !rules.patch)) continue;
    const name = rules.renamed?.[field] ?? field;
    if (field === "externalData") body[name] = externalData(api, value, rules.patch);
    else body[name] = value === null ? empty(stream, field, rules) : written(stream, field, value);
  }
  return body;
}

function written(stream: Declaration, field: string, value: unknown): unknown {
  const { type } = stream.fields[field] ?? {};
  if ((type === "integer" || type === "number") && typeof value === "string" && /^-?\d+(\.\d+)?$/.test(value)) return Number(value);
  if (type === "text" && typeof value === "number") return String(value);
  return value;
}

function empty(stream: Declaration, field: string, { clearable }: BodyRules): unknown {
  if (words(clearable).has(field)) return null;
  const { type, options } = stream.fields[field] ?? {};
  if (type === "text" && options === undefined) return "";
  if (type === "list") return [];
  throw refuse(`ServiceTitan cannot take ${field} of ${stream.name} away, only change it.`, { field });
}

function externalData(api: Api, value: unknown, patch: boolean): unknown {
  const applicationGuid = api.options.externalDataApplication;
  if (applicationGuid === undefined) {
    throw refuse("External data belongs to an application, and the connection names none.", {
      field: "externalData",
      hint: "Set `externalDataApplication` to the application's GUID.",
    });
  }
  return { ...(patch ? { patchMode: "Merge" } : {}), applicationGuid, externalData: value };
}
