import type { Field, FieldType, Stream } from "@fieldwright/connector-kit";
import type { Path } from "./model.js";
import { nearest } from "./nearest.js";

/** What is known of the value at a path. */
export type FieldFound =
  | { readonly is: "known"; readonly field: Field }
  /** Nothing is declared here: json, an open stream, the parts of an undeclared object. */
  | { readonly is: "undeclared"; readonly near?: string }
  | { readonly is: "missing"; readonly at: number; readonly near?: string }
  /** The path goes on within a value that has no parts. */
  | { readonly is: "no-parts"; readonly at: number; readonly type: FieldType };

/** Paths lead through a list member by member: the result is a list of what they have there; a number picks one. */
export function fieldAt(stream: Pick<Stream, "fields" | "open">, path: Path): FieldFound {
  let fields: Readonly<Record<string, Field>> | undefined = stream.fields;
  let field: Field | undefined;
  let several = false;
  for (const [index, part] of path.entries()) {
    if (field?.type === "list" && /^\d+$/.test(part)) {
      field = field.of;
      fields = field?.type === "object" ? field.fields : undefined;
      continue;
    }
    if (fields === undefined) return partOf(field, index);
    if (field?.type === "list") several = true;
    const next: Field | undefined = Object.hasOwn(fields, part) ? fields[part] : undefined;
    if (next === undefined) return absent(part, Object.keys(fields), index, stream.open === true);
    field = next;
    fields = next.type === "object" ? next.fields : next.type === "list" && next.of?.type === "object" ? next.of.fields : undefined;
  }
  if (field === undefined) return { is: "undeclared" };
  return { is: "known", field: several ? { type: "list", of: field } : field };
}

function absent(part: string, names: readonly string[], at: number, open: boolean): FieldFound {
  const near = nearest(part, names);
  const found = open ? ({ is: "undeclared" } as const) : ({ is: "missing", at } as const);
  return near === undefined ? found : { ...found, near };
}

/** A step into a value whose parts are not declared one by one. */
function partOf(field: Field | undefined, at: number): FieldFound {
  if (field === undefined || ["list", "json", "object"].includes(field.type)) return { is: "undeclared" };
  return { is: "no-parts", at, type: field.type };
}
