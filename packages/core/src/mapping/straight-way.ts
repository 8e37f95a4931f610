import type { DataRecord, Field } from "@fieldwright/connector-kit";
import type { FieldRule } from "../spec/model.js";
import { CannotConvert } from "./cannot-convert.js";
import { type MapContext, type ReadSource, Waits } from "./read-source.js";

/** A field with what it was compiled from. */
export interface Straight {
  readonly rule: FieldRule;
  /** Of the target; absent where it is not declared. */
  readonly field: Field | undefined;
  /** Its compiled way. */
  readonly want: ReadSource;
}

type Values = Readonly<Record<string, unknown>>;
export type Straightened<Failed> = (record: DataRecord, context: MapContext) => Failed | { readonly ok: true; readonly values: Values };

export interface Ways<Failed> {
  /** Names under `with`, which lead paths away from the record. */
  readonly related: ReadonlySet<string>;
  /** Why the field at this place failed. */
  failed(at: number, record: DataRecord, context: MapContext): Failed;
  /** Values of which some are absent. */
  withoutAbsent(values: Values): Values;
}

/**
 * One function for all fields of a spec, written as code: values that need nothing but a look at their type are taken on the spot, every other
 * one goes the field's own compiled way. A loop over closures does the same at several times the cost. `undefined` where the process does not
 * let code be made (a strict content policy): then the loop serves.
 */
export function straightWay<Failed>(fields: readonly Straight[], ways: Ways<Failed>): Straightened<Failed> | undefined {
  const wants = fields.map((field) => field.want);
  const body = [
    ...fields.map((_, at) => `const w${at} = wants[${at}];`),
    "return (record, context) => {",
    "let x, o, whole = true;",
    ...fields.map((field, at) => valueCode(field, at, ways.related)),
    ...fields.map((_, at) => `if (v${at} === undefined) whole = false;`),
    `const values = { ${fields.map(({ rule }, at) => `${JSON.stringify(rule.target)}: v${at}`).join(", ")} };`,
    "return { ok: true, values: whole ? values : withoutAbsent(values) };",
    "};",
  ].join("\n");
  try {
    const make = new Function("wants", "failed", "withoutAbsent", "isFailure", "forms", body) as (
      ...given: readonly unknown[]
    ) => Straightened<Failed>;
    return make(wants, ways.failed, ways.withoutAbsent, isFailure, forms);
  } catch {
    return undefined;
  }
}

function isFailure(value: unknown): boolean {
  return value instanceof CannotConvert || value instanceof Waits;
}

/** `let v3` and how it gets its value. */
function valueCode(field: Straight, at: number, related: ReadonlySet<string>): string {
  const path = plainPath(field.rule, related);
  const look = path === undefined ? undefined : lookOf(field);
  const own = `v${at} = w${at}(record, context); if (typeof v${at} === "object" && v${at} !== null && isFailure(v${at})) return failed(${at}, record, context);`;
  if (path === undefined || look === undefined) return `let v${at}; ${own}`;
  const take = `if (x === null || x === undefined) v${at} = x; else if (${look.fits}) v${at} = ${look.value}; else { ${own} }`;
  const [first, second] = path.map((name) => JSON.stringify(name));
  if (second === undefined) return `let v${at}; x = record[${first}]; ${take}`;
  return `let v${at}; o = record[${first}]; if (typeof o === "object" && o !== null && !Array.isArray(o)) { x = o[${second}]; ${take} } else { ${own} }`;
}

/** A path of one or two names that no object inherits. */
function plainPath(rule: FieldRule, related: ReadonlySet<string>): readonly string[] | undefined {
  if (rule.kind !== "from" || rule.addToList || rule.from.length === 0 || rule.from.length > 2) return undefined;
  const [first] = rule.from;
  if (first === undefined || first === "." || related.has(first)) return undefined;
  return rule.from.some((name) => name in Object.prototype) ? undefined : rule.from;
}

/** When a value is right as it is (`fits`), and what it then becomes; both say what the steps and the type's own conversion say. */
interface Look {
  readonly fits: string;
  readonly value: string;
}

const methods: Readonly<Record<string, string>> = { trim: ".trim()", lower: ".toLowerCase()", upper: ".toUpperCase()" };

function lookOf({ rule, field }: Straight): Look | undefined {
  const calls = rule.steps.map((step) => (step.argument === undefined ? methods[step.name] : undefined));
  if (calls.some((call) => call === undefined)) return undefined;
  if (field === undefined) return calls.length === 0 ? { fits: 'typeof x !== "object"', value: "x" } : undefined;
  if (field.options !== undefined) return undefined;
  if (field.type === "text") {
    const isShort = field.maxLength === undefined ? "" : ` && (x = x${calls.join("")}).length <= ${field.maxLength}`;
    return { fits: `typeof x === "string"${isShort}`, value: field.maxLength === undefined ? `x${calls.join("")}` : "x" };
  }
  return calls.length > 0 ? undefined : looks[field.zoneless ? "json" : field.type];
}

/** Texts whose form alone proves them right; days beyond the 28th are left to the calendar. */
const forms = {
  moment:
    /^(?!0000)\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,6})?(?:Z|\+(?:0\d|1[0-4]):[0-5]\d)$/,
  day: /^(?!0000)\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])$/,
  decimal: /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/,
};

const looks: Readonly<Partial<Record<Field["type"], Look>>> = {
  integer: { fits: "Number.isSafeInteger(x) && !Object.is(x, -0)", value: "x" },
  number: { fits: "Number.isFinite(x)", value: "x" },
  boolean: { fits: 'typeof x === "boolean"', value: "x" },
  datetime: { fits: 'typeof x === "string" && forms.moment.test(x)', value: "x" },
  date: { fits: 'typeof x === "string" && forms.day.test(x)', value: "x" },
  decimal: { fits: 'typeof x === "string" && forms.decimal.test(x)', value: "x" },
};
