import type { DataRecord, Field } from "@fieldwright/connector-kit";
import { FieldwrightError } from "../problem.js";
import type { FieldRule, Spec } from "../spec/model.js";
import { CannotConvert } from "./cannot-convert.js";
import { type CompiledStep, chain, compileSteps } from "./compile-steps.js";
import { compileFit } from "./fit.js";
import { maskValue } from "./mask-value.js";
import { memberOf } from "./member-of.js";
import { compileSource, type MapContext, type ReadSource, Waits } from "./read-source.js";
import { straightWay } from "./straight-way.js";
import type { Convert, Transform } from "./transform.js";

/** What a record wants its target to be: only the fields that the source says something about; or why it cannot be told. */
export type Mapped = { readonly ok: true; readonly values: Readonly<Record<string, unknown>> } | Unmapped;

export interface Unmapped {
  readonly ok: false;
  /** `waiting`: for another record. `invalid`: for a person. */
  readonly kind: "invalid" | "waiting";
  /** Of the target. */
  readonly field: string;
  /** The step that failed; absent where the value was read or fitted into the field's type. */
  readonly step?: string;
  /** A whole sentence, without the value's content. */
  readonly reason: string;
  /** The shape of the value that the step was given. */
  readonly masked: string;
  /** In the spec's file. */
  readonly line?: number;
  readonly waitsFor?: { readonly sync: string; readonly id: string };
}

export type MapRecord = (record: DataRecord, context: MapContext) => Mapped;

export interface CompileOptions {
  /** Steps of the app's own. */
  readonly transforms?: readonly Transform[];
}

export interface CompiledField {
  readonly target: string;
  readonly source: ReadSource;
  readonly steps: readonly CompiledStep[];
  readonly fit: Convert;
  /** All three at once: the value, `undefined` for absent, a `CannotConvert` or a `Waits`. */
  readonly want: ReadSource;
}

/**
 * Compiles the fields of a spec against the fields of its target; a target field that is not declared takes values as they are.
 * @throws FieldwrightError where the spec was not checked: an unknown step, a wrong argument.
 */
export function compileFields(spec: Spec, fields: Readonly<Record<string, Field>>, options: CompileOptions = {}): MapRecord {
  const related = new Set(Object.keys(spec.from.with));
  const compiled = spec.fields.map((rule) =>
    compileField(rule, { related, field: fieldOf(fields, rule.target), own: options.transforms ?? [] }),
  );
  const failed = (at: number, record: DataRecord, context: MapContext) => explain(compiled[at], { spec, record, context });
  const straight = spec.fields.flatMap((rule, at) => {
    const one = compiled[at];
    return one === undefined ? [] : [{ rule, field: fieldOf(fields, rule.target), want: one.want }];
  });
  return straightWay(straight, { related, failed, withoutAbsent }) ?? fieldByField(compiled, failed);
}

/** The same way field by field, where no code can be made. */
export function fieldByField(
  compiled: readonly CompiledField[],
  failed: (at: number, record: DataRecord, context: MapContext) => Mapped,
): MapRecord {
  const targets = compiled.map((field) => field.target);
  const wants = compiled.map((field) => field.want);
  // Copying an object that has all the fields is a good deal faster than adding them one by one.
  const blank: Readonly<Record<string, unknown>> = JSON.parse(JSON.stringify(Object.fromEntries(targets.map((target) => [target, null]))));
  return (record, context) => {
    const values: Record<string, unknown> = { ...blank };
    let isWhole = true;
    for (let at = 0; at < wants.length; at++) {
      const value = wants[at]?.(record, context);
      if (value === undefined) isWhole = false;
      else if (typeof value === "object" && (value instanceof CannotConvert || value instanceof Waits)) return failed(at, record, context);
      values[targets[at] ?? ""] = value;
    }
    return { ok: true, values: isWhole ? values : withoutAbsent(values) };
  };
}

function withoutAbsent(values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const said: Record<string, unknown> = {};
  for (const target in values) if (values[target] !== undefined) said[target] = values[target];
  return said;
}

/** A declared field of a target. */
export function fieldOf(fields: Readonly<Record<string, Field>>, name: string): Field | undefined {
  if (name === "__proto__") throw new FieldwrightError("spec/field-name", "`__proto__` cannot be the name of a field.");
  return Object.hasOwn(fields, name) ? fields[name] : undefined;
}

const asItIs: Convert = (value) => value;

export function compileField(
  rule: FieldRule,
  to: { related: ReadonlySet<string>; field: Field | undefined; own: readonly Transform[] },
): CompiledField {
  const source = compileSource(rule, to.related);
  const steps = compileSteps(rule.steps, to.own);
  const fit = rule.addToList ? fitMember(to.field) : to.field === undefined ? asItIs : compileFit(to.field);
  return { target: rule.target, source, steps, fit, want: compileWant(rule, { source, steps, fit }) };
}

/** What is added to a list is one member of it, or each of several. */
function fitMember(field: Field | undefined): Convert {
  const member = memberOf(field);
  if (member === undefined) return asItIs;
  const one = compileFit(member);
  return (value) => {
    if (!Array.isArray(value)) return one(value);
    const fitted = value.map(one);
    return fitted.find((each) => each instanceof CannotConvert) ?? fitted;
  };
}

function compileWant(rule: FieldRule, { source, steps, fit }: Pick<CompiledField, "source" | "steps" | "fit">): ReadSource {
  const clean = chain(steps);
  const finish: Convert =
    clean === undefined
      ? fit
      : (value) => {
          const cleaned = clean(value);
          return cleaned instanceof CannotConvert ? cleaned : fit(cleaned);
        };
  if (rule.kind === "value") {
    const fixed = finish(rule.value);
    return () => fixed;
  }
  if (rule.kind === "from") return (record, context) => finish(source(record, context));
  return (record, context) => {
    const value = source(record, context);
    return value instanceof CannotConvert || value instanceof Waits ? value : finish(value);
  };
}

/** Goes through a failed field once more, step by step: the straight way keeps no notes. */
function explain(field: CompiledField | undefined, of: { spec: Spec; record: DataRecord; context: MapContext }): Unmapped {
  if (field === undefined) throw new RangeError("A field that is not there cannot have failed.");
  const { target } = field;
  const line = of.spec.lines[`fields.${target}`];
  const where = { ok: false, field: target, ...(line === undefined ? {} : { line }) } as const;
  let value = field.source(of.record, of.context);
  if (value instanceof Waits) {
    const { sync, id } = value;
    return {
      ...where,
      kind: "waiting",
      masked: maskValue(id),
      reason: `\`${target}\` waits until ${sync} has linked its record ${id}.`,
      waitsFor: { sync, id },
    };
  }
  if (value instanceof CannotConvert)
    return { ...where, kind: "invalid", masked: "the value", reason: `The value for \`${target}\` ${value.reason}.` };
  for (const step of field.steps) {
    const next = step.convert(value);
    if (next instanceof CannotConvert)
      return {
        ...where,
        kind: "invalid",
        step: step.name,
        masked: maskValue(value),
        reason: `The value for \`${target}\`, ${maskValue(value)}, ${next.reason} (step \`${step.name}\`).`,
      };
    value = next;
  }
  const fitted = field.fit(value);
  const reason =
    fitted instanceof CannotConvert ? fitted.reason : "gives another result each time it is mapped: a step of the app's own is not pure";
  return { ...where, kind: "invalid", masked: maskValue(value), reason: `The value for \`${target}\`, ${maskValue(value)}, ${reason}.` };
}
