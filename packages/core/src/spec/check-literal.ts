import type { Field } from "@fieldwright/connector-kit";
import type { Scalar } from "./model.js";
import { nearest } from "./nearest.js";
import type { PartPath } from "./source-text.js";
import type { SpecCheck } from "./spec-check.js";
import { typeInWords } from "./type-fit.js";

/** A value that the spec itself gives, against the field it is written to. */
export function checkLiteral(
  check: SpecCheck,
  field: Field,
  value: Scalar,
  at: { readonly path: PartPath; readonly target: string; readonly on?: "key" },
): void {
  if (value === null) return;
  const { target } = at;
  const place = { path: at.path, ...(at.on === undefined ? {} : { on: at.on }) };
  const said = String(value);
  if (field.type === "boolean" && typeof value === "string" && /^(yes|no|on|off|y|n)$/i.test(value)) {
    const meant = /^(yes|on|y)$/i.test(value) ? "true" : "false";
    check.add({
      code: "spec/yaml-trap",
      ...place,
      message: `\`${target}\` is true or false, but \`${value}\` is text in YAML 1.2.`,
      hint: `Write \`${meant}\`.`,
    });
    return;
  }
  if (!literalFits(field, value)) {
    check.add({
      code: "spec/chain-type",
      ...place,
      message: `\`${target}\` is ${typeInWords(field.type)}, which \`${said}\` is not.`,
      hint: exampleOf(field),
    });
    return;
  }
  if (field.options !== undefined && !field.options.some((each) => String(each) === said)) {
    const known = field.options.map(String);
    const near = nearest(said, known);
    check.add({
      code: "spec/bad-value",
      ...place,
      message: `\`${target}\` does not take \`${said}\`.`,
      hint: near === undefined ? `It takes: ${known.join(", ")}.` : `Did you mean \`${near}\`?`,
    });
  } else if (field.maxLength !== undefined && said.length > field.maxLength) {
    check.add({
      code: "spec/bad-value",
      ...place,
      message: `\`${target}\` takes at most ${field.maxLength} characters; this has ${said.length}.`,
      hint: "Shorten it.",
    });
  }
}

function literalFits(field: Field, value: string | number | boolean): boolean {
  const text = String(value);
  switch (field.type) {
    case "text":
    case "json":
      return true;
    case "boolean":
      return typeof value === "boolean";
    case "integer":
      return typeof value !== "boolean" && /^-?\d+$/.test(text);
    case "number":
    case "decimal":
      return typeof value !== "boolean" && text !== "" && Number.isFinite(Number(text));
    case "date":
      return /^\d{4}-\d{2}-\d{2}$/.test(text);
    case "datetime":
      return /^\d{4}-\d{2}-\d{2}([T ]|$)/.test(text);
    case "time":
      return /^\d{2}:\d{2}/.test(text);
    case "uuid":
      return /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i.test(text);
    default:
      return false;
  }
}

function exampleOf(field: Field): string | undefined {
  const example = {
    boolean: "true",
    integer: "5",
    number: "5.5",
    decimal: "5.50",
    date: "2026-01-31",
    datetime: "2026-01-31T08:00:00Z",
    time: "08:00:00",
  }[field.type as string];
  return example === undefined ? undefined : `Write e.g. \`${example}\`.`;
}
