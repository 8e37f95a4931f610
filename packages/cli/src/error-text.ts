import { FieldwrightError, type Problem, renderProblem } from "@fieldwright/core";
import type { Colors } from "./progress/line.js";
import { some } from "./report/words.js";

export interface PlainError {
  readonly code: string;
  readonly message: string;
  readonly hint?: string;
  readonly problems: readonly Problem[];
}

/** Any error as what a person needs: what, code, next step. */
export function plainError(error: unknown): PlainError {
  if (error instanceof FieldwrightError)
    return withHint({ code: error.code, message: error.message, problems: error.problems }, error.hint);
  const message = error instanceof Error ? error.message : String(error);
  const { code, hint } = error as { code?: unknown; hint?: unknown };
  return withHint(
    { code: typeof code === "string" ? code : "unexpected", message, problems: [] },
    typeof hint === "string" ? hint : "FIELDWRIGHT_DEBUG=1 shows where it happened.",
  );
}

function withHint(plain: Omit<PlainError, "hint">, hint: string | undefined): PlainError {
  return hint === undefined ? plain : { ...plain, hint };
}

/** The error in plain words; the stack only with FIELDWRIGHT_DEBUG=1. */
export function errorText(error: unknown, colors: Colors): string {
  const plain = plainError(error);
  // Some messages hold the problems already; they are shown once, with their excerpts.
  const message = plain.problems.some((problem) => plain.message.includes(problem.message))
    ? `${some(plain.problems.length, "problem")} found.`
    : plain.message;
  const lines = [`${colors.red("error")} ${plain.code}: ${message}`];
  lines.push(...plain.problems.map((problem) => renderProblem(problem, { colours: colors.isColorSupported })));
  if (plain.hint !== undefined) lines.push(`${colors.cyan("hint:")} ${plain.hint}`);
  if (process.env.FIELDWRIGHT_DEBUG === "1" && error instanceof Error) lines.push(colors.dim(withCauses(error)));
  return lines.join("\n");
}

function withCauses(error: Error): string {
  const stack = error.stack ?? String(error);
  return error.cause instanceof Error ? `${stack}\ncaused by ${withCauses(error.cause)}` : stack;
}
