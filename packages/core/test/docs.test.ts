import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { fromMarkdown } from "mdast-util-from-markdown";
import ts from "typescript";
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

/** The blocks of a language in all pages. */
function blocks(lang: string): Example[] {
  return pages.flatMap((page) =>
    fromMarkdown(readFileSync(new URL(page, root), "utf8")).children.flatMap((node) =>
      node.type === "code" && node.lang === lang ? [{ place: `${page}:${node.position?.start.line ?? 0}`, text: node.value }] : [],
    ),
  );
}

const examples = blocks("yaml").filter(({ text }) => /^(#.*\n)*version: 1\n/.test(text));

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

describe("the TypeScript in the docs", () => {
  const typed = blocks("ts");

  it("is found", () => {
    expect(typed.length).toBeGreaterThan(5);
  });

  it("compiles against the packages' own types, each block by itself, so that a reader can start from it", { timeout: 240_000 }, () => {
    expect(compilerSays(typed)).toEqual([]);
  });

  it("would not compile if it named what is not there", { timeout: 240_000 }, () => {
    const wrong = 'import { defineSink } from "@fieldwright/core";\n\nexport const sync = defineSink({});';
    expect(compilerSays([{ place: "docs/wrong.md:1", text: wrong }])).toEqual([expect.stringContaining("docs/wrong.md:1: ")]);
  });
});

/** What the compiler says of blocks, each of which stands as a module beside its page, where the page's own packages are found. */
function compilerSays(all: readonly Example[]): readonly string[] {
  const folder = fileURLToPath(root);
  const files = new Map(all.map(({ place, text }, at) => [join(folder, dirname(place), `block-${at}.mts`), { place, text }]));
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    skipLibCheck: true,
    target: ts.ScriptTarget.ES2023,
    lib: ["lib.es2023.d.ts"],
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    customConditions: ["fieldwright-source"],
    types: ["node"],
    typeRoots: [join(folder, "node_modules/@types")],
  };
  const host = ts.createCompilerHost(options);
  const original = host.getSourceFile.bind(host);
  const { fileExists } = host;
  host.fileExists = (file) => files.has(file) || fileExists(file);
  host.getSourceFile = (file, version) => {
    const block = files.get(file);
    return block === undefined ? original(file, version) : ts.createSourceFile(file, block.text, version);
  };
  const program = ts.createProgram([...files.keys()], options, host);
  return [...files].flatMap(([file, { place }]) => {
    const source = program.getSourceFile(file);
    const found = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
    return found.map((each) => `${place}: ${ts.flattenDiagnosticMessageText(each.messageText, "\n")}`);
  });
}

function problemsOf(text: string, file: string): readonly Problem[] {
  if (!/^project:/m.test(text)) {
    const parsed = parseSpec(text, { file });
    return parsed.ok ? [] : parsed.problems;
  }
  const yaml = readYaml(text, { area: "project", file });
  return [...yaml.problems, ...readProject(yaml.value, yaml.source, { folder: "/", env: {} }).problems];
}
