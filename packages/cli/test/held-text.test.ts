import type { CheckReport, HeldRecord, PlanEntry } from "@fieldwright/core";
import pico from "picocolors";
import { describe, expect, it } from "vitest";
import { checkText } from "../src/report/check-text.js";
import { heldText } from "../src/report/held-text.js";

const colors = pico.createColors(false);
const nowMs = Date.parse("2025-03-01T12:00:00.000Z");
const options = { colors, width: 80, nowMs, command: "fieldwright", more: false };

const record: HeldRecord = {
  sync: "jobs",
  sourceId: "88213",
  state: "held",
  code: "held/several-matches",
  reason: "2 records of deals fit phone: 7, 9.",
  field: null,
  since: "2025-03-01T08:00:00.000Z",
  run: "4",
  actions: ["approve", "link", "ignore", "retry"],
};

const plan: PlanEntry = {
  id: "7f3k2a",
  kind: "sync",
  status: "asks",
  createdAt: "2025-03-01T11:00:00.000Z",
  expiresAt: "2025-03-02T11:00:00.000Z",
  hash: "x",
  ofRun: null,
  approvedBy: null,
  approvedAt: null,
  syncs: ["jobs"],
};

describe("what waits for a person", () => {
  it("is said plainly when it is nothing", () => {
    expect(heldText([], [], options)).toBe("Nothing waits for a person.");
  });

  it("puts plans first, since they hold back most, and names only answers that some record takes", () => {
    const text = heldText([{ ...record, actions: ["link", "ignore", "retry"] }], [plan], { ...options, more: true });
    expect(text.indexOf("Plans that wait for approval")).toBeLessThan(text.indexOf("jobs   1 record"));
    expect(text).toContain("7f3k2a  waits for approval, good until 2025-03-02 11:00:00 UTC  jobs");
    expect(text).toContain("fieldwright link SYNC RECORD TARGET");
    expect(text).not.toContain("fieldwright approve");
    expect(text).toContain("Only the first 1 are listed.");
  });

  it("tells failed and waiting records apart from held ones, and asks nobody about those that wait for data", () => {
    const text = heldText(
      [
        { ...record, state: "failed", sourceId: "1", reason: "The target refused it." },
        { ...record, state: "waiting", sourceId: "2", actions: [] },
      ],
      [],
      options,
    );
    expect(text).toMatch(/^ {2}1 {2}failed: The target refused it\.$/m);
    expect(text).toMatch(/^ {2}2 {2}waiting: /m);
    expect(text).toContain("comes back by itself");
  });

  it("keeps reasons whole within the screen, and control signs of a record out of it", () => {
    const reason = `The value \u001b[31m${"very ".repeat(30)}long, ends here.`;
    const text = heldText([{ ...record, reason }], [], { ...options, width: 60 });
    expect(text).toContain("ends here.");
    expect(text).not.toContain("\u001b");
    const own = text.split("\n").filter((line) => line.includes("very"));
    expect(Math.max(...own.map((line) => line.length))).toBeLessThanOrEqual(60);
  });
});

describe("checks as text", () => {
  it("never let a check that could not be carried out look like one that passed", () => {
    const base = { check: "unique", builtIn: false, found: 0, records: [] } as const;
    const report: CheckReport = {
      id: "3",
      run: null,
      at: "2025-03-01T12:00:00.000Z",
      seconds: 1,
      verified: false,
      syncs: [
        {
          sync: "jobs",
          source: "office.jobs",
          target: "crm.deals",
          verified: false,
          counts: { source: 10, linked: 9 },
          checks: [
            { ...base, about: "links are one to one", status: "passed", says: "9 links.", severity: "fail" },
            { ...base, about: "title is unique", status: "not checked", says: "The target takes no SQL.", severity: "fail", line: 30 },
            {
              ...base,
              about: "stage is not blank",
              status: "failed",
              says: "12 records.",
              severity: "warn",
              found: 12,
              records: [{ sourceId: "1", targetId: "2", name: "A job", says: "is blank" }],
              advice: "Fill it in.",
            },
          ],
        },
      ],
    };
    expect(checkText(report, { colors, width: 80 })).toBe(
      [
        "Check 3  not verified  in 1.0 s",
        "",
        "jobs   office.jobs 10   crm.deals linked 9",
        "  ✓ links are one to one",
        "      9 links.",
        "  ✗ title is unique  line 30",
        "      not checked: The target takes no SQL.",
        "  ! stage is not blank",
        "      12 records.",
        '      source 1 -> target 2 "A job"  is blank',
        "      and 11 more",
        "      -> Fill it in.",
      ].join("\n"),
    );
  });
});
