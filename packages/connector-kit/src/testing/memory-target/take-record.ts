import type { DataRecord, Field } from "../../contract.js";
import { fits } from "../fits.js";
import type { Oddities } from "./oddities.js";
import type { VendorOutcome } from "./vendor-request.js";

type Refusal = Extract<VendorOutcome, { readonly ok: false }>;

interface Taking {
  readonly fields: Readonly<Record<string, Field>>;
  readonly oddities: Oddities;
  readonly creating: boolean;
}

/** The values as the vendor keeps them, or why it does not take them. */
export function takeRecord(given: DataRecord, { fields, oddities, creating }: Taking): { readonly values: DataRecord } | Refusal {
  const values: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(given)) {
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (!field) return refusal("unknown-field", `There is no field "${name}".`, name);
    if (field.readOnly === true) return refusal("read-only", `"${name}" is set by the system.`, name);
    if (!creating && oddities.drops?.includes(name)) continue;
    const kept = keep(value, field, { name, oddities });
    const wrong = fits(field, kept);
    if (wrong !== undefined) return refusal("invalid", `"${name}": ${wrong}.`, name);
    values[name] = kept;
  }
  for (const [name, field] of Object.entries(fields)) {
    if (field.required !== true || field.readOnly === true || (!creating && !(name in values))) continue;
    if (values[name] === undefined || values[name] === null || values[name] === "")
      return refusal("required", `"${name}" must not be blank.`, name);
  }
  return { values };
}

function keep(value: unknown, field: Field, of: { readonly name: string; readonly oddities: Oddities }): unknown {
  if (typeof value !== "string") return value;
  const normal = of.oddities.normalises ? normalised(value, field, of.name) : value;
  return of.oddities.cuts && field.maxLength !== undefined ? [...normal].slice(0, field.maxLength).join("") : normal;
}

function normalised(value: string, field: Field, name: string): string {
  if (field.type === "decimal" && fits(field, value.trim()) === undefined) return Number(value).toFixed(2);
  const digits = value.replace(/\D/g, "").slice(-10);
  if (name === "phone" && digits.length === 10) return `(${digits.slice(0, 3)}) ${digits.slice(3, 6)}-${digits.slice(6)}`;
  return value.trim();
}

function refusal(code: string, message: string, field: string): Refusal {
  return { ok: false, code, message, field };
}
