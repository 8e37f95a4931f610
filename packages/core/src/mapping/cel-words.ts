import { nearest } from "../spec/nearest.js";
import type { CelProblem, KnownWords } from "./cel-problem.js";

interface CelError {
  readonly code?: string;
  readonly summary?: string;
  readonly range?: { readonly start: number; readonly end: number };
}

/** What CEL says of an expression, for somebody who has never heard of overloads. */
export function inPlainWords(error: unknown, source: string, words: KnownWords): CelProblem {
  const { code = "", summary = String(error), range } = error as CelError;
  const at: readonly [number, number] = range === undefined ? [0, source.length] : [range.start, Math.max(range.end, range.start + 1)];
  const said = source.slice(...at);
  const problem = (message: string, hint?: string): CelProblem => ({ is: "expression", message, hint, range: at });
  switch (code) {
    case "unknown_variable":
      return { ...problem(`The record has no field \`${said}\`.`, meant(said, words.variables)), is: "field" };
    case "no_such_key": {
      const key = /^No such key: (.*)$/.exec(summary)?.[1] ?? said;
      return { ...problem(`There is no field \`${key}\` here.`, meant(key, words.fields)), is: "field" };
    }
    case "no_such_overload":
      return problem(...overload(summary));
    case "no_matching_overload":
      return problem(...call(summary, words.functions));
    case "cannot_index_type":
      return problem(`This is ${typeInWords(/'(.*)'/.exec(summary)?.[1] ?? "")}, which has no parts.`);
    case "invalid_macro_argument":
      return problem("`has` asks about a part of a record only.", `Write \`present(${said})\` to ask whether a value is there.`);
    case "unexpected_character":
      return problem(`\`${said}\` does not belong here.`, characterHint(said, source, at[0]));
    case "unterminated_string":
      return problem("The quote that closes this text is missing.", "Add it at the end of the text.");
    default:
      return problem(`This is not an expression: ${summary}.`, undefined);
  }
}

function meant(name: string, candidates: readonly string[]): string | undefined {
  const near = nearest(name, candidates);
  return near === undefined ? undefined : `Did you mean \`${near}\`?`;
}

function overload(summary: string): [string, string?] {
  const parts = /^no such overload: (.+?) (==|!=|<=|>=|<|>|in|\+|-|\*|\/|%|&&|\|\||\?:) (.+)$/.exec(summary);
  if (parts === null) return [`The parts of this do not fit together (${summary}).`];
  const [, left = "", sign = "", right = ""] = parts;
  const both = [left, right];
  const message = `\`${sign}\` cannot stand between ${typeInWords(left)} and ${typeInWords(right)}.`;
  if (both.includes("null")) return [message, "Blanks are left out before: write `present(x)` or `!present(x)`."];
  if (both.includes("type")) return [message, "A field whose name is a word of CEL is written `record.type`."];
  if (both.some(isTime) && both.includes("string")) return [message, 'Write the time as `timestamp("2026-01-31T00:00:00Z")`.'];
  if (both.includes("double") && both.includes("string"))
    return [message, "Write the number without quotes, or make one of the text: `double(text)`."];
  return [message];
}

function isTime(type: string): boolean {
  return type === "google.protobuf.Timestamp";
}

function call(summary: string, functions: readonly string[]): [string, (string | undefined)?] {
  const parts = /'(?:(.+)\.)?(\w+)\((.*)\)'/.exec(summary);
  const name = parts?.[2] ?? "";
  if (!functions.includes(name)) return [`There is no \`${name}\`.`, meant(name, functions) ?? `Some that there are: ${common}.`];
  const types = [parts?.[1], ...(parts?.[3] ?? "").split(", ")].filter((each): each is string => each !== undefined && each !== "");
  return [`\`${name}\` does not take ${types.length === 0 ? "nothing" : types.map(typeInWords).join(" and ")}.`];
}

function characterHint(said: string, source: string, at: number): string | undefined {
  if (said === "=") return "Two are compared with `==`.";
  const word = /^\w+/.exec(source.slice(at))?.[0]?.toLowerCase();
  const sign = word === undefined ? undefined : ({ and: "&&", or: "||", not: "!" } as Readonly<Record<string, string | undefined>>)[word];
  return sign === undefined
    ? "Parts are joined with `&&` (and) and `||` (or); text stands in quotes."
    : `Write \`${sign}\` for \`${word}\`.`;
}

function typeInWords(type: string): string {
  const plain = /^dyn<(.*)>$/.exec(type)?.[1] ?? type;
  const known = words[plain];
  if (known !== undefined) return known;
  if (plain.startsWith("list")) return "a list";
  return "a record";
}

const common = "present(x), days(n), size(x), text.like(pattern), text.startsWith(text), text.contains(text), list.exists(x, …)";

const words: Readonly<Record<string, string>> = {
  string: "text",
  double: "a number",
  int: "a number",
  uint: "a number",
  bool: "true or false",
  null: "null",
  bytes: "bytes",
  type: "a type",
  dyn: "a value",
  "google.protobuf.Timestamp": "a time",
  "google.protobuf.Duration": "a span of time",
};
