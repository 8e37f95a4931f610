import { type ASTNode, Environment } from "@marcbachmann/cel-js";
import { Duration } from "@marcbachmann/cel-js/evaluator";
import { RE2JS } from "re2js";
import { isBlank } from "./is-blank.js";

/** An expression over these never finishes late: the longest lists of a record stay far below what they allow. */
const limits = { maxAstNodes: 500, maxDepth: 40 };

/** The macros of CEL that walk a list. */
export const walks: ReadonlySet<string> = new Set(["all", "exists", "exists_one", "map", "filter"]);

/** CEL with what makes it bearable for records: `present(x)`, `days(n)`, `like()`, and whole numbers beside doubles. */
export function celBase(): Environment {
  const env = new Environment({ limits, homogeneousAggregateLiterals: false });
  addNumbers(env);
  const days = (count: number) => new Duration(BigInt(Math.round(count * 86_400)));
  env.registerFunction("days(int): google.protobuf.Duration", (count: bigint) => days(Number(count)));
  env.registerFunction("days(double): google.protobuf.Duration", days);
  env.registerFunction("string.like(string): bool", (text: string, pattern: string) => compiled(pattern).matcher(text).find());
  env.registerFunction("present(ast): bool", presentMacro);
  return env;
}

/** The records' numbers are doubles, but `2` is an int to CEL, which compares and adds only equals. */
function addNumbers(env: Environment): void {
  const operations: Readonly<Record<string, (a: number, b: number) => number>> = {
    "+": (a, b) => a + b,
    "-": (a, b) => a - b,
    "*": (a, b) => a * b,
    "/": (a, b) => a / b,
  };
  for (const [sign, work] of Object.entries(operations)) {
    env.registerOperator(`double ${sign} int: double`, (a: number, b: bigint) => work(a, Number(b)));
    env.registerOperator(`int ${sign} double: double`, (a: bigint, b: number) => work(Number(a), b));
  }
  env.registerOperator("double == int", (a: number, b: bigint) => a === Number(b));
  env.registerOperator("double in list<int>", (one: number, list: readonly (number | bigint)[]) =>
    list.some((each) => Number(each) === one),
  );
}

const patterns = new Map<string, RE2JS>();

/** Linear in the text's length, unlike a RegExp. Only patterns that stand in a spec come here. */
function compiled(pattern: string): RE2JS {
  let found = patterns.get(pattern);
  if (found === undefined) {
    found = RE2JS.compile(pattern);
    patterns.set(pattern, found);
  }
  return found;
}

/** Why a text is no pattern; `undefined` when it is one. */
export function patternProblem(pattern: string): string | undefined {
  try {
    compiled(pattern);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

interface Runner {
  run(node: ASTNode, context: unknown): unknown;
}
interface Checker {
  check(node: ASTNode, context: unknown): unknown;
  getType(name: string): unknown;
}

/** Whether a value is there and not blank. Like `has`, but for a field of the record itself too, and checked the same. */
function presentMacro({ args }: { readonly args: readonly ASTNode[] }): unknown {
  const [value] = args;
  return {
    args,
    async: false,
    typeCheck(checker: Checker, _macro: unknown, context: unknown) {
      if (value !== undefined) checker.check(value, context);
      return checker.getType("bool");
    },
    evaluate(runner: Runner, _macro: unknown, context: unknown) {
      try {
        return value !== undefined && !isBlank(runner.run(value, context));
      } catch (error) {
        if (isMissing(error)) return false;
        throw error;
      }
    },
  };
}

/** What evaluation answers where the record has no such value. */
export function isMissing(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code;
  return code === "no_such_key" || code === "unknown_variable" || code === "index_out_of_bounds";
}
