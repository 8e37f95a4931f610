import { isDeepStrictEqual } from "node:util";
import { isMap, isScalar, parseDocument } from "yaml";
import { readYaml } from "./read-yaml.js";
import { syncShape } from "./shape.js";

const order = Object.keys(syncShape.shape);

/**
 * The text with the top-level words in reading order. Within a word nothing changes, and comments above a word move with
 * it; those at the top of the file stay there. A text that this cannot be done to is given back as it is.
 */
export function formatSpec(text: string): string {
  const plain = text.replace(/\r\n/g, "\n");
  const before = read(plain);
  const parts = before === undefined ? undefined : partsOf(plain, before.keys);
  if (before === undefined || parts === undefined) return text;
  const rank = (name: string) => (order.includes(name) ? order.indexOf(name) : order.length);
  const words = parts.words.toSorted((a, b) => rank(a.name) - rank(b.name));
  const result = joined([parts.head, ...words.map((word) => word.lines), parts.tail]);
  // Better the old order than another meaning: a text that runs on to the file's end may do that.
  const after = read(result);
  if (after === undefined || !isDeepStrictEqual(before.value, after.value)) return text;
  return text.includes("\r\n") ? result.replace(/\n/g, "\r\n") : result;
}

interface Key {
  readonly name: string;
  /** Offsets of the key and of the end of its value. */
  readonly start: number;
  readonly end: number;
}

/** The words at the start of lines; `undefined` for what is not a block of them. */
function read(text: string): { readonly value: unknown; readonly keys: readonly Key[] } | undefined {
  const { value: plain, problems } = readYaml(text, { area: "spec" });
  if (plain === undefined || problems.some(({ code }) => code !== "spec/yaml-trap") || /^(\.\.\.|%)/m.test(text)) return undefined;
  const { contents } = parseDocument(text, { version: "1.2", schema: "core", prettyErrors: false });
  if (!isMap(contents) || contents.flow === true) return undefined;
  const keys = contents.items.map(({ key, value }): Key | undefined => {
    const start = isScalar(key) ? key.range?.[0] : undefined;
    if (!isScalar(key) || start === undefined || start === null || (start > 0 && text[start - 1] !== "\n")) return undefined;
    const range = (value as { range?: readonly number[] } | null)?.range;
    return { name: String(key.value), start, end: Math.max(range?.[1] ?? 0, key.range?.[1] ?? 0) };
  });
  return keys.every((key) => key !== undefined) ? { value: plain, keys } : undefined;
}

type Lines = readonly string[];

interface Parts {
  readonly head: Lines;
  readonly words: readonly { readonly name: string; readonly lines: Lines }[];
  readonly tail: Lines;
}

function partsOf(text: string, keys: readonly Key[]): Parts | undefined {
  const lines = text.replace(/\n$/, "").split("\n");
  const lineAt = (offset: number) => text.slice(0, offset).split("\n").length - 1;
  const starts = keys.map((key) => lineAt(key.start));
  const ends = keys.map((key, index) => withOwnComments(lines, Math.max(starts[index] ?? 0, lineAt(Math.max(key.start, key.end - 1)))));
  const [first] = starts;
  if (first === undefined) return undefined;
  const top = headEnd(lines.slice(0, first));
  const words = keys.map(({ name }, index) => {
    const from = index === 0 ? top : (ends[index - 1] ?? 0) + 1;
    const start = starts[index] ?? 0;
    return { name, lines: [...tidy(lines.slice(from, start)), ...lines.slice(start, (ends[index] ?? start) + 1)] };
  });
  return { head: tidy(lines.slice(0, top)), words, tail: tidy(lines.slice((ends.at(-1) ?? first) + 1)) };
}

/** Comments that are indented below a word belong to it. */
function withOwnComments(lines: Lines, end: number): number {
  let last = end;
  for (let line = end + 1; line < lines.length && /^\s*(#.*)?$/.test(lines[line] ?? ""); line++) {
    if (/^\s+#/.test(lines[line] ?? "")) last = line;
  }
  return last;
}

/** Above the first word: what a blank line or `---` parts from it is about the file. */
function headEnd(above: Lines): number {
  return above.findLastIndex((line) => line.trim() === "" || line.startsWith("---")) + 1;
}

/** Comments at the start of their lines, with at most one blank line between them: below a text they would belong to it. */
function tidy(lines: Lines): Lines {
  return lines.map((line) => line.trim()).filter((line, index, all) => line !== "" || all[index - 1] !== "");
}

function joined(parts: readonly Lines[]): string {
  const [head = [], ...rest] = parts;
  const tail = rest.at(-1) ?? [];
  const words = rest.slice(0, -1);
  const top = trimmed(head);
  const body = words.flatMap((word, index) => (index === 0 ? trimmedStart(word) : word));
  const gap = top.length === 0 || top.at(-1)?.startsWith("---") === true ? [] : [""];
  const end = trimmed(tail);
  return `${[...top, ...gap, ...body, ...(end.length === 0 ? [] : ["", ...end])].join("\n")}\n`;
}

function trimmedStart(lines: Lines): Lines {
  const first = lines.findIndex((line) => line.trim() !== "");
  return first === -1 ? [] : lines.slice(first);
}

function trimmed(lines: Lines): Lines {
  const kept = trimmedStart(lines);
  return kept.slice(0, kept.findLastIndex((line) => line.trim() !== "") + 1);
}
