import { readdirSync, readFileSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { renderProblem } from "../../src/problem-render.js";
import { loadProject } from "../../src/project/load-project.js";
import { codes } from "../../src/spec/codes.js";
import { codesDoc } from "../../src/spec/codes-doc.js";
import { customersText, judge } from "./judge.js";
import { overlay } from "./overlay.js";

const projectText =
  'version: 1\nproject: demo\nconnections:\n  repcard: { package: "@fieldwright/connector-repcard" }\n  warehouse: { package: "@fieldwright/connector-postgres" }\n';

async function judgeProject(text: string): Promise<readonly { code: string }[]> {
  const folder = await mkdtemp(join(tmpdir(), "fieldwright-codes-"));
  try {
    await mkdir(join(folder, "syncs"));
    await writeFile(join(folder, "syncs/customers.yaml"), customersText);
    await writeFile(join(folder, "fieldwright.yaml"), text);
    const loaded = await loadProject(folder, { env: {} });
    // An example that leaves connections out is not about the sync that names them.
    return loaded.ok ? loaded.warnings : loaded.problems.filter((problem) => problem.code.startsWith("project/"));
  } finally {
    await rm(folder, { recursive: true });
  }
}

describe("the table of codes", () => {
  for (const [code, { bad, good }] of Object.entries(codes).filter(([, entry]) => entry.bad !== "")) {
    const check = (example: string) =>
      code.startsWith("spec/")
        ? judge(overlay(customersText, example), { preview: code !== "spec/not-yet" })
        : judgeProject(overlay(projectText, example));
    it(`${code}: its wrong example is answered with it and nothing else, its right one with nothing`, async () => {
      expect((await check(bad)).map((problem) => problem.code)).toEqual([code]);
      expect(await check(good)).toEqual([]);
    });
  }

  it("holds every code that the sources use, so that none is without an explanation", () => {
    const folders = ["../../src/spec/", "../../src/project/"].map((name) => new URL(name, import.meta.url));
    const text = folders
      .flatMap((folder) =>
        readdirSync(folder)
          .filter((name) => name !== "codes.ts")
          .map((name) => readFileSync(new URL(name, folder), "utf8")),
      )
      .join("\n");
    const used = [...text.matchAll(/code: "((?:spec|project)\/[a-z-]+)"/g)].map(([, code]) => code);
    expect(used.filter((code) => code !== undefined && !(code in codes))).toEqual([]);
  });

  it("is what docs/errors.md shows (scripts/errors-doc.ts writes it)", () => {
    expect(readFileSync(new URL("../../../../docs/errors.md", import.meta.url), "utf8")).toBe(codesDoc());
  });
});

describe("the messages, word by word", () => {
  const folder = new URL("./fixtures/", import.meta.url);
  const names = readdirSync(folder).filter((name) => name.endsWith(".yaml"));
  for (const name of names) {
    it(`${name} is answered as a person has read and judged good`, async () => {
      const text = readFileSync(new URL(name, folder), "utf8");
      const shown = judge(text, { file: `syncs/${name}`, preview: name !== "not-yet.yaml" })
        .map((problem) => renderProblem(problem))
        .join("\n\n");
      await expect(`${shown}\n`).toMatchFileSnapshot(new URL(name.replace(/yaml$/, "txt"), folder).pathname);
    });
  }

  it("shows each spec code at least once", () => {
    const shown = names.map((name) => readFileSync(new URL(name.replace(/yaml$/, "txt"), folder), "utf8")).join("\n");
    expect(Object.keys(codes).filter((code) => code.startsWith("spec/") && !shown.includes(` ${code}: `))).toEqual([]);
  });
});
