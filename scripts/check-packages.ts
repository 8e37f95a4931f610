/** Packs every public package, installs the tarballs with plain npm in an empty folder, and uses them there as a user would. */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { publint } from "publint";

const root = resolve(import.meta.dirname, "..");
const folder = mkdtempSync(join(tmpdir(), "fieldwright-packages-"));
const run = (command: string, args: readonly string[], cwd: string) =>
  execFileSync(command, args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });

try {
  const tarballs: Record<string, string> = {};
  for (const name of readdirSync(join(root, "packages"))) {
    const from = join(root, "packages", name);
    const manifest = JSON.parse(readFileSync(join(from, "package.json"), "utf8")) as { name: string; private?: boolean };
    if (manifest.private) continue;
    const out = join(folder, "tarballs", name);
    mkdirSync(out, { recursive: true });
    run("npx", ["-y", "pnpm@12.21.0", "pack", "--pack-destination", out], from);
    tarballs[manifest.name] = `file:${join(out, readdirSync(out)[0] ?? "")}`;
    const { messages } = await publint({ pkgDir: from, pack: "npm" });
    const errors = messages.filter((message) => message.type === "error");
    if (errors.length > 0) throw new Error(`${manifest.name} is not in shape: ${JSON.stringify(errors)}`);
  }
  const app = join(folder, "app");
  mkdirSync(join(app, "syncs"), { recursive: true });
  // `overrides` lets the packages find each other's tarballs, as they would on the registry.
  writeFileSync(
    join(app, "package.json"),
    JSON.stringify({ name: "app", private: true, type: "module", dependencies: tarballs, overrides: tarballs }, null, 2),
  );
  run("npm", ["install", "--no-audit", "--no-fund", "--loglevel=error"], app);
  writeFileSync(
    join(app, "fieldwright.yaml"),
    `version: 1
project: packed
connections:
  repcard: { package: "@fieldwright/connector-repcard", options: { apiKey: env:REPCARD_API_KEY, baseUrl: env:REPCARD_BASE_URL? } }
  warehouse: { package: "@fieldwright/connector-postgres", options: { database: store } }
syncs: syncs
`,
  );
  writeFileSync(
    join(app, "syncs", "offices.yaml"),
    `version: 1
sync: offices
from: { connection: repcard, stream: offices }
to: { connection: warehouse, stream: offices }
match: { try_in_order: [{ id: id }] }
fields:
  id: id
  name: officeName
`,
  );
  const fieldwright = (...args: string[]) => run("npx", ["--no-install", "fieldwright", ...args], app);
  fieldwright("migrate", "--simulate", "--yes");
  const output = fieldwright("sync", "--simulate", "--json", "--yes");
  const report = JSON.parse(output.slice(output.indexOf("{"))) as { status: string; syncs: { created: number }[] };
  if (report.status !== "done" || !((report.syncs[0]?.created ?? 0) > 0))
    throw new Error(`The packed command line did not sync: ${output}`);
  run(
    "node",
    [
      "--input-type=module",
      "-e",
      `const core = await import("@fieldwright/core"); if (typeof core.createEngine !== "function") process.exit(1);`,
    ],
    app,
  );
  run("node", ["-e", `if (typeof require("@fieldwright/core").createEngine !== "function") process.exit(1);`], app);
  process.stdout.write(`${Object.keys(tarballs).length} packages install under npm and run: ${report.syncs[0]?.created} offices synced.\n`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
