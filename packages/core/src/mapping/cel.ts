import { FieldwrightError } from "../problem.js";
import type { CelCondition } from "../spec/model-condition.js";
import { celEnvironment } from "./cel-environment.js";
import { isMissing } from "./cel-functions.js";
import { isRecord, own, toPlain } from "./cel-values.js";

/**
 * The expression of a condition as a function. It does not hold where it meets a value that the record does not have.
 * @throws FieldwrightError (the function) `record/expression` for what only a record can show: a text where a number is compared.
 */
export function compileCel(condition: CelCondition): (record: unknown, now: Date) => boolean {
  const { env, variables, whole } = celEnvironment(condition.known);
  const program = env.parse(condition.source);
  const names = [...new Set(condition.reads.flatMap(([first]) => (first === undefined ? [] : [first])))];
  for (const special of ["now", "record"]) if (variables.has(special)) names.push(special);
  const readsWhole = /\brecord\b/.test(condition.source);
  return (record, now) => {
    const context = Object.create(null) as Record<string, unknown>;
    context["now"] = now;
    if (readsWhole) context["record"] = whole(record);
    if (isRecord(record)) for (const name of names) context[name] = (variables.get(name) ?? toPlain)(own(record, name));
    try {
      return program(context) === true;
    } catch (error) {
      if (isMissing(error)) return false;
      throw new FieldwrightError(
        "record/expression",
        `The expression \`${condition.source.trim()}\` cannot be carried out: ${summaryOf(error)}.`,
        {
          hint: "Ask for the type first, or declare the field.",
        },
      );
    }
  };
}

function summaryOf(error: unknown): string {
  const summary = (error as { summary?: unknown } | null)?.summary;
  return typeof summary === "string" ? summary : error instanceof Error ? error.message : String(error);
}
