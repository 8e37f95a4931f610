import type { Field } from "@fieldwright/connector-kit";
import type { RunContext } from "./run-syncs.js";
import type { FieldRule, Spec } from "./spec/model.js";

export interface PlannedStatements {
  readonly connection: string;
  readonly statements: readonly string[];
}

/** The SQL that targets lack to take what the specs write. Columns are only ever added. */
export async function plannedStatements(context: RunContext): Promise<readonly PlannedStatements[]> {
  const { connections, project } = context;
  const signal = new AbortController().signal;
  const sources = await connections.streams([...new Set(project.syncs.map((spec) => spec.from.connection))], signal);
  const planned = new Map<string, string[]>();
  for (const spec of project.syncs) {
    const connection = connections.get(spec.to.connection);
    if (!connection.plannedSchema) continue;
    const fields = wantedFields(spec, sources.get(`${spec.from.connection}.${spec.from.stream}`)?.fields ?? {});
    const key = spec.match.tryInOrder[0]?.pairs[0]?.target ?? spec.fields[0]?.target ?? "id";
    const statements = await connection.plannedSchema(spec.to.stream, { fields, key }, { signal });
    if (statements.length > 0) planned.set(spec.to.connection, [...(planned.get(spec.to.connection) ?? []), ...statements]);
  }
  return [...planned].map(([connection, statements]) => ({ connection, statements }));
}

/** The fields that a spec writes, with the types that their sources have after their steps. */
function wantedFields(spec: Spec, source: Readonly<Record<string, Field>>): Readonly<Record<string, Field>> {
  return Object.fromEntries(spec.fields.map((rule) => [rule.target, fieldOf(rule, source)]));
}

const givenBy: Readonly<Record<string, Field["type"]>> = {
  number: "number",
  integer: "integer",
  money: "decimal",
  date: "date",
  datetime: "datetime",
  boolean: "boolean",
  within: "boolean",
  split: "list",
};

function fieldOf(rule: FieldRule, source: Readonly<Record<string, Field>>): Field {
  const step = rule.steps.map((one) => givenBy[one.name]).findLast((type) => type !== undefined);
  if (step) return { type: step };
  if (rule.kind === "value")
    return { type: typeof rule.value === "number" ? "number" : typeof rule.value === "boolean" ? "boolean" : "text" };
  if (rule.kind !== "from") return { type: "text" };
  const [first, ...rest] = rule.from;
  if (first === undefined || first === "." || first === "") return { type: "json" };
  let field = source[first];
  for (const part of rest) field = field?.fields?.[part];
  return field
    ? { type: field.type, ...(field.maxLength === undefined ? {} : { maxLength: field.maxLength }), ...(field.of ? { of: field.of } : {}) }
    : { type: "text" };
}
