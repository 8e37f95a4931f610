import type { ASTNode } from "@marcbachmann/cel-js";
import type { Path } from "../spec/model-condition.js";
import { patternProblem, walks } from "./cel-functions.js";

/** Something that CEL would take, but a spec does not. Offsets in the expression. */
export interface Refusal {
  readonly range: readonly [number, number];
  readonly message: string;
  readonly hint: string;
}

export interface Walked {
  readonly refusals: readonly Refusal[];
  /** Fields of the record that are read, as far as the text tells. */
  readonly reads: readonly Path[];
  /** Names that stand for themselves, but for those that list walks brought in. */
  readonly bare: readonly (ASTNode & { op: "id" })[];
  /** Calls of `duration` and `timestamp` on a text in quotes, which can be tried at once. */
  readonly literalCalls: readonly ASTNode[];
}

/** How deep list walks may nest, and how many may make new lists: beyond that a record could keep a run busy for hours. */
const deepest = 2;
const mostMaps = 2;

/** Looks an expression through, once. */
export function walkCel(ast: ASTNode): Walked {
  const walk = new Walk();
  walk.node(ast, { own: new Set(), depth: 0 });
  const reads = new Map(walk.reads.map((path) => [path.join("."), path]));
  return { refusals: walk.refusals, reads: [...reads.values()], bare: walk.bare, literalCalls: walk.literalCalls };
}

interface Place {
  /** Names that list walks brought in. */
  readonly own: ReadonlySet<string>;
  readonly depth: number;
}

class Walk {
  readonly refusals: Refusal[] = [];
  readonly reads: Path[] = [];
  readonly bare: (ASTNode & { op: "id" })[] = [];
  readonly literalCalls: ASTNode[] = [];
  private maps = 0;

  node(node: ASTNode, place: Place): void {
    const path = chainOf(node);
    if (path !== undefined) this.read(node, path, place);
    else if (node.op === "call") this.call(node, place);
    else if (node.op === "rcall") this.method(node, place);
    else if (node.op !== "value") for (const child of childrenOf(node)) this.node(child, place);
  }

  private read(node: ASTNode, [first, ...rest]: readonly string[], place: Place): void {
    if (first === undefined || place.own.has(first)) return;
    const head = headOf(node);
    if (head !== undefined) this.bare.push(head);
    if (first === "now") return;
    this.reads.push(first === "record" ? rest : [first, ...rest]);
  }

  private call(node: ASTNode & { op: "call" }, place: Place): void {
    const [name, args] = node.args;
    const [first] = args;
    if (name === "matches") this.refuse(node, noMatches, likeHint);
    if ((name === "duration" || name === "timestamp") && first?.op === "value") this.literalCalls.push(node);
    for (const each of args) this.node(each, place);
  }

  private method(node: ASTNode & { op: "rcall" }, place: Place): void {
    const [name, receiver, args] = node.args;
    if (receiver.op === "id" && receiver.args === "cel") {
      this.refuse(node, "`cel.bind` is not taken: it lets a short expression fill the memory.", "Say the value twice.");
      return;
    }
    if (name === "matches") this.refuse(node, noMatches, likeHint);
    if (name === "like") this.pattern(args[0], node);
    this.node(receiver, place);
    if (walks.has(name)) this.walked(node, place);
    else for (const each of args) this.node(each, place);
  }

  private walked(node: ASTNode & { op: "rcall" }, place: Place): void {
    const [name, , [variable, ...rest]] = node.args;
    if (name === "map" && ++this.maps > mostMaps)
      this.refuse(node, `\`map\` stands here more than ${mostMaps} times.`, "Make the value in a field of its own.");
    if (place.depth + 1 > deepest)
      this.refuse(
        node,
        `More than ${deepest} list walks stand within each other.`,
        "Say it with the conditions `any`, `every` and `none`.",
      );
    const own = variable?.op === "id" ? new Set([...place.own, variable.args]) : place.own;
    for (const each of rest) this.node(each, { own, depth: place.depth + 1 });
  }

  private pattern(pattern: ASTNode | undefined, node: ASTNode): void {
    if (pattern?.op !== "value" || typeof pattern.args !== "string") {
      this.refuse(pattern ?? node, "`like` takes its pattern as a text in quotes.", 'Example: `email.like("@example[.]com$")`');
      return;
    }
    const why = patternProblem(pattern.args);
    if (why !== undefined)
      this.refuse(pattern, `This is not a pattern: ${why}.`, "RE2 patterns know no look-ahead and no back references.");
  }

  private refuse(node: ASTNode, message: string, hint: string): void {
    this.refusals.push({ range: [node.range.start, node.range.end], message, hint });
  }
}

const noMatches = "`matches` is not taken: some patterns would keep a run busy for hours.";
const likeHint = 'Write `like`: `email.like("@example[.]com$")`.';

/** `owner.email` as its parts, where nothing but names stands before the dots. */
function chainOf(node: ASTNode): string[] | undefined {
  if (node.op === "id") return [node.args];
  if (node.op === "[]") {
    const [of, key] = node.args;
    const before = key.op === "value" && typeof key.args === "string" ? chainOf(of) : undefined;
    return before === undefined || typeof key.args !== "string" ? undefined : [...before, key.args];
  }
  if (node.op !== ".") return undefined;
  const before = chainOf(node.args[0]);
  return before === undefined ? undefined : [...before, node.args[1]];
}

function headOf(node: ASTNode): (ASTNode & { op: "id" }) | undefined {
  if (node.op === "id") return node;
  return node.op === "." || node.op === "[]" ? headOf(node.args[0]) : undefined;
}

function childrenOf(node: ASTNode): ASTNode[] {
  const parts: readonly unknown[] = Array.isArray(node.args) ? node.args.flat() : [node.args];
  return parts.filter((part): part is ASTNode => typeof part === "object" && part !== null && "op" in part);
}
