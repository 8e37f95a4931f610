import type { Field } from "@fieldwright/connector-kit";
import type { RunContext } from "./open-run.js";
import { orderStreams, streamName } from "./order.js";
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
  for (const spec of inOrder(project.syncs)) {
    const connection = connections.get(spec.to.connection);
    if (!connection.plannedSchema) continue;
    const fieldsOf = (of: Spec) => sources.get(streamName(of.from))?.fields ?? {};
    const refs = refsOf(spec, project.syncs);
    const fields = wantedFields(spec, fieldsOf(spec));
    // A field that holds another record's key is of that key's type.
    for (const [field, other] of refs) fields[field] = wantedFields(other, fieldsOf(other))[keyOf(other)] ?? { type: "text" };
    const near = refs.filter(([, other]) => other.to.connection === spec.to.connection);
    const references = Object.fromEntries(near.map(([field, other]) => [field, { stream: other.to.stream, field: keyOf(other) }]));
    const statements = await connection.plannedSchema(spec.to.stream, { fields, key: keyOf(spec), references }, { signal });
    if (statements.length > 0) planned.set(spec.to.connection, [...(planned.get(spec.to.connection) ?? []), ...statements]);
  }
  return [...planned].map(([connection, statements]) => ({ connection, statements }));
}

/** Tables that others point to come first. */
function inOrder(specs: readonly Spec[]): readonly Spec[] {
  const order = orderStreams(specs);
  return specs.toSorted((one, other) => order.indexOf(streamName(one.from)) - order.indexOf(streamName(other.from)));
}

function keyOf(spec: Spec): string {
  return spec.match.tryInOrder[0]?.pairs[0]?.target ?? spec.fields[0]?.target ?? "id";
}

/** Target fields that hold the key of another sync's record, with that sync. */
function refsOf(spec: Spec, all: readonly Spec[]): readonly (readonly [string, Spec])[] {
  return spec.fields.flatMap((rule) => {
    const other = rule.kind === "ref" ? all.find((one) => one.name === rule.sync) : undefined;
    return other ? [[rule.target, other] as const] : [];
  });
}

/** The fields that a spec writes, with the types that their sources have after their steps. */
function wantedFields(spec: Spec, source: Readonly<Record<string, Field>>): Record<string, Field> {
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
