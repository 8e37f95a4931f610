import type { Problem } from "./problem.js";

const colour = { red: 31, yellow: 33, cyan: 36, bold: 1, dim: 2 } as const;

/** A problem as text: place, what is wrong, the marked line, what to do. */
export function renderProblem(problem: Problem, options: { readonly colours?: boolean } = {}): string {
  const paint = (style: keyof typeof colour, text: string) =>
    options.colours === true ? `\u001b[${colour[style]}m${text}\u001b[0m` : text;
  const kind = paint(problem.severity === "error" ? "red" : "yellow", problem.severity);
  const place = placeText(problem);
  const lines = [`${place === "" ? "" : `${paint("bold", place)} `}${kind} ${paint("dim", problem.code)}: ${problem.message}`];
  if (problem.excerpt !== undefined) {
    lines.push(...problem.excerpt.split("\n").map((line, index) => (index === 1 ? paint("red", line) : line)));
  }
  if (problem.hint !== undefined) lines.push(`${paint("cyan", "hint:")} ${problem.hint}`);
  return lines.join("\n");
}

function placeText(problem: Problem): string {
  if (problem.line === undefined) return [problem.file, problem.path].filter((part) => part !== undefined).join(" ");
  const place = `${problem.line}:${problem.column ?? 1}`;
  return problem.file === undefined ? place : `${problem.file}:${place}`;
}
