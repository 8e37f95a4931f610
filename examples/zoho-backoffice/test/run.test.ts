import { spawn } from "node:child_process";
import { expect, test } from "vitest";
import { folder, openWorld, visitor } from "./world.js";

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

function runScript(env: Readonly<Record<string, string>>, syncs: readonly string[] = []): Promise<Ended> {
  const child = spawn(process.execPath, ["--conditions=fieldwright-source", "--import", "tsx", "run.ts", ...syncs], {
    cwd: folder,
    env: { PATH: process.env.PATH, ...env },
  });
  let [out, err] = ["", ""];
  child.stdout.on("data", (chunk: Buffer) => {
    out += chunk.toString();
  });
  child.stderr.on("data", (chunk: Buffer) => {
    err += chunk.toString();
  });
  return new Promise((done) => child.on("close", (code) => done({ code, out, err })));
}

test("the script runs the paths from the environment alone: it asks the first time, and does what changed from then on", async () => {
  const world = await openWorld();
  try {
    const { ZOHO_REFRESH_TOKEN: _token, ...without } = world.env;
    const missing = await runScript(without);
    expect(missing.code).toBe(3);
    expect(missing.err).toContain("ZOHO_REFRESH_TOKEN");
    expect(missing.err).not.toMatch(/^\s+at /m);

    await world.portalLead(visitor("Maria Borg", "maria@example.test"));
    const first = await runScript(world.env);
    expect(first.code, first.err).toBe(1);
    const plan = /fieldwright apply (\w+)/.exec(first.out)?.[1] ?? "";
    await world.engine.apply(plan);
    await world.engine.run({ approve: true });

    await world.portalLead(visitor("Ġanni Vella", "ganni@example.test"));
    const second = await runScript(world.env, ["portal-to-zoho"]);
    expect(second.code, second.out + second.err).toBe(0);
    expect(world.zohoLead("ganni@example.test")).toMatchObject({ Last_Name: "Vella" });
  } finally {
    await world.close();
  }
}, 90_000);
