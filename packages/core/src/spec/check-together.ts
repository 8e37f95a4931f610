import type { Problem } from "../problem.js";
import type { Spec } from "./model.js";
import { nearest } from "./nearest.js";
import { type Finding, problemAt } from "./source-text.js";

/** What only several specs together can have wrong: names and references. Needs no connection. */
export function checkTogether(specs: readonly Spec[]): Problem[] {
  return [...duplicateNames(specs), ...unknownRefs(specs), ...circles(specs)];
}

function report(spec: Spec, finding: Finding): Problem {
  const source = spec.source ?? {};
  return problemAt(spec.file === undefined ? source : { ...source, file: spec.file }, finding);
}

function duplicateNames(specs: readonly Spec[]): Problem[] {
  const first = new Map<string, Spec>();
  return specs.flatMap((spec) => {
    const other = first.get(spec.name);
    if (other === undefined) {
      first.set(spec.name, spec);
      return [];
    }
    const where = other.file === undefined ? "another sync" : other.file;
    return [
      report(spec, {
        code: "spec/duplicate-sync",
        path: ["sync"],
        message: `The name \`${spec.name}\` is taken by ${where}: runs, links and \`ref\` know a sync by its name.`,
        hint: "Give each sync its own name.",
      }),
    ];
  });
}

function unknownRefs(specs: readonly Spec[]): Problem[] {
  const names = specs.map((spec) => spec.name);
  return specs.flatMap((spec) =>
    spec.fields.flatMap((rule) => {
      if (rule.kind !== "ref" || names.includes(rule.sync)) return [];
      const near = nearest(rule.sync, names);
      const hint = near === undefined ? `Syncs: ${names.join(", ")}.` : `Did you mean \`${near}\`?`;
      return [
        report(spec, {
          code: "spec/unknown-sync",
          path: ["fields", rule.target, "ref"],
          message: `There is no sync \`${rule.sync}\`.`,
          hint,
        }),
      ];
    }),
  );
}

interface Wait {
  readonly target: string;
  readonly sync: string;
}

/** References that must be there first; a sync may refer to itself (a user's manager). */
function waitsOf(spec: Spec): Wait[] {
  return spec.fields.flatMap((rule) =>
    rule.kind === "ref" && rule.whenNone !== "blank" && rule.sync !== spec.name ? [{ target: rule.target, sync: rule.sync }] : [],
  );
}

/** Syncs that wait for each other: none of their records could ever be created. */
function circles(specs: readonly Spec[]): Problem[] {
  const byName = new Map(specs.map((spec) => [spec.name, spec]));
  const done = new Set<string>();
  const problems: Problem[] = [];
  const visit = (spec: Spec, way: readonly string[]): void => {
    for (const wait of waitsOf(spec)) {
      const start = way.indexOf(wait.sync);
      const next = byName.get(wait.sync);
      if (start !== -1) problems.push(circle(spec, wait, way.slice(start)));
      else if (next !== undefined && !done.has(next.name)) visit(next, [...way, next.name]);
    }
    done.add(spec.name);
  };
  for (const spec of specs) if (!done.has(spec.name)) visit(spec, [spec.name]);
  return problems;
}

function circle(spec: Spec, wait: Wait, way: readonly string[]): Problem {
  const told = [...way, wait.sync]
    .map((name) => `\`${name}\``)
    .join(", which waits for ")
    .replace(", which", "");
  return report(spec, {
    code: "spec/reference-circle",
    path: ["fields", wait.target, "ref"],
    message: `These syncs wait for each other, so that none could ever create a record: ${told}.`,
    hint: "Let one of them go ahead with a blank first: `when_none: blank`.",
  });
}
