import { codes } from "./codes.js";

/** docs/errors.md. */
export function codesDoc(): string {
  const parts = Object.entries(codes).map(([code, { means, bad, good }]) => {
    const examples = bad === "" ? [] : ["Wrong:", fenced(bad), "Right:", fenced(good)];
    return [`## ${code}`, means, ...examples].join("\n\n");
  });
  return `${[
    "# Error codes",
    "What a spec or a project file can be answered with. A code is permanent. Each message names file, line and column, marks the place, and says what to do; all problems of a file come at once.",
    "Made from `packages/core/src/spec/codes.ts` by `scripts/errors-doc.ts`: change it there.",
    ...parts,
  ].join("\n\n")}\n`;
}

function fenced(example: string): string {
  return `\`\`\`yaml\n${example}\`\`\``;
}
