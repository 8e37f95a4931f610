import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Script } from "node:vm";
import { describe, expect, it } from "vitest";
import { planHtml } from "../src/plan/html/plan-html.js";
import { planCsv } from "../src/plan/plan-csv.js";
import { planJsonLine } from "../src/plan/plan-json.js";
import { writeOut } from "../src/write-out.js";
import { aChange, changes, nowMs, pagesOf, plan, project } from "./a-plan.js";

async function whole(parts: AsyncIterable<string>): Promise<string> {
  let text = "";
  for await (const part of parts) text += part;
  return text;
}

describe("a plan as a table", () => {
  it("has a row for each field, and one for a record without any", async () => {
    const rows = (await whole(planCsv(plan, pagesOf(changes).pages))).split("\r\n");
    expect(rows[0]).toBe(
      '\ufeff"n","sync","operation","source_id","target_id","matched_by","field","before","after","rule","line","why","code"',
    );
    expect(rows[1]).toBe(
      '"1","jobs-to-deals","update","88210","5512","order_number R-2291","stage","appointment-scheduled","proposal-sent","stages rule 3","60","linked",""',
    );
    expect(rows.filter((row) => row.startsWith('"1",'))).toHaveLength(4);
    expect(rows.find((row) => row.startsWith('"3",'))).toContain('"2 records of deals fit phone + zip: 7, 9.","held/several-matches"');
  });

  it.each([
    ["=HYPERLINK(1)", "'=HYPERLINK(1)"],
    ["  =1+1", "'  =1+1"],
    ["+1+cmd|' /C calc'!A0", "'+1+cmd|' /C calc'!A0"],
    ["@SUM(1)", "'@SUM(1)"],
    ["-2+3", "'-2+3"],
    ["\t=1", "'\t=1"],
    ["＝1+1", "'＝1+1"],
    ["-12.50", "-12.50"],
    ["+15125550123", "+15125550123"],
    ["a=b", "a=b"],
  ])("keeps %j from being a formula of a spreadsheet: %j", async (value, cell) => {
    const change = aChange(1, {
      operation: "update",
      sourceId: "1",
      targetId: "2",
      fields: [{ field: "note", before: value, after: value }],
    });
    expect(await whole(planCsv(plan, pagesOf([change]).pages))).toContain(`"note","${cell}","${cell}"`);
  });

  it("keeps quotes and lines of a value within its cell", async () => {
    const change = aChange(1, {
      operation: "create",
      sourceId: "1",
      fields: [{ field: "note", before: null, after: 'say "hi",\nthen go' }],
    });
    expect(await whole(planCsv(plan, pagesOf([change]).pages))).toContain('"say ""hi"",\nthen go"');
  });
});

describe("a plan as a page", () => {
  it("shows a record named <script> as text: nothing of a record can become part of the page", async () => {
    const html = await whole(planHtml(plan, pagesOf(changes).pages, { project, nowMs }));
    expect(html).not.toContain("<script>alert");
    expect(html).toContain("&lt;script&gt;alert(1)&lt;/script&gt;");
    expect(html).toContain("\\u003cscript>alert(1)\\u003c/script>");
    // Every element that opens is one of the page's own.
    const scripts = html.match(/<script[^>]*>/g);
    expect(new Set(scripts)).toEqual(
      new Set(['<script type="application/json" id="names">', '<script type="application/json" class="rows">', "<script>"]),
    );
    expect(scripts?.filter((one) => one === "<script>")).toHaveLength(1);
  });

  it("escapes what stands in its head: a plan's remarks quote records", async () => {
    const [one] = plan.syncs;
    const says = '`name` would be "<img src=x onerror=alert(1)>"';
    const suspicion = { kind: "emptied", fields: [], count: 1, of: 1, example: { id: "1", before: "", after: "" }, says } as const;
    const evil = { ...plan, syncs: one ? [{ ...one, suspicions: [suspicion] }] : [] };
    expect(await whole(planHtml(evil, pagesOf([]).pages, { project, nowMs }))).not.toContain("<img");
  });

  it("asks for nothing outside of itself, and lets only its own script run", async () => {
    const html = await whole(planHtml(plan, pagesOf(changes).pages, { project, nowMs }));
    expect(html).not.toMatch(/\b(?:src|href)=|url\(|@import|https?:/);
    expect(html).toMatch(/Content-Security-Policy" content="default-src 'none'; script-src 'sha256-[^']+'; style-src 'sha256-[^']+'/);
    const script = html.match(/<script>([\s\S]*)<\/script>/)?.[1] ?? "";
    expect(() => new Script(script)).not.toThrow();
    expect(script).not.toMatch(/innerHTML|outerHTML|insertAdjacentHTML|document\.write/);
    for (const part of ['name="viewport"', "prefers-color-scheme: dark", "max-width: 40rem"]) expect(html).toContain(part);
  });

  it("holds every change, as its script reads them", async () => {
    const html = await whole(planHtml(plan, pagesOf(changes).pages, { project, nowMs }));
    const blocks = [...html.matchAll(/<script type="application\/json" class="rows">(.*)<\/script>/g)].map((match) =>
      JSON.parse(match[1] ?? "[]"),
    );
    const rows = blocks.flat() as readonly { id: string; o: string; l: string; f: readonly (readonly string[])[]; k: readonly unknown[] }[];
    expect(rows.map((row) => row.o)).toEqual(["update", "keep", "hold", "wait", "delete", "create"]);
    expect(rows[0]?.f[0]).toEqual(["stage", "appointment-scheduled", "proposal-sent", "stages rule 3 line 60"]);
    expect(rows[4]?.l).toBe(' "Old & gone"');
  });

  it("is written page by page, so that memory stays flat for a plan of any size", async () => {
    const { asked, pages } = pagesOf(changes, 1);
    const parts = planHtml(plan, pages, { project, nowMs });
    await parts.next(); // the head needs no record
    expect(asked.pages).toBe(0);
    await parts.next();
    expect(asked.pages).toBe(1);
  });
});

describe("a plan as JSON", () => {
  it("is one object on one line, with all its changes", async () => {
    const text = await whole(planJsonLine(plan, pagesOf(changes).pages));
    expect(text.trimEnd().split("\n")).toHaveLength(1);
    const json = JSON.parse(text) as { plan: string; run: string; status: string; planned: { hash: string }; changes: unknown };
    expect(json).toMatchObject({ plan: "7f3k2a", run: "12", status: "done", planned: { status: "asks", hash: "5b1c0dd7aa" } });
    expect(json.changes).toEqual(changes);
    expect(JSON.parse(await whole(planJsonLine(plan, pagesOf([]).pages)))).toMatchObject({ changes: [] });
  });
});

describe("a file that is written", () => {
  it("is for its owner alone, because it holds data of people; a place that does not exist is said plainly", async () => {
    const folder = await mkdtemp(join(tmpdir(), "fieldwright-out-"));
    const file = join(folder, "plan.csv");
    await writeOut(file, planCsv(plan, pagesOf(changes).pages));
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await readFile(file, "utf8")).toContain("R-2291");
    await expect(writeOut(join(folder, "nowhere", "plan.csv"), ["x"])).rejects.toMatchObject({
      code: "usage/file",
      message: expect.stringContaining("its folder does not exist"),
    });
    await rm(folder, { recursive: true });
  });
});
