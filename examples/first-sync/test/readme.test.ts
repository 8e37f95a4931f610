import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { asPrinted, asTyped, comparable, type Names } from "./as-printed.js";
import { openPlay, type Play } from "./play.js";
import { readmeSteps } from "./readme-steps.js";

const { steps } = await readmeSteps();
const names: Names = { plans: new Map() };
const stale = "The README shows another screen. After a change on purpose: npx pnpm@12.21.0 --filter example-first-sync screens";
const slow = 120_000; // each command opens the embedded store anew

let play: Play;
beforeAll(async () => {
  play = await openPlay();
});
afterAll(() => play.close());

describe("the README's ten minutes, in their order", () => {
  it("are ten", () => {
    expect([...new Set(steps.map((step) => step.minute.split(".")[0]))]).toEqual(["1", "2", "3", "4", "5", "6", "7", "8", "9", "10"]);
    expect(steps.filter((step) => step.screen !== undefined).length).toBeGreaterThan(9);
  });

  it.each(steps.map((step, at) => [at + 1, step.minute, step] as const))(
    "screen %i, in %s shows what the page says, so that a newcomer sees the same",
    async (_at, _minute, { commands, screen }) => {
      let said = "";
      for (const command of commands) {
        const ended = await play.type(asTyped(command, names));
        // 1: records are held, or nobody is there to say yes. 2 and 3 would be mistakes of the page.
        expect([0, 1], ended.screen).toContain(ended.code);
        said += ended.screen;
      }
      if (screen === undefined) return;
      const printed = asPrinted(said, screen.text, names);
      expect(comparable(printed), stale).toBe(comparable(screen.text));
    },
    slow,
  );
});

describe("what the page promises, in the tables", () => {
  let contacts: readonly Readonly<Record<string, unknown>>[];
  beforeAll(async () => {
    const query = "select name, email, street, zip, stage, notes from crm.contacts order by id";
    const { screen } = await play.type(`npx pnpm@12.21.0 fieldwright --project examples/first-sync sql "${query}" --json`);
    contacts = JSON.parse(screen.trimEnd().split("\n").at(-1) ?? "");
  }, slow);
  const named = (name: string) => contacts.find((one) => one.name === name);

  it("leaves alone what people typed, and what is won", () => {
    expect(named("Edith Brandt")).toMatchObject({ zip: "80209", notes: "Call after 5 pm." });
    expect(named("Edie Brandt-Cho")).toBeUndefined();
    expect(named("Zeke Whitlock")).toMatchObject({ stage: "won", notes: "Signed on the porch." });
  });

  it("has made no twin of anybody", () => {
    const emails = contacts.map((one) => one.email).filter((email) => email !== null);
    expect(emails).toHaveLength(new Set(emails).size);
    expect(contacts.filter((one) => String(one.name).endsWith(" Underhill"))).toHaveLength(2);
  });

  it("has taken back what the run did, and nothing else", () => {
    expect(["Amos Kettle", "Bettina Rowe", "Toby Kessler", "Vera Vance"].map(named)).toEqual([undefined, undefined, undefined, undefined]);
    expect(named("Edith Brandt")).toMatchObject({ street: "3795 Cedar Ln" });
    expect(named("Cal Ekholm")).toMatchObject({ stage: "contacted" });
    expect(named("Rosa Grady-Lindt")).toMatchObject({ stage: "quoted" });
    expect(named("Dara Underhill")).toMatchObject({ stage: "contacted" });
    expect(contacts).toHaveLength(12 + 38);
  });
});

describe("the project by itself", () => {
  let fresh: Play;
  beforeAll(async () => {
    fresh = await openPlay();
  });
  afterAll(() => fresh.close());

  it("runs from a script, which says where and what is missing without the tables, and carries out its plan with them", {
    timeout: slow,
  }, async () => {
    const without = await fresh.script("run.ts");
    expect(without.code, without.screen).toBe(3);
    expect(without.screen).toContain("syncs/leads.yaml:10:11 error spec/unknown-stream: crm has no stream `contacts`.");
    expect(without.screen).not.toMatch(/^\s+at /m);
    await fresh.type(steps[0]?.commands[0] ?? "");
    const done = await fresh.script("run.ts", "--yes");
    // Two leads are held for a person, so not all is done.
    expect(done.code, done.screen).toBe(1);
    expect(done.screen).toMatch(/^leads: 38 to create, 4 to update\nplan \w{6}: partial$/m);
  });

  it("reads the same files whatever folder the command is typed in", { timeout: slow }, async () => {
    const { code, screen } = await fresh.type("npx pnpm@12.21.0 fieldwright diagnose", { in: join(fresh.example, "syncs") });
    expect(code, screen).toBe(0);
    expect(screen).toMatch(/✓ stream leads +leads-2026-06-01\.csv/);
  });
});
