import type { z } from "zod";
import { nearest } from "./nearest.js";
import { homesOf, meaningAt, wordsAt } from "./shape-at.js";
import type { Finding, PartPath } from "./source-text.js";

export interface ShapeRules {
  readonly area: "spec" | "project";
  readonly shape: z.ZodType;
  /** "a spec": what the file is called in messages. */
  readonly thing: string;
}

type Issue = z.core.$ZodIssue;

/** Everything in which a value differs from the shape: one finding for each mistake. */
export function checkShape(value: unknown, rules: ShapeRules): Finding[] {
  const result = rules.shape.safeParse(value);
  if (result.success) return [];
  const findings = result.error.issues.flatMap((issue) => findingsOf(issue, [], value, rules));
  return withoutEchoes(findings);
}

type Suggesting = Finding & { readonly suggests?: string };

/** `macth` instead of `match` is one mistake: that `match` is missing then goes without saying. */
function withoutEchoes(findings: readonly Suggesting[]): Finding[] {
  const suggested = new Set(
    findings.flatMap((finding) => (finding.suggests === undefined ? [] : [[...finding.path.slice(0, -1), finding.suggests].join(".")])),
  );
  return findings.filter((finding) => !finding.code.endsWith("/missing-key") || !suggested.has(missingPath(finding)));
}

const missingPaths = new WeakMap<Finding, string>();

function missingPath(finding: Finding): string {
  return missingPaths.get(finding) ?? "";
}

function findingsOf(issue: Issue, above: PartPath, root: unknown, rules: ShapeRules): Suggesting[] {
  const path = [...above, ...(issue.path as PartPath)];
  switch (issue.code) {
    case "unrecognized_keys":
      return issue.keys.filter((key) => !key.startsWith("x-")).map((key) => unknownKey(key, path, rules));
    case "invalid_union":
      return unionFindings(issue, path, root, rules);
    case "invalid_value":
      return present(root, path) === "absent" ? [missing(path, rules)] : [notOneOf(issue.values, path, valueAt(root, path), rules)];
    case "too_small":
      return [
        {
          code: `${rules.area}/bad-value`,
          path,
          message: `${named(path)} is empty; it needs at least one.`,
          hint: meaningAt(rules.shape, path),
        },
      ];
    default: {
      const state = present(root, path);
      if (state === "unreadable") return [];
      if (state === "absent") return [missing(path, rules)];
      const expected = issue.code === "invalid_type" ? [issue.expected] : ["record"];
      return [wrongType(expected, path, valueAt(root, path), rules)];
    }
  }
}

/** Of several forms, the one that the person was about to write. */
function unionFindings(issue: Extract<Issue, { code: "invalid_union" }>, path: PartPath, root: unknown, rules: ShapeRules): Suggesting[] {
  const state = present(root, path);
  if (state === "unreadable") return [];
  if (state === "absent") return [missing(path, rules)];
  const meant = issue.errors.find((branch) => !branch.some((each) => each.path.length === 0 && isOtherKind(each, valueAt(root, path))));
  if (meant !== undefined) return meant.flatMap((each) => findingsOf(each, path, root, rules));
  const expected = issue.errors.flatMap((branch) => branch.flatMap((each) => (each.code === "invalid_type" ? [each.expected] : [])));
  return [wrongType(expected, path, valueAt(root, path), rules)];
}

/** Whether a form is not even of the kind that was written: a word where a map stands. */
function isOtherKind(issue: Issue, value: unknown): boolean {
  if (issue.code === "invalid_type" || issue.code === "custom") return true;
  if (issue.code === "invalid_union")
    return issue.errors.every((branch) => branch.some((each) => each.path.length === 0 && isOtherKind(each, value)));
  return issue.code === "invalid_value" && typeof value === "object" && value !== null;
}

function unknownKey(key: string, path: PartPath, rules: ShapeRules): Suggesting {
  const here = { path: [...path, key], on: "key" as const };
  const words = wordsAt(rules.shape, path);
  const near = nearest(key, words);
  const message = `\`${key}\` is not a word of ${path.length === 0 ? rules.thing : placeName(path)}.`;
  const hint = near === undefined ? otherHint(key, path, words, rules) : `Did you mean \`${near}\`?`;
  return { ...here, code: `${rules.area}/unknown-key`, message, hint, ...(near === undefined ? {} : { suggests: near }) };
}

function otherHint(key: string, path: PartPath, words: readonly string[], rules: ShapeRules): string {
  const [home] = homesOf(rules.shape, key);
  if (home !== undefined) return `\`${key}\` belongs under \`${home}\`.`;
  if (path.length > 0 && wordsAt(rules.shape, []).includes(key))
    return `\`${key}\` belongs at the start of a line, outside of ${placeName(path)}.`;
  return `Words here: ${words.join(", ")}. Keys that start with \`x-\` are free.`;
}

function missing(path: PartPath, rules: ShapeRules): Finding {
  const parent = path.slice(0, -1);
  const finding: Finding = {
    code: `${rules.area}/missing-key`,
    path: parent,
    on: "key",
    message: `\`${path.at(-1)}\` is missing${parent.length === 0 ? "" : ` in ${placeName(parent)}`}.`,
    hint: meaningAt(rules.shape, path),
  };
  missingPaths.set(finding, path.join("."));
  return finding;
}

function notOneOf(values: readonly unknown[], path: PartPath, value: unknown, rules: ShapeRules): Finding {
  const words = values.map(String);
  const near = typeof value === "string" ? nearest(value, words) : undefined;
  const offered = words.length === 1 ? `only \`${words[0]}\`` : words.map((word) => `\`${word}\``).join(", ");
  return {
    code: `${rules.area}/bad-value`,
    path,
    message: `${named(path)} takes ${offered}, not ${shown(value)}.`,
    hint: near === undefined ? meaningAt(rules.shape, path) : `Did you mean \`${near}\`?`,
  };
}

function wrongType(expected: readonly string[], path: PartPath, value: unknown, rules: ShapeRules): Finding {
  const names = [...new Set(expected.map((each) => typeNames[each] ?? each))];
  const asked = names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} or ${names.at(-1)}`;
  if (path.length === 0)
    return {
      code: `${rules.area}/wrong-type`,
      path,
      message: `This is not ${rules.thing}: the file is ${kindOf(value)}.`,
      hint: "Start it with `version: 1` and write `key: value`, each key on its own line.",
    };
  const what = named(path);
  if (expected.length === 1 && expected[0] === "boolean" && typeof value === "string" && /^(yes|no|on|off|y|n)$/i.test(value)) {
    const message = `${what} must be true or false, and \`${value}\` is text in YAML 1.2.`;
    return { code: `${rules.area}/yaml-trap`, path, message, hint: `Write \`${/^(yes|on|y)$/i.test(value) ? "true" : "false"}\`.` };
  }
  return {
    code: `${rules.area}/wrong-type`,
    path,
    message: `${what} must be ${asked}, but this is ${kindOf(value)}.`,
    hint: typeHint(path, value, rules),
  };
}

function typeHint(path: PartPath, value: unknown, rules: ShapeRules): string | undefined {
  const scalar = typeof value === "number" || typeof value === "boolean";
  if (path[0] === "fields" && path.length === 2 && scalar) return `For a fixed value write \`{ value: ${String(value)} }\`.`;
  if (path[0] === "fields" && path.length === 2 && value === null)
    return "Give the path of its source value; `{ value: null }` writes a blank.";
  if (scalar) return "Put it in quotes if it is meant as text.";
  return meaningAt(rules.shape, path);
}

const typeNames: Readonly<Record<string, string>> = {
  string: "text",
  object: "a map",
  record: "a map",
  array: "a list",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  null: "nothing",
};

export function kindOf(value: unknown): string {
  if (value === null || value === undefined) return "empty";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object") return "a map";
  if (typeof value === "string") return "text";
  return typeof value === "number" ? "a number" : String(value);
}

export function shown(value: unknown): string {
  if (typeof value === "string") return `\`${value.length > 40 ? `${value.slice(0, 40)}…` : value}\``;
  return typeof value === "number" ? `\`${value}\`` : kindOf(value);
}

function named(path: PartPath): string {
  const last = path.at(-1);
  return typeof last === "number" ? `Entry ${last + 1} of ${placeName(path.slice(0, -1))}` : `\`${last ?? ""}\``;
}

function placeName(path: PartPath): string {
  const words = path.filter((part) => typeof part === "string");
  return `\`${words.join(".")}\``;
}

function valueAt(root: unknown, path: PartPath): unknown {
  let value = root;
  for (const part of path)
    value = typeof value === "object" && value !== null ? (value as Record<string | number, unknown>)[part] : undefined;
  return value;
}

/** `unreadable`: it stands there, but its YAML was refused, which has been said already. */
function present(root: unknown, path: PartPath): "absent" | "unreadable" | "there" {
  const last = path.at(-1);
  if (last === undefined) return root === undefined ? "unreadable" : "there";
  const parent = valueAt(root, path.slice(0, -1));
  if (valueAt(root, path) !== undefined) return "there";
  return typeof parent === "object" && parent !== null && Object.hasOwn(parent, last) ? "unreadable" : "absent";
}
