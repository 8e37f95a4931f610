import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { exampleProject, lastJson, runBin } from "./run-bin.js";

let folder: string;
beforeAll(async () => {
  folder = await exampleProject();
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe("usage", () => {
  it("prints help at once and ends well", async () => {
    const { code, out, err } = await runBin(["--help"]);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    const commands =
      "validate plan sync apply rollback plans held approve ignore retry link release test replay status history explain diagnose streams migrate sql fmt types help";
    for (const command of commands.split(" ")) expect(out).toMatch(new RegExp(`^  ${command}\\b`, "m"));
  });

  it("makes an option of each of the project's groups, so that help shows what can be skipped", async () => {
    const { code, out } = await runBin(["sync", "--help", "--project", folder]);
    expect(code).toBe(0);
    expect(out).toContain("--skip-attachments");
    expect(out).toContain("--skip-status-logs");
  });

  it.each([
    [["snyc"], "unknown command 'snyc'", "sync"],
    [["history", "--limti", "3"], "unknown option '--limti'", "--limit"],
    [["sync", "--skip-atachments"], "unknown option '--skip-atachments'", "--skip-attachments"],
    [["sync", "--simulate", "--", "repcard-user"], 'no sync named "repcard-user"', "repcard-users"],
    [["sync", "--simulate", "--skip", "attachment"], 'named "attachment"', "attachments"],
    [["explain", "repcard-customer", "1"], 'no sync named "repcard-customer"', "repcard-customers"],
  ])("offers the nearest word for %j and ends with 2", async (words, said, meant) => {
    const { code, err } = await runBin(
      [...words, ...(words.includes("--") ? [] : ["--project", folder])],
      words.includes("--") ? { cwd: folder } : {},
    );
    expect(err).toContain(said);
    expect(err).toMatch(new RegExp(`did you mean .*${meant}`, "i"));
    expect(code).toBe(2);
  });

  it.each([
    [["sync", "--full", "--incremental"], "--full and --incremental cannot be used together"],
    [["sync", "--start-date", "2025-02-30"], "2025-02-30 is not a day"],
    [["sync", "--end-date", "2025-02-01"], "--end-date needs a --start-date"],
    [["sync", "--start-date", "2025-02-02", "--end-date", "2025-02-01"], "lies after"],
    [["sql"], "There is no query"],
    [["sql", "--file", "nowhere.sql"], "nowhere.sql cannot be read"],
  ])("refuses %j with 2, in plain words", async (words, said) => {
    const { code, err, out } = await runBin([...words, "--simulate", "--project", folder]);
    expect(err).toContain(said);
    expect(err).toContain("hint:");
    expect(`${out}${err}`).not.toMatch(/^\s+at /m);
    expect(code).toBe(2);
  });
});

describe("a project that is not right", () => {
  it("says where it looked when there is none", async () => {
    const empty = await mkdtemp(join(tmpdir(), "fieldwright-empty-"));
    const { code, err } = await runBin(["status"], { cwd: empty });
    await rm(empty, { recursive: true });
    expect(err).toContain("no fieldwright.yaml");
    expect(err).toContain("--project DIR");
    expect(code).toBe(2);
  });

  it("tells what to set, or how to do without, when a key is missing", async () => {
    const { code, err } = await runBin(["sync", "--project", folder]);
    expect(err).toContain("Set REPCARD_API_KEY, or add --simulate to try it with generated data.");
    expect(code).toBe(2);
  });

  it("shows every problem of every file with its place, and no stack", async () => {
    const broken = await exampleProject();
    const file = join(broken, "syncs/repcard-users.yaml");
    await writeFile(file, (await readFile(file, "utf8")).replace("match:", "macth:").replace("firstName, do", "firstName, dp"));
    const { code, err } = await runBin(["sync", "--simulate", "--project", broken, "--skip-attachments"]);
    await rm(broken, { recursive: true });
    expect(err).toMatch(/syncs\/repcard-users\.yaml:\d+:\d+ error spec\/unknown-key/);
    expect(err.match(/spec\/unknown-key/g)).toHaveLength(2);
    expect(err).not.toMatch(/^\s+at /m);
    expect(code).toBe(2);
  });

  it("says which package to install when a connector is missing", async () => {
    const other = await exampleProject();
    const file = join(other, "fieldwright.yaml");
    await writeFile(file, (await readFile(file, "utf8")).replace("@fieldwright/connector-repcard", "fieldwright-connector-acorn"));
    const { code, err } = await runBin(["validate", "--project", other], { env: { REPCARD_API_KEY: "k" } });
    await rm(other, { recursive: true });
    expect(err).toContain("npm install fieldwright-connector-acorn");
    expect(code).toBe(2);
  });

  it("ends with one JSON object even then, for programs that read it", async () => {
    const { code, out, err } = await runBin(["sync", "--json", "--project", folder]);
    expect(lastJson(out)).toMatchObject({
      run: null,
      status: "failed",
      streams: [],
      syncs: [],
      error: { code: expect.stringMatching(/^project\//), hint: expect.stringContaining("REPCARD_API_KEY") },
    });
    expect(err).not.toBe("");
    expect(code).toBe(2);
  });

  it("shows the stack only when asked, because it helps nobody else", async () => {
    const { err } = await runBin(["sync", "--project", folder], { env: { FIELDWRIGHT_DEBUG: "1" } });
    expect(err).toMatch(/^\s+at /m);
  });

  it("names the database that cannot be reached, and ends with 3", async () => {
    const { code, err } = await runBin(["status", "--project", folder], {
      env: { DATABASE_URL: "postgres://nobody:hidden-word@127.0.0.1:9/none" },
    });
    expect(err).toContain("cannot be reached");
    expect(err).not.toContain("hidden-word");
    expect(code).toBe(3);
  });
});
