import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Desk, openDesk } from "./desk.js";

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(async () => {
  await desk.close();
  await rm(desk.folder, { recursive: true, force: true });
});

describe("fmt", () => {
  it("tells with --check what is not in order and ends with 1, puts it in order, and keeps comments", async () => {
    const file = join(desk.folder, "syncs/jobs.yaml");
    const text = await readFile(file, "utf8");
    const moved = `# where it goes\nto: { connection: crm, stream: deals }\n${text.replace("to: { connection: crm, stream: deals }\n", "")}`;
    await writeFile(file, moved);
    const checked = await desk.on("fmt", "--check");
    expect(checked.code, checked.err).toBe(1);
    expect(checked.out).toMatch(/Not in order:\n.*syncs\/jobs\.yaml/);
    expect(await readFile(file, "utf8")).toBe(moved);
    expect(await desk.json("fmt")).toMatchObject({ files: 2, changed: [expect.stringContaining("jobs.yaml")], written: true });
    const after = await readFile(file, "utf8");
    expect(after.indexOf("# where it goes\nto:")).toBeGreaterThan(after.indexOf("from:"));
    expect((await desk.on("fmt", "--check")).out).toContain("2 files, all in order.");
    expect((await desk.on("fmt", join(desk.folder, "nowhere.yaml"))).code).toBe(2);
  });
});

describe("types", () => {
  it("writes types of the records that the project reads and writes, to a file or to standard output", async () => {
    const file = join(desk.folder, "records.ts");
    const written = await desk.on("types", "--out", file);
    expect(written.code, written.err).toBe(0);
    expect(written.out).toContain(`Written: ${file}`);
    const text = await readFile(file, "utf8");
    expect(text).toContain("export interface CrmContactsInput {");
    expect(text).toContain('readonly "office.customers": OfficeCustomers;');
    expect((await desk.on("types")).out).toBe(text);
  });
});
