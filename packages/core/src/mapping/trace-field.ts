import type { DataRecord } from "@fieldwright/connector-kit";
import type { FieldRule, Spec } from "../spec/model.js";
import { CannotConvert } from "./cannot-convert.js";
import { type CompileOptions, compileField, fieldOf } from "./compile-fields.js";
import { customSteps } from "./own-transforms.js";
import { type MapContext, Waits } from "./read-source.js";

/** One field's way, step by step; for people, where mapping itself keeps no notes. */
export interface FieldTrace {
  /** Before the steps: `undefined` where the source does not say it. */
  readonly source: unknown;
  readonly steps: readonly StepTrace[];
  /** After the steps, in the target's type. */
  readonly wanted: unknown;
  /** Why there is no such value. */
  readonly trouble?: string;
}

export interface StepTrace {
  readonly name: string;
  readonly argument?: unknown;
  readonly custom?: true;
  readonly gives: unknown;
  readonly trouble?: string;
}

/** Follows a field of a record through the very steps that map it. */
export function traceField(
  spec: Spec,
  rule: FieldRule,
  options: CompileOptions & { readonly fields: Parameters<typeof fieldOf>[0] },
): (record: DataRecord, context: MapContext) => FieldTrace {
  const related = new Set(Object.keys(spec.from.with));
  const compiled = compileField(rule, { related, field: fieldOf(options.fields, rule.target), own: options.transforms ?? [] });
  const custom = new Set(customSteps(rule));
  return (record, context) => {
    const source = compiled.source(record, context);
    if (source instanceof Waits) return { source: source.id, steps: [], wanted: null, trouble: `waits for ${source.sync} ${source.id}` };
    if (source instanceof CannotConvert) return { source: null, steps: [], wanted: null, trouble: source.reason };
    const steps: StepTrace[] = [];
    let value: unknown = source;
    for (const [at, { name, convert }] of compiled.steps.entries()) {
      const argument = rule.steps[at]?.argument;
      const base = { name, ...(argument === undefined ? {} : { argument }), ...(custom.has(name) ? { custom: true as const } : {}) };
      const next = convert(value);
      if (next instanceof CannotConvert) {
        steps.push({ ...base, gives: null, trouble: next.reason });
        return { source, steps, wanted: null, trouble: next.reason };
      }
      steps.push({ ...base, gives: next ?? null });
      value = next;
    }
    const wanted = compiled.fit(value);
    return wanted instanceof CannotConvert ? { source, steps, wanted: null, trouble: wanted.reason } : { source, steps, wanted };
  };
}
