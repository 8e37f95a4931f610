import type { RunReport } from "@fieldwright/core";
import pico from "picocolors";
import { describe, expect, it } from "vitest";
import { exitCodeOfRun } from "../src/exit-code.js";
import { reportJson } from "../src/report/report-json.js";
import { nextSteps, reportText } from "../src/report/report-text.js";
import { rowsTable, table } from "../src/report/table.js";
import { duration, shown } from "../src/report/words.js";

const colors = pico.createColors(false);
const report: RunReport = {
  run: "7",
  status: "done",
  startedAt: "2025-01-13T13:35:13.000Z",
  seconds: 4.21,
  streams: [
    {
      stream: "repcard.users",
      status: "done",
      fetched: 1240,
      inserted: 1200,
      updated: 30,
      unchanged: 10,
      failed: 0,
      held: 0,
      deleted: 0,
      error: null,
    },
  ],
  syncs: [
    {
      sync: "repcard-users",
      status: "done",
      read: 1240,
      filtered: 0,
      unchanged: 10,
      created: 1200,
      updated: 30,
      deleted: 0,
      waiting: 0,
      held: 0,
      failed: 0,
      error: null,
    },
  ],
};
const sync = report.syncs[0] as RunReport["syncs"][number];
const stream = report.streams[0] as RunReport["streams"][number];

describe("the report", () => {
  it("lines its columns up, so that figures can be compared at a glance", () => {
    const text = reportText(report, { colors, seconds: new Map([["read repcard.users", 1.5]]) });
    const rows = text.split("\n");
    const head = rows.find((row) => row.startsWith("read "));
    const row = rows.find((one) => one.startsWith("repcard.users"));
    expect(head?.indexOf("fetched")).toBe((row?.indexOf("1,240") ?? 0) - 2);
    expect(row).toMatch(/repcard\.users +1,240 +1,200 +30 +10 +1\.5 s$/);
  });

  it("shows trouble as a column of its own, and only where there is some", () => {
    expect(reportText(report, { colors })).not.toMatch(/held|failed|waiting/);
    const text = reportText(
      { ...report, syncs: [sync, { ...sync, sync: "repcard-offices", held: 3, created: 0, status: "partial" }] },
      { colors },
    );
    expect(text).toMatch(/written .* held +status/);
    expect(text).toMatch(/repcard-users .* ·$/m);
    expect(text).toMatch(/repcard-offices +1,240 +· .* 3 +partial$/m);
  });

  it("says nothing of next steps when all is well, and what to type when it is not", () => {
    expect(nextSteps(report, "fieldwright", "fieldwright sync")).toEqual([]);
    const held = nextSteps({ ...report, syncs: [{ ...sync, held: 2 }] }, "fieldwright --project x", "").join("\n");
    expect(held).toContain("2 records held");
    expect(held).toContain("fieldwright --project x held");
    expect(nextSteps({ ...report, status: "stopped" }, "fieldwright", "fieldwright sync --full").join("\n")).toContain(
      "fieldwright sync --full",
    );
  });

  it("tells a run that a guard holds from one that went wrong, and what to type", () => {
    const error = "This is the first run. `fieldwright apply 7f3k2a` carries it out.";
    const asks: RunReport = { ...report, status: "partial", plan: "7f3k2a", syncs: [{ ...sync, status: "asks", held: 40, error }] };
    const text = reportText(asks, { colors });
    expect(text).toContain("asks: a guard wants a person's approval first");
    expect(text).toMatch(/repcard-users: This is the first run\.$/m);
    expect(nextSteps(asks, "fieldwright --project x", "")).toEqual([
      "Look at what waits for approval:  fieldwright --project x plans 7f3k2a",
      "Carry it out:  fieldwright --project x apply 7f3k2a",
    ]);
    expect(reportJson(asks)).toMatchObject({ plan: "7f3k2a" });
    expect(exitCodeOfRun(asks)).toBe(1);
  });

  it("says of a run that was carried out whether its checks found anything", () => {
    const issues = [{ check: "email is unique", severity: "fail", says: "2 values stand twice." }] as const;
    const found: RunReport = { ...report, verified: false, syncs: [{ ...sync, verified: false, issues }] };
    expect(reportText(found, { colors })).toMatch(
      /^Run 7 {2}done, but not verified[\s\S]*repcard-users: email is unique {2}2 values stand twice\.$/,
    );
    expect(exitCodeOfRun(found)).toBe(1);
    expect(exitCodeOfRun({ ...report, verified: true })).toBe(0);
    expect(reportJson(found)).toMatchObject({ verified: false, syncs: [{ verified: false, issues }] });
  });

  it("names the error of a part that failed", () => {
    expect(reportText({ ...report, streams: [{ ...stream, status: "failed", error: "RepCard refused the key." }] }, { colors })).toContain(
      "repcard.users: RepCard refused the key.",
    );
  });

  it("has one exit code for each thing a caller can do about it", () => {
    expect(exitCodeOfRun(report)).toBe(0);
    expect(exitCodeOfRun({ ...report, syncs: [{ ...sync, waiting: 3 }] })).toBe(0);
    expect(exitCodeOfRun({ ...report, syncs: [{ ...sync, held: 1 }] })).toBe(1);
    expect(exitCodeOfRun({ ...report, streams: [{ ...stream, failed: 1 }] })).toBe(1);
    expect(exitCodeOfRun({ ...report, status: "partial" })).toBe(1);
    expect(exitCodeOfRun({ ...report, status: "stopped" })).toBe(3);
    expect(exitCodeOfRun({ ...report, status: "failed" })).toBe(3);
  });

  it("keeps the keys that programs read", () => {
    const json = reportJson(report) as { streams: object[]; syncs: object[] };
    expect(Object.keys(json)).toEqual(["run", "status", "streams", "syncs"]);
    expect(Object.keys(json.streams[0] ?? {})).toEqual([
      "stream",
      "status",
      "fetched",
      "inserted",
      "updated",
      "unchanged",
      "failed",
      "held",
      "error",
    ]);
    expect(Object.keys(json.syncs[0] ?? {}).slice(0, 10)).toEqual([
      "sync",
      "read",
      "filtered",
      "unchanged",
      "created",
      "updated",
      "deleted",
      "waiting",
      "held",
      "failed",
    ]);
  });
});

describe("tables and words", () => {
  it("puts numbers on the right and leaves no blanks at the ends of lines", () => {
    expect(
      table(
        ["name", "n"],
        [
          ["a", "1"],
          ["bcd", "10"],
        ],
        ["left", "right"],
      ),
    ).toBe("name    n\na       1\nbcd    10");
    expect(
      rowsTable(
        [
          { name: "a", n: 1 },
          { name: "b", n: 22 },
        ],
        String,
      ),
    ).toBe("name    n\na       1\nb      22");
  });

  it("writes times as a person says them", () => {
    expect([0.04, 9.96, 42.4, 200, 3900].map(duration)).toEqual(["0.0 s", "10.0 s", "42 s", "3 min 20 s", "1 h 5 min"]);
  });

  it("shows a value on one line, cut when it is long", () => {
    expect([null, "", "two\nlines", { a: 1 }].map((value) => shown(value))).toEqual(["(blank)", "(blank)", "two lines", '{"a":1}']);
    expect(shown("x".repeat(100), 10)).toBe("xxxxxxxxx…");
  });
});
