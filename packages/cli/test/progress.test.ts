import type { RunEvent } from "@fieldwright/core";
import pico from "picocolors";
import { describe, expect, it } from "vitest";
import { plainLines, type Spoken } from "../src/progress/plain-lines.js";
import { finishedLine, progressLines } from "../src/progress/progress-lines.js";
import { nothingYet, type ProgressState, progressState, secondsByStep } from "../src/progress/progress-state.js";
import { frameText } from "../src/progress/show-progress.js";

const colors = pico.createColors(false);
const screen = { width: 140, height: 24, colors };
const run = "7f3k";

const started: RunEvent = {
  type: "run-started",
  run,
  at: "2025-01-13T13:35:13.000Z",
  mode: { kind: "incremental" },
  streams: ["repcard.users", "repcard.notes"],
  syncs: ["repcard-users"],
};
const usersStart: RunEvent = { type: "step-started", run, step: "read", name: "repcard.users", resumed: false };

function usersAt(processed: number, more: Partial<RunEvent & { type: "progress" }> = {}): RunEvent {
  return {
    type: "progress",
    run,
    step: "read",
    name: "repcard.users",
    processed,
    total: 1000,
    created: processed,
    updated: 0,
    unchanged: 0,
    held: 0,
    failed: 0,
    perSecond: 412.4,
    secondsLeft: 3,
    estimate: "vendor's total",
    ...more,
  };
}

function after(events: readonly (readonly [number, RunEvent])[]): ProgressState {
  return events.reduce((state, [atMs, event]) => progressState(state, event, atMs), nothingYet);
}

describe("live progress", () => {
  it("has a line for a step from its first second, before anything is known about it", () => {
    const lines = progressLines(
      after([
        [0, started],
        [0, usersStart],
      ]),
      400,
      screen,
    );
    expect(lines).toHaveLength(2);
    expect(lines[0]).toContain("read  repcard.users");
    expect(lines[0]).toContain("starting");
    expect(lines[1]).toContain("0 of 3 steps");
  });

  it("shows processed of total, outcomes, rate, time left and how that was estimated", () => {
    const state = after([
      [0, started],
      [0, usersStart],
      [1000, usersAt(250, { updated: 7, held: 2, failed: 1, created: 240 })],
    ]);
    const [text] = progressLines(state, 1000, screen);
    expect(text).toMatch(
      /repcard\.users *█+░+ {2}250 of 1,000 {2}\+240 ~7 {2}held 2 {2}failed 1 {2}412\/s {2}3\.0 s left by vendor's total/,
    );
    const full = (text?.match(/█/g) ?? []).length;
    const empty = (text?.match(/░/g) ?? []).length;
    expect(full / (full + empty)).toBeCloseTo(0.25, 1);
  });

  it("says unknown where the total is unknown, and moves all the same", () => {
    const unknown = {
      type: "progress",
      run,
      step: "read",
      name: "repcard.notes",
      processed: 40,
      created: 40,
      updated: 0,
      unchanged: 0,
      held: 0,
      failed: 0,
      perSecond: 20,
      estimate: "unknown",
    } as const;
    const state = after([
      [0, started],
      [1000, unknown],
    ]);
    const [first] = progressLines(state, 1000, screen);
    const [later] = progressLines(state, 1480, screen);
    expect(first).toContain("40 of unknown");
    expect(first).toContain("time left unknown");
    expect(later).not.toBe(first);
  });

  it("stays within a total that was too small, because vendors' totals lie", () => {
    const [text] = progressLines(
      after([
        [0, started],
        [0, usersStart],
        [5, usersAt(1500)],
      ]),
      5,
      screen,
    );
    expect(text).toContain("1,500 of 1,000");
    expect(text).not.toContain("░");
  });

  it("never makes a line wider or a frame higher than the terminal, whatever its size", () => {
    const many = Array.from({ length: 30 }, (_, index): readonly [number, RunEvent] => [
      0,
      { type: "step-started", run, step: "sync", name: `a-sync-with-a-long-name-${index}`, resumed: true },
    ]);
    const state = after([[0, started], ...many, [1, usersAt(10)]]);
    for (const width of [20, 40, 80, 200]) {
      const lines = progressLines(state, 1, { width, height: 10, colors });
      expect(lines.length).toBeLessThan(10);
      for (const text of lines) expect(text.length).toBeLessThanOrEqual(width);
    }
  });

  it("counts the wait for a request limit down in the last line and drops it when it is over", () => {
    const state = after([
      [0, started],
      [0, usersStart],
      [0, { type: "waiting-for-budget", run, connection: "repcard", untilMs: 42_000 }],
    ]);
    expect(progressLines(state, 2_000, screen).at(-1)).toContain("waiting 40 s for repcard's request limit");
    expect(progressLines(state, 43_000, screen).at(-1)).not.toContain("waiting");
  });

  it("keeps a finished step as one line with what became of it, and knows how long it took", () => {
    const state = after([
      [0, started],
      [0, usersStart],
      [900, usersAt(1000)],
      [1500, { type: "step-finished", run, step: "read", name: "repcard.users", status: "done" }],
    ]);
    const step = state.steps[0];
    expect(step && finishedLine(step, state.nameWidth, screen)).toMatch(
      /^✓ read {2}repcard\.users +1,000 records {2}\+1,000 ~0 {2}1\.5 s$/,
    );
    expect(secondsByStep(state).get("read repcard.users")).toBe(1.5);
    expect(progressLines(state, 1600, screen)).toHaveLength(1);
  });

  it("says why a step failed", () => {
    const state = after([
      [0, started],
      [0, usersStart],
      [100, { type: "step-finished", run, step: "read", name: "repcard.users", status: "failed", error: "RepCard refused the key." }],
    ]);
    const step = state.steps[0];
    expect(step && finishedLine(step, state.nameWidth, screen)).toContain("✗ read  repcard.users");
    expect(step && finishedLine(step, state.nameWidth, screen)).toContain("failed: RepCard refused the key.");
  });

  it("redraws over lines that a narrower terminal has wrapped in the meantime", () => {
    const drawn = ["x".repeat(100), "\u001b[2mshort\u001b[22m"];
    expect(frameText({ drawn, above: [], frame: ["new"], columns: 120 })).toBe("\u001b[2A\rnew\u001b[K\n\u001b[J");
    expect(frameText({ drawn, above: ["kept"], frame: ["new"], columns: 40 })).toBe("\u001b[4A\rkept\u001b[K\nnew\u001b[K\n\u001b[J");
    expect(frameText({ drawn: [], above: [], frame: ["first"], columns: 40 })).toBe("\rfirst\u001b[K\n\u001b[J");
  });
});

describe("plain progress", () => {
  function said(events: readonly (readonly [number, RunEvent])[]): readonly string[] {
    let state = nothingYet;
    let spoken: Spoken = new Map();
    return events.flatMap(([nowMs, event]) => {
      state = progressState(state, event, nowMs);
      const out = plainLines(state, event, { spoken, nowMs, screen });
      spoken = out.spoken;
      return out.lines;
    });
  }

  it("has a line at the start and at the end of each step, and of the run", () => {
    const lines = said([
      [0, started],
      [0, usersStart],
      [10, { type: "step-finished", run, step: "read", name: "repcard.users", status: "done" }],
    ]);
    expect(lines).toEqual([
      "run 7f3k: what changed since the last run, 2 streams to read, 1 sync to write",
      "read repcard.users: started",
      expect.stringMatching(/^✓ read {2}repcard\.users/),
    ]);
  });

  it("speaks at every tenth part, not at every page", () => {
    const pages = Array.from({ length: 100 }, (_, page): readonly [number, RunEvent] => [page, usersAt((page + 1) * 10)]);
    const lines = said([[0, started], [0, usersStart], ...pages]).filter((text) => text.includes(" of 1,000"));
    expect(lines).toHaveLength(10);
    expect(lines[0]).toBe("read repcard.users: 100 of 1,000  +100 ~0  412/s  3.0 s left by vendor's total");
  });

  it("speaks every two seconds where the total is unknown, because silence looks like a hang", () => {
    const { total: _total, secondsLeft: _left, ...unknown } = usersAt(1) as RunEvent & { type: "progress" };
    const pages = Array.from({ length: 61 }, (_, index): readonly [number, RunEvent] => [
      index * 100,
      { ...unknown, processed: index, estimate: "unknown" },
    ]);
    expect(said([[0, started], [0, usersStart], ...pages]).filter((text) => text.includes("of unknown"))).toHaveLength(3);
  });

  it("tells at once of a page that failed and of a wait", () => {
    const lines = said([
      [0, { type: "page-failed", run, stream: "repcard.users", page: 3, message: "RepCard answered with HTML." }],
      [1000, { type: "waiting-for-budget", run, connection: "repcard", untilMs: 31_000 }],
    ]);
    expect(lines).toEqual([
      "! repcard.users page 3 could not be read: RepCard answered with HTML.",
      "  waiting 30 s for repcard's request limit",
    ]);
  });
});
