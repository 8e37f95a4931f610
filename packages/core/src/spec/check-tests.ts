import type { Stream } from "@fieldwright/connector-kit";
import type { Ends } from "./check-chain.js";
import { checkPath, shelfOf } from "./check-path.js";
import { targetField } from "./check-target.js";
import type { SpecTest } from "./model.js";
import { nearest } from "./nearest.js";
import { type SpecCheck, some } from "./spec-check.js";

/** The fields that the tests of a spec name. */
export function checkTests(check: SpecCheck, tests: readonly SpecTest[], { source, target }: Ends): void {
  for (const [index, test] of tests.entries()) {
    const path = ["tests", index];
    if (source !== undefined) {
      const shelf = shelfOf(source, check.spec.from.connection, true);
      for (const name of Object.keys(test.given)) checkPath(check, shelf, [name], { path: [...path, "given", name], on: "key" });
    }
    if (target !== undefined) {
      targetFields(check, target, Object.keys(test.targetHas ?? {}), [...path, "target_has"]);
      if (test.expect.is === "fields") targetFields(check, target, Object.keys(test.expect.fields), [...path, "expect"]);
    }
    checkLinked(check, Object.keys(test.linked), [...path, "linked"]);
  }
}

function targetFields(check: SpecCheck, target: Stream, names: readonly string[], path: readonly (string | number)[]): void {
  for (const name of names) targetField(check, target, name, { path: [...path, name], on: "key" });
}

function checkLinked(check: SpecCheck, syncs: readonly string[], path: readonly (string | number)[]): void {
  const used = check.spec.fields.flatMap((rule) => (rule.kind === "ref" ? [rule.sync] : []));
  for (const sync of syncs) {
    if (used.includes(sync)) continue;
    const near = nearest(sync, used);
    check.add({
      code: "spec/unknown-sync",
      path: [...path, sync],
      on: "key",
      message: `No \`ref\` of this spec asks for \`${sync}\`.`,
      hint: near === undefined ? some("Syncs it asks for", used) : `Did you mean \`${near}\`?`,
    });
  }
}
