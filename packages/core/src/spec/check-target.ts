import type { Field, Stream } from "@fieldwright/connector-kit";
import { fieldAt } from "./field-at.js";
import type { Spec } from "./model.js";
import type { PartPath } from "./source-text.js";
import { type SpecCheck, some } from "./spec-check.js";

/** `to`, and every target field that the spec names; the stream, where it is known. */
export function checkTarget(check: SpecCheck): Stream | undefined {
  const { spec } = check;
  const stream = check.named(spec.to, { connection: ["to", "connection"], stream: ["to", "stream"] });
  if (stream === undefined) return undefined;
  mustWrite(check, stream);
  for (const rule of spec.fields) {
    const field = targetField(check, stream, rule.target, { path: ["fields", rule.target], on: "key" });
    if (field !== undefined) mustBeWritable(check, field, rule.target, ["fields", rule.target]);
  }
  for (const [index, key] of spec.match.tryInOrder.entries()) {
    for (const { target } of key.pairs) {
      const path = matchPath(spec, index, target);
      targetField(check, stream, target, { path, on: "key" });
      mustNotAdd(check, target, path);
    }
  }
  if (spec.whenSourceDeleted.act === "mark") {
    const at = ["when_source_deleted", "mark"];
    const field = targetField(check, stream, spec.whenSourceDeleted.field, { path: at });
    if (field !== undefined) mustBeWritable(check, field, spec.whenSourceDeleted.field, at);
  }
  checkRequired(check, stream);
  return stream;
}

function mustNotAdd(check: SpecCheck, target: string, path: PartPath): void {
  if (!check.spec.fields.some((rule) => rule.target === target && rule.addToList === true)) return;
  check.add({
    code: "spec/contradiction",
    path,
    on: "key",
    message: `\`${target}\` is a list that this sync adds to, so that no record can be told by it.`,
    hint: "Name a field with a single value, or take `add_to_list` out.",
  });
}

/** Whether records may be created by this spec. */
export function creates(spec: Spec): boolean {
  return spec.write !== "update_only" && (spec.match.whenNone === "create" || spec.write === "append");
}

/** A key of one field stands by its name, several stand under `all_of`. */
export function matchPath(spec: Spec, index: number, target: string): PartPath {
  const several = spec.source?.positions?.[`match.try_in_order.${index}.all_of`] !== undefined;
  return ["match", "try_in_order", index, ...(several ? ["all_of"] : []), target];
}

/** A target field that the spec names; reports one that is not there. */
export function targetField(
  check: SpecCheck,
  stream: Stream,
  target: string,
  at: { readonly path: PartPath; readonly on?: "key" | "value" },
): Field | undefined {
  // A target field is one name, dots and all: parts of a field are not written on their own.
  const found = fieldAt(stream, [target]);
  if (found.is === "known") return found.field;
  const place = `${check.spec.to.connection} ${stream.name}`;
  const near = found.is === "no-parts" ? undefined : found.near;
  if (found.is === "undeclared") {
    if (near !== undefined)
      check.add({
        code: "spec/unknown-field",
        severity: "warning",
        ...at,
        message: `${place} declares no field \`${target}\`; it may take more fields than declared.`,
        hint: `Did you mean \`${near}\`?`,
      });
    return undefined;
  }
  check.add({
    code: "spec/unknown-field",
    ...at,
    message: `${place} has no field \`${target}\`.`,
    hint: near === undefined ? some("Fields", Object.keys(stream.fields)) : `Did you mean \`${near}\`?`,
  });
  return undefined;
}

export function mustBeWritable(check: SpecCheck, field: Field, target: string, path: PartPath): void {
  const onlyUpdates = field.readOnly === "after-create" && check.spec.write === "update_only";
  if (field.readOnly !== true && !onlyUpdates) return;
  const place = `${check.spec.to.connection} ${check.spec.to.stream}`;
  const message = onlyUpdates
    ? `${place} takes \`${target}\` only when a record is created, which \`write: update_only\` never does.`
    : `${place} does not let anybody write \`${target}\`.`;
  check.add({
    code: "spec/read-only-field",
    path,
    on: path[0] === "fields" ? "key" : "value",
    message,
    hint: path[0] === "fields" ? "Take it out; it can still be used in `match`." : "Name a field that can be written.",
  });
}

function mustWrite(check: SpecCheck, stream: Stream): void {
  const { spec } = check;
  const updates = stream.update !== undefined || stream.upsert !== undefined;
  const lacking = new Set<string>();
  if (creates(spec) && stream.create === undefined && stream.upsert === undefined) lacking.add("create");
  if (!["create_only", "append"].includes(spec.write) && !updates) lacking.add("update");
  const removes = spec.whenSourceDeleted.act === "remove";
  if ((removes || spec.write === "mirror") && stream.delete === undefined) lacking.add("delete");
  if (spec.whenSourceDeleted.act === "archive" && stream.archive === undefined)
    check.add({
      code: "spec/missing-operation",
      path: ["when_source_deleted"],
      message: `${spec.to.connection} has no way to archive ${stream.name}, which \`when_source_deleted: archive\` needs.`,
      hint: "`mark: FIELD` sets a field of your own instead; `keep` leaves the record as it is.",
    });
  if (lacking.size === 0) return;
  const path =
    lacking.has("delete") && lacking.size === 1 && removes
      ? ["when_source_deleted"]
      : spec.lines["write"] === undefined
        ? ["to", "stream"]
        : ["write"];
  const word = removes && path[0] === "when_source_deleted" ? "when_source_deleted: remove" : `write: ${spec.write}`;
  check.add({
    code: "spec/missing-operation",
    path,
    message: `${spec.to.connection} cannot ${[...lacking].join(" or ")} ${stream.name}, which \`${word}\` needs.`,
    hint: hintFor(lacking, stream),
  });
}

function hintFor(lacking: ReadonlySet<string>, stream: Stream): string {
  const can = (["create", "update", "upsert", "delete"] as const).filter((operation) => stream[operation] !== undefined);
  if (can.length === 0) return "Its records can only be read.";
  if (lacking.has("update") && !lacking.has("create")) return "`write: create_only` never changes an existing record.";
  if (lacking.has("create")) return "`write: update_only` never creates one.";
  return `It can ${can.join(", ")}.`;
}

/** Fields without which the target refuses a new record. One message for all. */
function checkRequired(check: SpecCheck, stream: Stream): void {
  if (!creates(check.spec)) return;
  const { stages } = check.spec;
  const given = new Set([...check.spec.fields.map((rule) => rule.target), stages?.stageField, stages?.pipelineField]);
  const lacking = Object.entries(stream.fields).flatMap(([name, field]) =>
    field.required === true && field.readOnly !== true && !given.has(name) ? [name] : [],
  );
  if (lacking.length === 0) return;
  const names = lacking.map((name) => `\`${name}\``).join(", ");
  check.add({
    code: "spec/required-field",
    path: ["fields"],
    on: "key",
    message: `${check.spec.to.connection} ${stream.name} takes no new record without ${names}, which ${lacking.length === 1 ? "is" : "are"} not in \`fields\`.`,
    hint: `Add ${lacking.length === 1 ? "it" : "them"}; or write \`when_none: skip\` under \`match\` if nothing is to be created.`,
  });
}
