import { createHash } from "node:crypto";
import type { Spec } from "./model.js";

type Deciding = Omit<Spec, "about" | "file" | "hash" | "run" | "guards" | "checks" | "alert" | "tests" | "lines" | "source">;

/**
 * Names everything that decides about records: same hash, same outcome. Comments, order of fields and schedule do not count; the versions of an
 * app's own steps do.
 */
export function specHash(spec: Deciding): string {
  const { version, name, from, to, match, write, fields, whenSourceDeleted } = spec;
  const sorted = [...fields].sort((a, b) => (a.target < b.target ? -1 : 1));
  const parts = {
    version,
    name,
    from,
    to,
    match,
    write,
    fields: sorted,
    whenSourceDeleted,
    ...policiesOf(spec),
    transforms: spec.transforms,
  };
  const text = JSON.stringify(canonical(parts));
  return createHash("sha256").update(text).digest("hex").slice(0, 12);
}

/** Without the lines, which change with every comment. What is not given is left out, so that a new word changes no hash. */
function policiesOf({ direction, createIf, protect, stages, conflicts }: Deciding) {
  return {
    direction: direction === "both" ? direction : undefined,
    createIf: createIf && { condition: createIf.condition, otherwise: createIf.otherwise },
    protect,
    stages: stages && {
      ...stages,
      line: undefined,
      pipelines: stages.pipelines.map((pipeline) => ({ ...pipeline, line: undefined })),
      rules: stages.rules.map((rule) => ({ ...rule, line: undefined })),
    },
    conflicts,
  };
}

function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== "object" || value === null) return value;
  if ("op" in value && value.op === "expr" && "source" in value) return { op: value.op, source: value.source };
  const entries = Object.entries(value).filter(([, each]) => each !== undefined);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, each]) => [key, canonical(each)]));
}
