import type { Ends } from "./check-chain.js";
import { creates, targetField } from "./check-target.js";
import type { Protect, Spec } from "./model.js";
import type { protections } from "./read-policy.js";
import type { SpecCheck } from "./spec-check.js";

/** `protect` against the target and what the spec writes. */
export function checkProtect(check: SpecCheck, protect: Protect, { target }: Ends): void {
  const { spec } = check;
  const decided = new Set([spec.stages?.stageField, spec.stages?.pipelineField]);
  const written = writtenFields(spec);
  for (const [list, fields] of lists(protect)) {
    for (const [index, field] of fields.entries()) {
      const path = ["protect", list, index];
      const found = target === undefined ? undefined : targetField(check, target, field, { path });
      if (target !== undefined && found === undefined && target.open !== true) continue;
      if (decided.has(field)) {
        const hint = "Protect single stages under `protected`, in their pipeline.";
        check.add({ code: "spec/contradiction", path, message: `\`stages\` alone decides \`${field}\`.`, hint });
      } else if (list !== "never_write" && !written.has(field)) {
        const message = `This sync does not write \`${field}\`, so that there is nothing to protect it from.`;
        const hint = "Take it out; or put it under `never_write`, where it stays protected should somebody map it.";
        check.add({ code: "spec/protects-nothing", severity: "warning", path, message, hint });
      } else if (list === "never_write" && found?.required === true && found.readOnly !== true && creates(spec)) {
        const message = `${spec.to.connection} ${spec.to.stream} takes no new record without \`${field}\`, which is never written.`;
        check.add({
          code: "spec/contradiction",
          path,
          message,
          hint: "Write `set_once`: it is given when the record is created, and never again.",
        });
      }
    }
  }
}

function lists(protect: Protect): readonly (readonly [(typeof protections)[number], readonly string[]])[] {
  const { neverWrite, setOnce, onlyIfBlank, keepHumanEdits } = protect;
  return [
    ["never_write", neverWrite],
    ["set_once", setOnce],
    ["only_if_blank", onlyIfBlank],
    ["keep_human_edits", keepHumanEdits],
  ];
}

/** Target fields that the spec may write. */
export function writtenFields(spec: Spec): ReadonlySet<string> {
  const { stages, whenSourceDeleted } = spec;
  const byStages = stages === undefined ? [] : [stages.stageField, ...stages.rules.flatMap((rule) => Object.keys(rule.andSet))];
  return new Set([
    ...spec.fields.map((rule) => rule.target),
    ...byStages,
    ...(stages?.pipelineField === undefined ? [] : [stages.pipelineField]),
    ...(whenSourceDeleted.act === "mark" ? [whenSourceDeleted.field] : []),
  ]);
}
