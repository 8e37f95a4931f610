import { spawn } from "node:child_process";
import { cp, mkdir, mkdtemp, rm, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const root = resolve(import.meta.dirname, "../../..");
const tsx = pathToFileURL(createRequire(join(root, "package.json")).resolve("tsx")).href;
const parts = [
  "fieldwright.yaml",
  "run.ts",
  "package.json",
  "syncs",
  "migrations",
  "next-week",
  "data/reps.csv",
  "data/leads-2026-06-01.csv",
];

export interface Ended {
  readonly code: number | null;
  /** Both outputs, as a terminal shows them. */
  readonly screen: string;
}

/** A clone of the repository that holds this example alone, in which the README's commands can be typed. */
export interface Play {
  readonly example: string;
  /** Types one line of the README's; `in` is the folder to type it in, the clone's own if not given. */
  type(line: string, options?: { readonly in?: string }): Promise<Ended>;
  /** Runs a script of the example. */
  script(name: string, ...words: readonly string[]): Promise<Ended>;
  close(): Promise<void>;
}

export async function openPlay(): Promise<Play> {
  const clone = await mkdtemp(join(tmpdir(), "fieldwright-first-sync-"));
  const example = join(clone, "examples/first-sync");
  const here = resolve(import.meta.dirname, "..");
  await mkdir(join(example, "data"), { recursive: true });
  for (const part of parts) await cp(join(here, part), join(example, part), { recursive: true });
  await symlink(join(here, "node_modules"), join(example, "node_modules"), "junction");
  return {
    example,
    async type(line, options = {}) {
      const [command, ...words] = wordsOf(line);
      if (command === "cp" && words.length === 2) {
        await cp(join(clone, words[0] ?? ""), join(clone, words[1] ?? "", (words[0] ?? "").split("/").at(-1) ?? ""));
        return { code: 0, screen: "" };
      }
      const typed = ["npx", "pnpm@12.21.0", "fieldwright"];
      if ([command, ...words.slice(0, 2)].join(" ") !== typed.join(" ")) throw new Error(`The README's test cannot type this: ${line}`);
      return node([join(root, "packages/cli/src/bin.ts"), ...words.slice(2)], options.in ?? clone);
    },
    script: (name, ...words) => node([join(example, name), ...words], example),
    close: () => rm(clone, { recursive: true, force: true }),
  };
}

function node(words: readonly string[], cwd: string): Promise<Ended> {
  const { DATABASE_URL: _url, FORCE_COLOR: _color, ...env } = process.env;
  const child = spawn(process.execPath, ["--conditions=fieldwright-source", "--import", tsx, ...words], {
    cwd,
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  return new Promise((done, fail) => {
    let screen = "";
    const hear = (chunk: Buffer): void => {
      screen += chunk.toString();
    };
    child.stdout.on("data", hear);
    child.stderr.on("data", hear);
    child.on("error", fail);
    child.on("close", (code) => done({ code, screen }));
  });
}

/** Words as a shell splits them; text in double quotes is one. */
function wordsOf(line: string): readonly string[] {
  return [...line.matchAll(/"([^"]*)"|(\S+)/g)].map((found) => found[1] ?? found[2] ?? "");
}
