import { readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const sources = ["packages", "examples", "bench"]
  .flatMap((folder) => filesBelow(join(root, folder)))
  .filter((file) => /\/(src|simulator)\/.*\.tsx?$/.test(file));
const importPattern = /(?:^|\n)\s*(?:import|export)\b[^;]*?\bfrom\s+"([^"]+)"|\bimport\(\s*"([^"]+)"\s*\)/g;

/** What each package may import of ours. Connectors see the kit alone, so they cannot see each other. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  "connector-kit": [],
  core: ["connector-kit"],
  cli: ["core", "connector-kit", "connector-repcard", "connector-postgres"],
  "connector-repcard": ["connector-kit"],
  "connector-postgres": ["connector-kit"],
  "connector-servicetitan": ["connector-kit"],
  "connector-payload": ["connector-kit"],
  "connector-copper": ["connector-kit"],
  "connector-fishbowl": ["connector-kit"],
  "connector-zoho": ["connector-kit"],
  "connector-centerpoint": ["connector-kit"],
  "connector-file": ["connector-kit"],
};

describe("imports", () => {
  test.each(Object.keys(mayImport))("%s imports only what lies below it", (name) => {
    const wrong = packageSources(name).flatMap((file) =>
      importsOf(file)
        .filter((target) => target.startsWith("@fieldwright/"))
        .map((target) => target.split("/")[1] ?? "")
        .filter((target) => target !== name && !mayImport[name]?.includes(target))
        .map((target) => `${short(file)} imports ${target}`),
    );
    expect(wrong).toEqual([]);
  });

  test("every package has its place in the staircase", () => {
    expect(readdirSync(join(root, "packages")).sort()).toEqual(Object.keys(mayImport).sort());
  });

  test("files never import each other in a circle, types included", () => {
    expect(circles(sources)).toEqual([]);
  });

  test("a circle would be found", () => {
    const graph = new Map([
      ["a", ["b"]],
      ["b", ["c"]],
      ["c", ["a"]],
    ]);
    expect(circlesIn(graph)).not.toEqual([]);
  });
});

describe("core and the kit", () => {
  const vendors = /repcard|centerpoint|service ?titan|zoho|\bcopper\b|fishbowl|payload ?cms|gohighlevel/i;
  test("name no vendor, not even in a comment", () => {
    const named = [...packageSources("core"), ...packageSources("connector-kit")].filter((file) =>
      vendors.test(readFileSync(file, "utf8")),
    );
    expect(named.map(short)).toEqual([]);
  });

  test("core speaks no HTTP", () => {
    const http = packageSources("core").filter((file) =>
      importsOf(file).some((target) => /^(undici|node:https?|hono|@hono\/)/.test(target)),
    );
    expect(http.map(short)).toEqual([]);
  });
});

describe("sizes", () => {
  const sizes = sources
    .map((file) => ({ file: short(file), lines: readFileSync(file, "utf8").split("\n").length }))
    .sort((a, b) => a.lines - b.lines);
  test("no file is over 350 lines, and nine of ten are under 220", () => {
    expect(sizes.filter(({ lines }) => lines > 350)).toEqual([]);
    expect(sizes[Math.floor(sizes.length * 0.9)]?.lines).toBeLessThan(220);
  });

  test("no file bears a name that says nothing", () => {
    const empty = /\/(utils?|helpers?|common|manager|service|handler|base|misc|types)\.tsx?$/;
    expect(sizes.filter(({ file }) => empty.test(file))).toEqual([]);
  });

  test("nothing is left for later, and nothing is untyped", () => {
    const marks = new RegExp([": a" + "ny\\b", "as a" + "ny\\b", "@ts-ig" + "nore", "\\bTO" + "DO\\b", "\\bFIX" + "ME\\b"].join("|"));
    expect(sources.filter((file) => marks.test(readFileSync(file, "utf8"))).map(short)).toEqual([]);
  });
});

function filesBelow(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    if (name === "node_modules" || name === "dist" || name.startsWith(".")) return [];
    return statSync(path).isDirectory() ? filesBelow(path) : [path];
  });
}

function packageSources(name: string): string[] {
  return sources.filter((file) => short(file).startsWith(`packages/${name}/`));
}

function short(file: string): string {
  return relative(root, file);
}

function importsOf(file: string): string[] {
  return [...readFileSync(file, "utf8").matchAll(importPattern)].map((match) => match[1] ?? match[2] ?? "");
}

function circles(files: readonly string[]): string[] {
  const graph = new Map(
    files.map((file) => [
      file,
      importsOf(file)
        .filter((target) => target.startsWith("."))
        .map((target) => resolve(dirname(file), target).replace(/\.js$/, ".ts")),
    ]),
  );
  return circlesIn(graph).map((circle) => circle.map(short).join(" -> "));
}

function circlesIn(graph: ReadonlyMap<string, readonly string[]>): string[][] {
  const done = new Set<string>();
  const found: string[][] = [];
  const visit = (file: string, way: readonly string[]) => {
    if (way.includes(file)) found.push([...way.slice(way.indexOf(file)), file]);
    if (done.has(file) || way.includes(file)) return;
    for (const next of graph.get(file) ?? []) visit(next, [...way, file]);
    done.add(file);
  };
  for (const file of graph.keys()) visit(file, []);
  return found;
}
