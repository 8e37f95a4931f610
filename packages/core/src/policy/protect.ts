import { isBlank } from "../mapping/index.js";
import type { Spec } from "../spec/model.js";
import { type FieldPolicy, fieldPolicy, type PolicyOptions } from "./field-policy.js";
import type { Patched, PatchInput } from "./patch.js";
import { Patching } from "./patching.js";
import type { StageDecision } from "./stage-decision.js";

export type ProtectPatch = (input: PatchInput) => Patched;

/** The one place that decides which fields are written: below transforms, webhooks and connectors, so that nothing gets round it. */
export function compileProtect(spec: Spec, options: PolicyOptions): ProtectPatch {
  const policies = new Map<string, FieldPolicy>();
  const policyOf = (name: string): FieldPolicy => {
    let policy = policies.get(name);
    if (policy === undefined) {
      policy = fieldPolicy(spec, name, options);
      policies.set(name, policy);
    }
    return policy;
  };
  const { stages } = spec;
  const rules = { clears: spec.protect?.whenSourceBlank === "clear", lineOf: (path: string) => lineOf(spec, path) };
  const addStage = (patching: Patching, stage: StageDecision): void => {
    if (stages === undefined) return;
    const { stageField, pipelineField } = stages;
    if (stage.do === "set") {
      const group = [{ policy: policyOf(stageField), value: stage.stage }];
      if (pipelineField !== undefined) group.push({ policy: policyOf(pipelineField), value: stage.pipeline });
      if (patching.addAllOrNone(group)) for (const [name, value] of Object.entries(stage.andSet ?? {})) patching.add(policyOf(name), value);
    } else if (stage.do === "keep" && stage.says !== undefined) {
      const line = stage.line ?? stages.line;
      patching.keep({
        field: stageField,
        rule: stage.rule === undefined ? "stages" : `stages rule ${stage.rule}`,
        ...(line === undefined ? {} : { line }),
        why: stage.says,
      });
    }
  };
  return (input) => {
    const patching = new Patching(input, rules);
    const { wanted, target } = input;
    const isCreate = input.operation === "create";
    for (const name in wanted) {
      const policy = policies.get(name) ?? policyOf(name);
      const value = wanted[name];
      if (isCreate && policy.isPlainOnCreate) {
        if (!isBlank(value)) patching.put(name, value);
        continue;
      }
      // Most fields of most records are as wanted, to the letter.
      if (policy.isStage || (target !== undefined && value === target[name] && !policy.keepsHumanEdits)) continue;
      patching.add(policy, value);
    }
    if (input.stage !== undefined) addStage(patching, input.stage);
    return patching.done();
  };
}

/** The line of a part of the spec, or of the nearest part around it that has one. */
function lineOf(spec: Spec, path: string): number | undefined {
  for (let part = path; part !== ""; part = part.slice(0, Math.max(0, part.lastIndexOf(".")))) {
    const line = spec.lines[part];
    if (line !== undefined) return line;
  }
  return undefined;
}
