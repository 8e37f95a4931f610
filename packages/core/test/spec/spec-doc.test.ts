import { readFileSync } from "node:fs";
import { fromMarkdown } from "mdast-util-from-markdown";
import { describe, expect, it } from "vitest";
import { renderProblem } from "../../src/problem-render.js";
import { parseSpec } from "../../src/spec/parse-spec.js";
import { syncShape } from "../../src/spec/shape.js";
import { wordsAt } from "../../src/spec/shape-at.js";
import { overlay } from "./overlay.js";

const page = readFileSync(new URL("../../../../docs/spec.md", import.meta.url), "utf8");
const blocks = fromMarkdown(page).children.flatMap((node) => (node.type === "code" && node.lang === "yaml" ? [node] : []));
const whole = blocks[0]?.value ?? "";

describe("docs/spec.md", () => {
  for (const { value, position } of blocks.slice(1)) {
    it(`line ${position?.start.line}: the example is sound when it is put into the page's first one`, () => {
      const part = /^only:/.test(value) ? `from:\n  connection: a\n  stream: b\n${value.replace(/^/gm, "  ")}` : value;
      const parsed = parseSpec(overlay(`${whole}\n`, `${part}\n`), { preview: true });
      expect(parsed.ok ? "" : parsed.problems.map((problem) => renderProblem(problem)).join("\n")).toBe("");
    });
  }

  it("names every word within the words", () => {
    const paths = [
      ["protect"],
      ["stages"],
      ["stages", "pipelines", "any"],
      ["stages", "pipelines", "any", "side_stages", "any"],
      ["stages", "last_match_wins", 0],
      ["conflicts"],
      ["ask_first_if"],
      ["checks", 0],
      ["checks", 0, "sum_close"],
      ["alert"],
      ["alert", "when", 0],
      ["tests", 0],
    ];
    const words = paths.flatMap((path) => wordsAt(syncShape, path));
    expect(words.length).toBeGreaterThan(40);
    expect(words.filter((word) => !page.includes(`\`${word}\``) && !page.includes(`${word}:`))).toEqual([]);
  });
});
