import { readdirSync, readFileSync } from "node:fs";
import { fromMarkdown } from "mdast-util-from-markdown";
import { describe, expect, it } from "vitest";
import type { Problem } from "../src/problem.js";
import { renderProblem } from "../src/problem-render.js";
import { readProject } from "../src/project/read-project.js";
import { parseSpec } from "../src/spec/parse-spec.js";
import { readYaml } from "../src/spec/read-yaml.js";
import { syncShape } from "../src/spec/shape.js";
import { wordsAt } from "../src/spec/shape-at.js";

const root = new URL("../../../", import.meta.url);
const pages = readdirSync(root, { recursive: true, encoding: "utf8" }).filter(
  (path) =>
    /\.md$/.test(path) &&
    !/(^|\/)(node_modules|dist|\.git)\//.test(path) &&
    /^(docs\/|README\.md|ARCHITECTURE\.md|packages\/[^/]+\/README\.md|examples\/)/.test(path),
);

interface Example {
  readonly place: string;
  readonly text: string;
}

const examples: Example[] = pages.flatMap((page) =>
  fromMarkdown(readFileSync(new URL(page, root), "utf8")).children.flatMap((node) =>
    node.type === "code" && node.lang === "yaml" && /^(#.*\n)*version: 1\n/.test(node.value)
      ? [{ place: `${page}:${node.position?.start.line ?? 0}`, text: node.value }]
      : [],
  ),
);

describe("the examples in the docs", () => {
  it("are found", () => {
    expect(examples.length).toBeGreaterThan(1);
  });

  for (const { place, text } of examples) {
    it(`${place} is read without a problem, so that a reader can start from it`, () => {
      expect(
        problemsOf(text, place)
          .map((problem) => renderProblem(problem))
          .join("\n"),
      ).toBe("");
    });
  }

  it("docs/spec.md has a part for each word of a spec", () => {
    const page = readFileSync(new URL("docs/spec.md", root), "utf8");
    expect(wordsAt(syncShape, []).filter((word) => !new RegExp(`^## .*\`${word}\``, "m").test(page))).toEqual([]);
    const inner = ["from", "match", "run"].flatMap((word) => wordsAt(syncShape, [word])).concat(wordsAt(syncShape, ["fields", "any"]));
    expect(inner.filter((word) => !page.includes(`\`${word}\``) && !page.includes(`${word}:`))).toEqual([]);
  });
});

function problemsOf(text: string, file: string): readonly Problem[] {
  if (!/^project:/m.test(text)) {
    const parsed = parseSpec(text, { file });
    return parsed.ok ? [] : parsed.problems;
  }
  const yaml = readYaml(text, { area: "project", file });
  return [...yaml.problems, ...readProject(yaml.value, yaml.source, { folder: "/", env: {} }).problems];
}
