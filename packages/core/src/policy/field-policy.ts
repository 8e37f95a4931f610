import type { Field } from "@fieldwright/connector-kit";
import { chain, compileSteps } from "../mapping/compile-steps.js";
import { compileFit } from "../mapping/fit.js";
import { CannotConvert, isBlank, type Transform } from "../mapping/index.js";
import type { FieldRule, Spec } from "../spec/model.js";
import type { KeptField } from "./patch.js";
import { type SameValue, sameValueOf } from "./same-value.js";

/** A target field with the rules that protect it, found once when the spec is compiled. A value is written only where all of them let it. */
export interface FieldPolicy {
  readonly name: string;
  readonly same: SameValue;
  /** A part of the stage machine, which alone decides about it. */
  readonly isStage: boolean;
  /** The target lets nobody write it. */
  readonly isReadOnly: boolean;
  readonly isFixedAfterCreate: boolean;
  /** Nothing but a blank keeps a value out of a new record. */
  readonly isPlainOnCreate: boolean;
  readonly neverWrite: boolean;
  readonly setOnce: boolean;
  /** Of two sides, the target's counts. */
  readonly isTargets: boolean;
  readonly keepsHumanEdits: boolean;
  readonly onlyIfBlank: boolean;
  readonly addsToList: boolean;
  /** Knows the value that the spec's own `default` step puts in for a blank. */
  readonly isDefault: ((value: unknown) => boolean) | undefined;
  /** What has been said of it so far, by rule: the same for every record. */
  readonly kept: Map<string, KeptField>;
}

export interface PolicyOptions {
  /** Of the target. */
  readonly fields: Readonly<Record<string, Field>>;
  readonly transforms?: readonly Transform[];
}

export function fieldPolicy(spec: Spec, name: string, options: PolicyOptions): FieldPolicy {
  const { protect, stages } = spec;
  const field = Object.hasOwn(options.fields, name) ? options.fields[name] : undefined;
  const same = sameValueOf(field);
  const mapping = spec.fields.find((one) => one.target === name);
  const setOnce = protect?.setOnce.includes(name) ?? false;
  const isStage = stages !== undefined && (stages.stageField === name || stages.pipelineField === name);
  const isReadOnly = field?.readOnly === true;
  const neverWrite = protect?.neverWrite.includes(name) ?? false;
  return {
    name,
    same,
    isStage,
    isReadOnly,
    isFixedAfterCreate: field?.readOnly === "after-create",
    isPlainOnCreate: !isStage && !isReadOnly && !neverWrite && !mapping?.addToList,
    neverWrite,
    setOnce,
    isTargets: spec.direction === "both" && spec.conflicts?.owner[name] === "target",
    keepsHumanEdits: protect?.keepHumanEdits.includes(name) ?? false,
    onlyIfBlank: protect?.onlyIfBlank.includes(name) ?? false,
    kept: new Map(),
    addsToList: mapping?.addToList ?? false,
    isDefault: setOnce && mapping !== undefined ? defaultOf(mapping, { field, same, transforms: options.transforms ?? [] }) : undefined,
  };
}

interface DefaultOptions {
  readonly field: Field | undefined;
  readonly same: SameValue;
  readonly transforms: readonly Transform[];
}

function defaultOf(rule: FieldRule, { field, same, transforms }: DefaultOptions): FieldPolicy["isDefault"] {
  if (!rule.steps.some((step) => step.name === "default")) return undefined;
  const cleaned = chain(compileSteps(rule.steps, transforms))?.(null);
  const value = field === undefined || cleaned instanceof CannotConvert ? cleaned : compileFit(field)(cleaned);
  if (isBlank(value) || value instanceof CannotConvert) return undefined;
  return (one) => same(one, value);
}
