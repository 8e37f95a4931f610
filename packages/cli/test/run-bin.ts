import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { cp, mkdtemp } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { openPg } from "@fieldwright/connector-kit/sql";
import { inject } from "vitest";

const root = resolve(import.meta.dirname, "../../..");
const example = join(root, "examples/repcard-analytics");
const tsx = pathToFileURL(createRequire(join(root, "package.json")).resolve("tsx")).href;

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface Started {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
}

/** The real command as a child process, from source; no account and no database of the developer's own. */
export function startBin(
  words: readonly string[],
  options: { readonly cwd?: string; readonly env?: Readonly<Record<string, string>> } = {},
): Started {
  const { REPCARD_API_KEY: _key, DATABASE_URL: _url, FORCE_COLOR: _color, ...env } = process.env;
  const child = spawn(
    process.execPath,
    ["--conditions=fieldwright-source", "--import", tsx, join(root, "packages/cli/src/bin.ts"), ...words],
    {
      cwd: options.cwd ?? root,
      env: { ...env, ...options.env },
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  const ended = new Promise<Ended>((done, fail) => {
    let out = "";
    let err = "";
    child.stdout.on("data", (chunk: Buffer) => (out += chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => (err += chunk.toString()));
    child.on("error", fail);
    child.on("close", (code) => done({ code, out, err }));
  });
  return { child, ended };
}

export function runBin(words: readonly string[], options: Parameters<typeof startBin>[1] = {}): Promise<Ended> {
  return startBin(words, options).ended;
}

/** A copy of the RepCard example in a folder of its own, outside of the workspace: connectors come from the command line's own. */
export async function exampleProject(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "fieldwright-cli-"));
  for (const part of ["fieldwright.yaml", "syncs", "migrations", "queries"])
    await cp(join(example, part), join(folder, part), { recursive: true });
  return folder;
}

/** The object that `--json` ends with. */
export function lastJson(out: string): Readonly<Record<string, unknown>> {
  return JSON.parse(out.trimEnd().split("\n").at(-1) ?? "") as Readonly<Record<string, unknown>>;
}

/** The address of an empty database on the tests' server: it opens much faster than an embedded store does. */
export async function emptyDatabase(): Promise<string> {
  const url = new URL(inject("databaseUrl"));
  const name = `cli_${randomUUID().replaceAll("-", "")}`;
  const server = openPg({ url: url.href });
  try {
    await server.run(`create database ${name}`);
  } finally {
    await server.close();
  }
  url.pathname = `/${name}`;
  return url.href;
}
