import { type Document, isAlias, isCollection, isMap, isScalar, isSeq, type Node, type Pair, parseDocument, type YAMLMap } from "yaml";
import type { Problem } from "../problem.js";
import { type Finding, inReadingOrder, type PartPath, type Position, pathKey, problemAt, type SourceText } from "./source-text.js";
import { afterBar, syntaxFinding } from "./yaml-syntax.js";

/** Far more than any spec needs; keeps a wrong file from taking the process down. */
const largestText = 2_000_000;

export interface YamlOptions {
  readonly file?: string;
  /** First part of the codes. */
  readonly area: "spec" | "project";
  readonly mask?: (line: string) => string;
}

export interface YamlRead {
  /** Plain objects, arrays and scalars; `undefined` where the text is not YAML. */
  readonly value: unknown;
  readonly source: SourceText;
  readonly problems: readonly Problem[];
}

/** The value of a YAML 1.2 text and where its parts stand. Never throws. */
export function readYaml(text: string, options: YamlOptions): YamlRead {
  const walk = new Walk(text, options.area);
  const value = walk.document();
  const source: SourceText = {
    text,
    positions: walk.positions,
    ...(options.file === undefined ? {} : { file: options.file }),
    ...(options.mask === undefined ? {} : { mask: options.mask }),
  };
  return { value, source, problems: inReadingOrder(walk.findings.map((finding) => problemAt(source, finding))) };
}

const deepest = 100;

/**
 * Where the text nests too deeply. The parser recurses, and thousands of levels take the process down with no way to
 * catch it. Brackets in quotes count too: a hundred unclosed ones are no text that a spec needs.
 */
function tooDeep(text: string): number | undefined {
  const indented = new RegExp(`^ {${deepest * 4}}|^[ \\t]*(?:[-?:][ \\t]+){${deepest}}`, "m").exec(text);
  if (indented !== null) return indented.index;
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (character === "[" || character === "{") depth++;
    else if ((character === "]" || character === "}") && depth > 0) depth--;
    if (depth > deepest) return at;
  }
  return undefined;
}

class Walk {
  readonly positions: Record<string, Position> = Object.create(null) as Record<string, Position>;
  readonly findings: Finding[] = [];

  constructor(
    private readonly text: string,
    private readonly area: "spec" | "project",
  ) {}

  document(): unknown {
    if (this.text.length > largestText) {
      this.add([], [0, 0], "The file holds more than 2 million characters, which no spec needs.", "Check that this is the right file.");
      return undefined;
    }
    const deep = tooDeep(this.text);
    if (deep !== undefined) {
      this.add([], [deep, deep + 1], "This is nested more deeply than any spec needs.", "Check that this is the right file.");
      return undefined;
    }
    return this.composed();
  }

  private composed(): unknown {
    const document: Document = parseDocument(this.text, {
      version: "1.2",
      schema: "core",
      keepSourceTokens: true,
      uniqueKeys: false,
      prettyErrors: false,
    });
    const [first] = document.errors;
    if (first !== undefined) {
      // One slip makes the parser stumble again and again: only the first message is about the slip.
      this.findings.push(syntaxFinding(this.area, this.text, first));
      return undefined;
    }
    return this.node(document.contents, []);
  }

  private add(path: PartPath, span: readonly [number, number], message: string, hint?: string, code = `${this.area}/yaml`): void {
    this.findings.push({ code, path, span, message, hint });
  }

  private node(node: Node | null, path: PartPath): unknown {
    if (node === null) return null;
    const span: readonly [number, number] = [node.range?.[0] ?? 0, node.range?.[1] ?? 0];
    if (isAlias(node)) {
      this.add(
        path,
        span,
        `\`*${node.source}\` is a YAML alias, which this file does not take: each part says itself what it does.`,
        `Write the part out, or put text that starts with \`*\` in quotes.`,
      );
      return undefined;
    }
    if (node.tag !== undefined && node.tag !== "!") {
      const start = this.tagStart(span[0]);
      this.add(
        path,
        [start, span[1]],
        "A word that starts with `!` is a YAML tag, which this file does not take.",
        path.at(-1) === "expr" ? afterBar : "Put text that starts with `!` in quotes.",
      );
      return undefined;
    }
    this.positions[pathKey(path)] ??= { value: span };
    if (isMap(node)) return this.map(node, path);
    if (isSeq(node)) return node.items.map((item, index) => this.node(item as Node | null, [...path, index]));
    if (isScalar(node)) return this.scalar(node.value, node.type === "PLAIN", span, path);
    return null;
  }

  /** The parser leaves a tag out of its node's range. */
  private tagStart(nodeStart: number): number {
    const lineStart = this.text.lastIndexOf("\n", Math.max(0, nodeStart - 1)) + 1;
    const mark = this.text.lastIndexOf("!", nodeStart);
    return mark >= lineStart ? mark : nodeStart;
  }

  private scalar(value: unknown, plain: boolean, span: readonly [number, number], path: PartPath): unknown {
    if (!plain) return value;
    const cut = /^[ \t]+#(?=[^\s#!-])[^\n\r]*/.exec(this.text.slice(span[1], span[1] + 300));
    // Expressions are cut in more ways, which `readExpr` tells.
    if (cut !== null && typeof value === "string" && path.at(-1) !== "expr") {
      this.add(
        path,
        [span[0], span[1] + cut[0].length],
        "The text ends before ` #`: YAML takes the rest of the line for a comment.",
        "Put the text in quotes; or write a blank after `#` if it is a comment.",
        `${this.area}/yaml-trap`,
      );
    } else if (typeof value === "number" && Number.isInteger(value) && !Number.isSafeInteger(value)) {
      this.add(
        path,
        span,
        "This number has too many digits to be kept exactly.",
        "Put it in quotes, so that it stays as written.",
        `${this.area}/yaml-trap`,
      );
    }
    return value;
  }

  private map(node: YAMLMap, path: PartPath): Record<string, unknown> {
    const result: Record<string, unknown> = {};
    for (const item of node.items) this.pair(item as Pair<Node, Node | null>, path, result);
    return result;
  }

  private pair(pair: Pair<Node, Node | null>, path: PartPath, into: Record<string, unknown>): void {
    const key = this.key(pair.key, path);
    if (key === undefined) return;
    const span: readonly [number, number] = [pair.key.range?.[0] ?? 0, pair.key.range?.[1] ?? 0];
    if (Object.hasOwn(into, key)) {
      const isField = this.area === "spec" && path.length === 1 && path[0] === "fields";
      if (isField)
        this.add(
          path,
          span,
          `\`${key}\` is given twice, so that it is not clear where its value comes from.`,
          "Keep one of the two; several sources go into one field with `join`.",
          "spec/duplicate-target",
        );
      else this.add(path, span, `\`${key}\` stands here twice.`, "Keep one of the two.");
      return;
    }
    const here = [...path, key];
    const empty = pair.value === null || (isScalar(pair.value) && pair.value.range?.[0] === pair.value.range?.[1]);
    this.positions[pathKey(here)] = { key: span, value: empty ? span : [pair.value?.range?.[0] ?? 0, pair.value?.range?.[1] ?? 0] };
    into[key] = this.node(pair.value, here);
  }

  private key(node: Node | null, path: PartPath): string | undefined {
    const span: readonly [number, number] = [node?.range?.[0] ?? 0, node?.range?.[1] ?? 0];
    if (node === null || isCollection(node) || isAlias(node) || !isScalar(node)) {
      this.add(path, span, "A key must be a plain word.", "Put a key with brackets, braces, `*` or `?` in quotes.");
      return undefined;
    }
    const written = node.type === "PLAIN" ? this.text.slice(span[0], span[1]) : String(node.value);
    if (written === "<<")
      this.add(path, span, "`<<` (a YAML merge key) is not taken: each part says itself what it does.", "Write the merged keys out.");
    else if (node.tag !== undefined && node.tag !== "!")
      this.add(path, span, "A key must be a plain word, with no `!` before it.", "Put the key in quotes.");
    else if (written === "" || written === "__proto__")
      this.add(path, span, `A key must not be ${written === "" ? "empty" : "`__proto__`"}.`);
    else return written;
    return undefined;
  }
}
