import type { Field, Stream } from "@fieldwright/connector-kit";
import type { Project } from "../project/model.js";
import type { Spec, StreamName } from "./model.js";
import type { Schemas } from "./spec-check.js";

/**
 * TypeScript for the records that a project's syncs read and write: an interface of each stream, one of what may be
 * written to each target (`...Input`), and `Records` with all of them by "connection.stream". Streams whose connection
 * could not say what it holds are left out.
 */
export function recordTypes(project: Pick<Project, "name" | "syncs">, schemas: Schemas): string {
  const targets = new Set(project.syncs.map((spec) => nameOf(spec.to)));
  const names = [...new Set(project.syncs.flatMap(streamsOf).map(nameOf))].sort();
  const taken = new Set<string>(["Records"]);
  const streams = names.flatMap((name) => {
    const stream = find(schemas, name);
    return stream === undefined ? [] : [{ name, stream, type: typeName(name, taken), written: targets.has(name) }];
  });
  const records = streams.map(({ name, type }) => `  readonly ${JSON.stringify(name)}: ${type};`);
  return [
    `// The records of the project ${oneLine(project.name)}, written by \`fieldwright types\`. Changes here are lost.`,
    ...streams.map(({ name, stream, type }) => declared(type, readLines(stream), [`A record of ${name}, as it is read.`, stream.about])),
    ...streams.flatMap(({ name, stream, type, written }) =>
      written ? [declared(`${type}Input`, writeLines(stream), [`What may be written to ${name}.`])] : [],
    ),
    declared("Records", records, ["Every record by connection and stream."]),
  ]
    .join("\n\n")
    .concat("\n");
}

function streamsOf(spec: Spec): StreamName[] {
  return [spec.from, ...Object.values(spec.from.with), spec.to];
}

function nameOf({ connection, stream }: StreamName): string {
  return `${connection}.${stream}`;
}

function find(schemas: Schemas, name: string): Stream | undefined {
  const [connection = ""] = name.split(".", 1);
  return schemas[connection]?.find((stream) => stream.name === name.slice(connection.length + 1));
}

/** `crm.custom_fields` as CrmCustomFields; a second one of that name gets a number. */
function typeName(name: string, taken: Set<string>): string {
  const words = name.split(/[^A-Za-z0-9]+/).filter((word) => word !== "");
  const plain = words.map((word) => word.slice(0, 1).toUpperCase() + word.slice(1)).join("");
  const base = /^[A-Z]/.test(plain) ? plain : `Stream${plain}`;
  let type = base;
  for (let number = 2; taken.has(type) || taken.has(`${type}Input`); number++) type = `${base}${number}`;
  taken.add(type);
  taken.add(`${type}Input`);
  return type;
}

function declared(type: string, lines: readonly string[], about: readonly (string | undefined)[]): string {
  const said = about.filter((each) => each !== undefined).join(" ");
  return [comment(said, ""), `export interface ${type} {`, ...lines, "}"].join("\n");
}

function readLines(stream: Stream): string[] {
  const lines = Object.entries(stream.fields).map(([name, field]) =>
    line(name, field, { optional: name !== stream.key, blank: name !== stream.key }),
  );
  return stream.open === true
    ? [...lines, "  /** Records may carry more than is declared. */", "  readonly [field: string]: unknown;"]
    : lines;
}

function writeLines(stream: Stream): string[] {
  const writable = Object.entries(stream.fields).filter(([, field]) => field.readOnly !== true);
  const lines = writable.map(([name, field]) => line(name, field, { optional: field.required !== true, blank: field.required !== true }));
  return stream.open === true ? [...lines, "  readonly [field: string]: unknown;"] : lines;
}

function line(name: string, field: Field, may: { readonly optional: boolean; readonly blank: boolean }): string {
  const key = /^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name);
  const about = [field.about, notes[field.type]].filter((each) => each !== undefined).join(" ");
  const type = may.blank ? nullable(typeOf(field)) : typeOf(field);
  const own = `  readonly ${key}${may.optional ? "?" : ""}: ${type};`;
  return about === "" ? own : `${comment(about, "  ")}\n${own}`;
}

const notes: Partial<Record<Field["type"], string>> = {
  integer: "A whole number; beyond 2^53 as text.",
  decimal: "Decimal text, so that it stays exact.",
  date: "YYYY-MM-DD",
  datetime: "ISO 8601",
  time: "HH:MM:SS",
  uuid: "UUID",
};

function nullable(type: string): string {
  return type === "unknown" ? type : `${type} | null`;
}

function typeOf(field: Field): string {
  if (field.options !== undefined) return [...new Set(field.options)].map((option) => JSON.stringify(option)).join(" | ") || "never";
  switch (field.type) {
    case "integer":
      return "number | string";
    case "number":
      return "number";
    case "boolean":
      return "boolean";
    case "json":
      return "unknown";
    case "list":
      return `readonly (${field.of === undefined ? "unknown" : nullable(typeOf(field.of))})[]`;
    case "object":
      return objectType(field);
    default:
      return "string";
  }
}

function objectType({ fields }: Field): string {
  if (fields === undefined) return "Readonly<Record<string, unknown>>";
  const parts = Object.entries(fields).map(([name, field]) => `readonly ${JSON.stringify(name)}?: ${nullable(typeOf(field))}`);
  return `{ ${parts.join("; ")} }`;
}

/** What a vendor says of a field must not end the comment. */
function comment(text: string, indent: string): string {
  return `${indent}/** ${oneLine(text).replaceAll("*/", "* /")} */`;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
