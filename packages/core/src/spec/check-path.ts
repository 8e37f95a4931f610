import type { Field, Stream } from "@fieldwright/connector-kit";
import { fieldAt } from "./field-at.js";
import type { Path } from "./model.js";
import type { PartPath } from "./source-text.js";
import { type SpecCheck, some } from "./spec-check.js";
import { typeInWords } from "./type-fit.js";

/** A record whose fields are known: of a stream, or a member of a list. */
export interface Shelf {
  readonly name: string;
  readonly fields: Readonly<Record<string, Field>>;
  readonly open?: boolean;
  /** The source itself, whose paths may lead through `with`. */
  readonly related?: boolean;
}

/** What a path leads to. `members`: what a list holds. */
export interface Reached {
  readonly field?: Field;
  readonly members?: Shelf;
}

export function shelfOf(stream: Stream, connection: string, related = false): Shelf {
  return {
    name: `${connection} ${stream.name}`,
    fields: stream.fields,
    related,
    ...(stream.open === undefined ? {} : { open: stream.open }),
  };
}

/** What the path leads to, or `undefined` where that is not known; reports a path that leads nowhere. */
export function checkPath(
  check: SpecCheck,
  shelf: Shelf,
  path: Path,
  at: { readonly path: PartPath; readonly on?: "key" | "value" },
): Reached | undefined {
  const [first, ...rest] = path;
  if (first === undefined) return { field: { type: "object" } };
  const related = shelf.related === true ? check.spec.from.with[first] : undefined;
  if (related === undefined) return ownPath(check, shelf, path, at);
  const stream = check.stream(related);
  const members = stream === undefined ? undefined : shelfOf(stream, related.connection);
  if (related.take === "many") {
    if (rest.length === 0) return { field: { type: "list" }, ...(members === undefined ? {} : { members }) };
    const reached = members === undefined ? undefined : ownPath(check, members, rest, at);
    return { field: { type: "list", ...(reached?.field === undefined ? {} : { of: reached.field }) } };
  }
  if (rest.length === 0) return { field: { type: "object" } };
  return members === undefined ? undefined : ownPath(check, members, rest, at);
}

function ownPath(
  check: SpecCheck,
  shelf: Shelf,
  path: Path,
  at: { readonly path: PartPath; readonly on?: "key" | "value" },
): Reached | undefined {
  const found = fieldAt(shelf, path);
  const whole = path.join(".");
  if (found.is === "known") return { field: found.field, ...membersOf(found.field, `${shelf.name}.${whole}`) };
  if (found.is === "no-parts") {
    const owner = path.slice(0, found.at).join(".");
    check.add({
      code: "spec/unknown-source-field",
      ...at,
      message: `\`${owner}\` of ${shelf.name} is ${typeInWords(found.type)}, which has no part \`${path[found.at]}\`.`,
      hint: `Write \`${owner}\`.`,
    });
    return undefined;
  }
  const lead = path.slice(0, found.is === "missing" ? found.at : 0);
  const suggestion = found.near === undefined ? undefined : [...lead, found.near, ...path.slice(lead.length + 1)].join(".");
  if (found.is === "missing") {
    const hint =
      suggestion === undefined ? some("Fields", lead.length === 0 ? Object.keys(shelf.fields) : []) : `Did you mean \`${suggestion}\`?`;
    check.add({
      code: "spec/unknown-source-field",
      ...at,
      message: `${shelf.name} has no field \`${whole}\`.`,
      hint: suggestion === undefined && lead.length > 0 ? undefined : hint,
    });
  } else if (found.near !== undefined) {
    check.add({
      code: "spec/unknown-source-field",
      severity: "warning",
      ...at,
      message: `${shelf.name} declares no field \`${whole}\`; its records may carry more fields than declared.`,
      hint: `Did you mean \`${found.near}\`?`,
    });
  }
  return undefined;
}

function membersOf(field: Field, name: string): { members?: Shelf } {
  const fields = field.type === "list" ? field.of?.fields : undefined;
  return fields === undefined ? {} : { members: { name: `each of ${name}`, fields } };
}
