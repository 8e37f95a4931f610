import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { describe, expect, it, onTestFinished } from "vitest";
import { createAccount } from "../simulator/account.js";
import { settingsOf } from "../simulator/options.js";
import { type Json, open } from "./simulator-calls.js";

const million = { sizes: { customers: 1_000_000, statusLogs: 2_000_000, appointments: 500_000 } };

describe("a million customers", () => {
  it("are not made before they are asked for: any page costs only its own rows", async () => {
    const account = createAccount(settingsOf(million));
    const made: number[] = [];
    const original = account.customers.record.bind(account.customers);
    account.customers.record = (index) => {
      made.push(index);
      return original(index);
    };
    account.customers.slice(700_000, 100);
    expect(made).toEqual(Array.from({ length: 100 }, (_, n) => 700_000 + n));
  });

  it("are served from any page, with the history that belongs to each", async () => {
    const { get } = await open(million);
    const { rows, result } = await get("/customers?per_page=100&page=10000");
    expect(result).toMatchObject({ totalCount: 1_000_000, totalPages: 10_000 });
    expect(rows.map((row) => row.id)).toEqual(Array.from({ length: 100 }, (_, n) => 1_499_901 + n));
    for (const row of rows)
      expect((row.statusChangeLogs as readonly Json[])[0]).toMatchObject({ statusFrom: "", createdAt: row.createdAt });
  });

  it("keep their places when some go away and others come", async () => {
    const { get, simulator } = await open({ ...million, pageSizeLimit: 1000 });
    for (const id of [500_001, 500_500, 1_400_000]) simulator.remove("customers", String(id));
    const added = simulator.add("customers", { firstName: "Last" });
    expect((await get("/customers?per_page=1000&page=1")).rows.map((row) => row.id)).toEqual(
      Array.from({ length: 1002 }, (_, n) => 500_001 + n).filter((id) => id !== 500_001 && id !== 500_500),
    );
    expect((await get("/customers?per_page=1000&page=1000")).rows.at(-1)?.id).toBe(added.id);
  });
});

describe("prerendered", () => {
  it("answers byte for byte as without, after changes too", async () => {
    const sizes = { customers: 1_234 };
    const [plain, kept] = [await open({ sizes, pageSizeLimit: 1000 }), await open({ sizes, pageSizeLimit: 1000, prerendered: true })];
    kept.simulator.warm();
    const same = async (): Promise<void> => {
      for (const path of [
        "/customers?per_page=300&page=2",
        "/customers?per_page=1000&page=2",
        "/customers?last_updated_from=2026-03-01&per_page=50",
        "/customers?page=99",
      ]) {
        expect((await kept.get(path)).text).toBe((await plain.get(path)).text);
      }
    };
    await same();
    for (const { simulator } of [plain, kept]) {
      simulator.change("customers", "500400", { firstName: "Changed", statusId: 79 });
      simulator.remove("customers", "500401");
      simulator.add("customers", { firstName: "Last" });
      simulator.change("users", "9101", { firstName: "Renamed" });
    }
    await same();
  });
});

describe("serve", () => {
  it("starts in its own process, prints one line of JSON with what a connection needs, and ends when told", async () => {
    const script = fileURLToPath(new URL("../simulator/serve.ts", import.meta.url));
    const args = ["--customers", "7", "--seed", "3", "--no-rate-limit", "--page-size-limit", "1000", "--api-key", "sim-serve"];
    const child = spawn(process.execPath, ["--conditions=fieldwright-source", "--import", "tsx", script, ...args], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    onTestFinished(() => void child.kill("SIGKILL"));
    const [line] = (await once(child.stdout, "data")) as [Buffer];
    const { url, options } = JSON.parse(line.toString()) as { readonly url: string; readonly options: { readonly apiKey: string } };
    expect(options).toEqual({ baseUrl: url, apiKey: "sim-serve" });
    const answer = await fetch(`${url}/customers?per_page=1000`, { headers: { "x-api-key": options.apiKey } });
    expect(((await answer.json()) as { readonly result: { readonly data: unknown[] } }).result.data).toHaveLength(7);
    child.kill("SIGTERM");
    expect(await once(child, "exit")).toEqual([0, null]);
  });
});
