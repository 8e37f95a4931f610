import type { ASTNode } from "@marcbachmann/cel-js";
import type { KnownRecord, Path } from "../spec/model-condition.js";
import { type CelEnvironment, celEnvironment } from "./cel-environment.js";
import type { CelProblem, KnownWords } from "./cel-problem.js";
import { walkCel } from "./cel-walk.js";
import { inPlainWords } from "./cel-words.js";

export type CelChecked =
  | { readonly ok: true; readonly reads: readonly Path[] }
  | { readonly ok: false; readonly problems: readonly CelProblem[] };

/**
 * Whether an expression can be asked of such a record and gives true or false. Without `known`, whatever it reads is
 * taken for granted. CEL tells one mistake at a time.
 */
export function checkCel(source: string, known?: KnownRecord): CelChecked {
  const world = celEnvironment(known);
  const program = parsed(world, source);
  if (!("ast" in program)) return { ok: false, problems: [program] };
  const { refusals, reads, bare, literalCalls } = walkCel(program.ast);
  const refused: CelProblem[] = refusals.map((each) => ({ is: "expression", ...each }));
  const hidden = bare.flatMap((node) => hiddenField(world, known, node));
  const literals = literalCalls.flatMap((node) => literalProblem(world, source, node));
  const found = [...refused, ...hidden, ...literals];
  if (found.length > 0) return { ok: false, problems: found };
  const result = program.check();
  if (!result.valid) return { ok: false, problems: [inPlainWords(result.error, source, wordsOf(world, known))] };
  if (result.type === "bool" || result.type === "dyn") return { ok: true, reads };
  return { ok: false, problems: [notACondition(source)] };
}

function parsed({ env }: CelEnvironment, source: string): ReturnType<CelEnvironment["env"]["parse"]> | CelProblem {
  try {
    return env.parse(source);
  } catch (error) {
    return inPlainWords(error, source, { variables: [], fields: [], functions: [] });
  }
}

/** `duration("14d")` has the right type, and fails all the same. */
function literalProblem({ env }: CelEnvironment, source: string, node: ASTNode): CelProblem[] {
  const text = source.slice(node.range.start, node.range.end);
  try {
    env.evaluate(text);
    return [];
  } catch {
    const hint = text.startsWith("duration")
      ? 'Write `days(14)`, or `duration("336h")`: a span in h, m and s.'
      : 'Write a time with its zone: `timestamp("2026-01-31T00:00:00Z")`.';
    const what = text.startsWith("duration") ? "a span of time" : "a time";
    return [{ is: "expression", message: `\`${text}\` is not ${what} that CEL reads.`, hint, range: [node.range.start, node.range.end] }];
  }
}

/** A field whose name is a word of CEL. */
function hiddenField(world: CelEnvironment, known: KnownRecord | undefined, node: ASTNode & { op: "id" }): CelProblem[] {
  const name = node.args;
  const there = known !== undefined && (Object.hasOwn(known.fields, name) || Object.hasOwn(known.related, name));
  if (!there || world.variables.has(name)) return [];
  return [
    {
      is: "expression",
      message: `\`${name}\` is a word of the expressions' own here, not the record's field.`,
      hint: `Write \`record.${name}\`.`,
      range: [node.range.start, node.range.end],
    },
  ];
}

function notACondition(source: string): CelProblem {
  const start = source.length - source.trimStart().length;
  const message = "This expression does not give true or false, so that it decides nothing.";
  return {
    is: "expression",
    message,
    hint: "Compare it with something: `total > 100`, `present(email)`.",
    range: [start, source.trimEnd().length],
  };
}

function wordsOf({ env, variables }: CelEnvironment, known: KnownRecord | undefined): KnownWords {
  return {
    variables: [...variables.keys(), "now", "record"],
    fields: known === undefined ? [] : namesIn(known),
    functions: [...new Set(env.getDefinitions().functions.map((each) => each.name))],
  };
}

function namesIn(known: KnownRecord): string[] {
  const inside = Object.values(known.related).flatMap(({ of }) => namesIn(of));
  const parts = Object.values(known.fields).flatMap((field) => {
    const fields = field.fields ?? field.of?.fields;
    return fields === undefined ? [] : namesIn({ fields, open: false, related: {} });
  });
  return [...Object.keys(known.fields), ...Object.keys(known.related), ...inside, ...parts];
}
