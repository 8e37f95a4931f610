import type { Finding, PartPath } from "./source-text.js";

/**
 * Words that the engine does not carry out yet: `parseSpec` and `defineSync` refuse them unless asked for a preview.
 * A word that the engine takes up is taken out here. `*` is any name; `expr` stands in any condition.
 */
export const notYet: readonly string[] = ["direction", "conflicts", "alert", "run.on_webhook"];

export function notYetFinding(word: string, path: PartPath): Finding {
  return {
    code: "spec/not-yet",
    path,
    on: "key",
    message: `\`${word}\` is a word of the language that this version does not support yet.`,
    hint: "Take it out for now: the sync would not do what it says.",
  };
}

/** Where a spec uses such words; conditions look for `expr` themselves. */
export function notYetUses(value: unknown): Finding[] {
  return notYet.flatMap((pattern) => (pattern === "expr" ? [] : uses(value, pattern.split("."), [])));
}

function uses(value: unknown, [first, ...rest]: readonly string[], path: PartPath): Finding[] {
  if (typeof value !== "object" || value === null || first === undefined) return [];
  const names = first === "*" ? Object.keys(value) : Object.hasOwn(value, first) ? [first] : [];
  return names.flatMap((name) => {
    const here = [...path, name];
    return rest.length === 0 ? [notYetFinding(name, here)] : uses((value as Record<string, unknown>)[name], rest, here);
  });
}
