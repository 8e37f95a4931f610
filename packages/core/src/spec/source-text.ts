import type { Problem } from "../problem.js";
import { excerptOf, placeOf } from "./excerpt.js";

/** The way to a part of a spec: `["fields", "phone", "do", 0]`. */
export type PartPath = readonly (string | number)[];

/** Offsets in the text, end exclusive. */
export interface Position {
  readonly key?: readonly [number, number];
  readonly value: readonly [number, number];
}

/** Where the parts of a spec stand, so that a message can show them; without `text` the spec was made in code. */
export interface SourceText {
  readonly file?: string;
  readonly text?: string;
  /** By `pathKey`. */
  readonly positions?: Readonly<Record<string, Position>>;
  /** Hides values that an excerpt must not show. */
  readonly mask?: (line: string) => string;
}

export interface Finding {
  readonly code: string;
  readonly path: PartPath;
  /** Whether the carets go under the key or the value; the value if not given. */
  readonly on?: "key" | "value";
  readonly message: string;
  readonly hint?: string | undefined;
  readonly severity?: "error" | "warning";
  /** Offsets that know better than `path`. */
  readonly span?: readonly [number, number];
}

export function pathKey(path: PartPath): string {
  return path.join(".");
}

/** A finding as a person gets to see it: with place and excerpt. */
export function problemAt(source: SourceText, finding: Finding): Problem {
  const problem = {
    code: finding.code,
    severity: finding.severity ?? "error",
    message: finding.message,
    ...(finding.hint === undefined ? {} : { hint: finding.hint }),
    ...(source.file === undefined ? {} : { file: source.file }),
    ...(finding.path.length === 0 ? {} : { path: pathKey(finding.path) }),
  };
  if (source.text === undefined) return problem;
  const span = finding.span ?? spanOf(source, finding.path, finding.on ?? "value");
  const { line, column } = placeOf(source.text, span[0]);
  return { ...problem, line, column, excerpt: excerptOf(source.text, span, source.mask) };
}

/** The span of the part, or of the nearest part around it that stands in the text. */
function spanOf(source: SourceText, path: PartPath, on: "key" | "value"): readonly [number, number] {
  for (let length = path.length; length > 0; length--) {
    const position = source.positions?.[pathKey(path.slice(0, length))];
    if (position === undefined) continue;
    if (length < path.length || on === "key") return position.key ?? position.value;
    return position.value;
  }
  return [0, 0];
}

/** Problems in the order in which a person reads the file. */
export function inReadingOrder(problems: readonly Problem[]): Problem[] {
  const at = (problem: Problem) => (problem.line ?? 0) * 100_000 + Math.min(problem.column ?? 0, 99_999);
  return [...problems].sort((a, b) => (a.file === b.file ? at(a) - at(b) : 0));
}
