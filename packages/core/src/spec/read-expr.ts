import type { CelProblem } from "../mapping/cel-problem.js";
import { checkCel } from "../mapping/check-cel.js";
import { kindOf } from "./check-shape.js";
import type { CelCondition, KnownRecord } from "./model.js";
import type { Reading } from "./reading.js";
import { type Finding, type PartPath, pathKey, type SourceText } from "./source-text.js";
import { afterBar } from "./yaml-syntax.js";

/** The expression, as far as its text alone can be judged; `undefined` with findings that say why. */
export function readExpr(value: unknown, path: PartPath, reading: Reading): CelCondition | undefined {
  if (value === undefined) return undefined;
  if (typeof value !== "string") {
    const message = `\`expr\` takes an expression as text, but YAML reads this as ${kindOf(value)}.`;
    reading.add({ code: "spec/bad-expression", path, message, hint: afterBar });
    return undefined;
  }
  if (value.trim() === "") {
    const hint = "Write e.g. `expr: total > 100 && present(email)`.";
    reading.add({ code: "spec/bad-expression", path, on: "key", message: "This expression is empty.", hint });
    return undefined;
  }
  const checked = checkCel(value);
  const cut = cutBy(reading.source, path);
  if (checked.ok && cut !== "#") return { op: "expr", source: value, reads: checked.reads, ...reading.line(pathKey(path)) };
  if (cut === undefined) {
    for (const problem of checked.ok ? [] : checked.problems) reading.add(exprFinding(reading.source, path, value, problem));
  } else {
    const message = `YAML ends this expression at \`${cut}\`, which means something else to it.`;
    reading.add({ code: "spec/bad-expression", path, message, hint: afterBar });
  }
  return undefined;
}

/** What is wrong with an expression once the record's fields are known. */
export function exprFindings(source: SourceText, path: PartPath, condition: CelCondition, known: KnownRecord): Finding[] {
  const checked = checkCel(condition.source, known);
  return checked.ok ? [] : checked.problems.map((problem) => exprFinding(source, path, condition.source, problem));
}

function exprFinding(source: SourceText, path: PartPath, expression: string, problem: CelProblem): Finding {
  const code = problem.is === "field" ? "spec/unknown-source-field" : "spec/bad-expression";
  const span = spanIn(source, path, expression, problem.range);
  return { code, path, message: problem.message, hint: problem.hint, ...(span === undefined ? {} : { span }) };
}

/** Where YAML took only a part of what stands on the line: unquoted text ends before ` #`, and between braces before `,`. */
export function cutBy(source: SourceText, path: PartPath): "#" | "," | "}" | "]" | undefined {
  const span = source.positions?.[pathKey(path)]?.value;
  if (span === undefined || source.text === undefined || /^["'|>]/.test(source.text.slice(span[0], span[0] + 1))) return undefined;
  const own = source.text.slice(...span);
  const after = source.text.slice(span[1]).split("\n", 1)[0] ?? "";
  // A comment is wont to begin with a blank, and an expression that is whole may have one behind it.
  if (/^\s+#(?=[^\s#!-])/.test(after) || (/^\s+#/.test(after) && /^[^"]*"[^"]*$/.test(own))) return "#";
  const open = own.replace(/[^([{]/g, "").length > own.replace(/[^)\]}]/g, "").length;
  return open ? (/^\s*([,\]}])/.exec(after)?.[1] as "," | undefined) : undefined;
}

/** Where a part of an expression stands in the file: YAML takes indentation, line breaks and quotes out of it. */
function spanIn(
  source: SourceText,
  path: PartPath,
  expression: string,
  range: readonly [number, number],
): readonly [number, number] | undefined {
  const span = source.positions?.[pathKey(path)]?.value;
  if (span === undefined || source.text === undefined) return undefined;
  const block = /^[|>]/.test(source.text.slice(span[0], span[0] + 1));
  let at = block ? source.text.indexOf("\n", span[0]) + 1 : span[0] + (/^["']/.test(source.text.slice(span[0], span[0] + 1)) ? 1 : 0);
  const places: number[] = [];
  for (const character of expression) {
    const blank = /\s/.test(character);
    while (at < span[1] && !(blank ? /\s/.test(source.text[at] ?? "") : source.text[at] === character)) at++;
    for (let unit = 0; unit < character.length; unit++) places.push(Math.min(at + unit, span[1]));
    at += character.length;
  }
  const start = places[Math.min(range[0], places.length - 1)];
  const end = places[Math.min(range[1], places.length) - 1];
  if (start === undefined || end === undefined) return undefined;
  return [start, Math.max(start, end) + 1];
}
