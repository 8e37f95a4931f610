import pico from "picocolors";
import { describe, expect, it } from "vitest";
import { expiryText, isOpen, statusText } from "../src/plan/expiry.js";
import { pickChanges } from "../src/plan/pick-changes.js";
import { type PlanTextOptions, planSummary, planText } from "../src/plan/plan-text.js";
import { columns } from "../src/report/columns.js";
import { aChange, nowMs, plan, project } from "./a-plan.js";

const options: PlanTextOptions = { colors: pico.createColors(false), width: 110, project, nowMs, all: "fieldwright plans 7f3k2a --all" };

describe("a plan as text", () => {
  it("tells of each record what happens to it, by which key, rule and line", () => {
    expect(planText(plan, options)).toMatchInlineSnapshot(`
      "Plan 7f3k2a for jobs-to-deals   spec 3f9c1a   read 1,204   expires in 2 h
      A guard asks: nothing of it is written until somebody approves it.

        create 9   update 38   delete 1   unchanged 1,143   waiting 1   held 12
        can be undone: 39 of 48 (9 creates: archive only)

        ~ deals 5512  from jobs 88210  matched by order_number R-2291  line 24
            stage          appointment-scheduled -> proposal-sent                 stages rule 3             line 60
            contact_phone  (blank) -> +15125550123                                protect.only_if_blank     line 49
            zone           north -> south                                         custom zone_of
            title          kept: a person changed it, and it is theirs until it   protect.keep_human_edits  line 50
                           is released
        = deals 4980  from jobs 88211
            stage  held back: job-sold would become contacted  stages rule 1  line 56
        ? jobs 88213  held: 2 records of deals fit phone + zip: 7, 9.  held/several-matches
        … jobs 88214  \`owner\` waits until users has linked its record 3.  waiting/reference
        - deals 5001 "Old & gone"  from jobs 88215  gone at the source
        + new deals "<script>alert(1)</script>"  from jobs 88216  nothing fits it yet

        Asks: This sync asks before every write: 9 to create, 38 to update, 1 to delete.
        Suspicious: \`email\` would become empty in 30 of the 38 records where it changes. Did the source stop
          giving it?
        Side effects: A text message goes to the customer.
        Guards: changes 4 % of 25 %   errors 0 % of 2 %

        New records, as they would be:
        + from jobs 88216
            name  <script>alert(1)</script>"
    `);
  });

  it("keeps within the screen: what does not fit stands below, and nothing of a reason is lost", () => {
    const text = planText(plan, { ...options, width: 72 });
    expect(Math.max(...text.split("\n").map(columns))).toBeLessThanOrEqual(72);
    expect(text.replace(/\s+/g, " ")).toContain("held: 2 records of deals fit phone + zip: 7, 9.");
  });

  it("leaves the records out of the summary, and keeps all that a decision needs", () => {
    const text = planSummary(plan, options);
    expect(text).not.toContain("5512");
    for (const part of ["create 9", "can be undone: 39 of 48", "Asks:", "Suspicious:", "Side effects:", "Guards:"])
      expect(text).toContain(part);
  });

  it("lets no value of a record steer the terminal", () => {
    const evil = "a\u001b[2Jb\u009b1mc\u202ed";
    const update = aChange(1, {
      operation: "update",
      sourceId: evil,
      targetId: evil,
      reason: evil,
      matched: { key: "name", value: evil },
      fields: [{ field: "note", before: evil, after: evil }],
      kept: [{ field: "title", rule: "protect.set_once", why: evil }],
    });
    const hold = aChange(2, { operation: "hold", sourceId: evil, code: "held/no-match", reason: evil });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: it is what must not be there
    expect(planText({ ...plan, changes: [update, hold] }, options)).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
  });

  it("shows some of every kind when there are many, and says how to see all", () => {
    const many = [
      ...Array.from({ length: 40 }, (_, index) => aChange(index + 1, { operation: "create", sourceId: `c${index}` })),
      aChange(41, { operation: "hold", sourceId: "late", code: "held/no-match", reason: "nothing fits" }),
    ];
    const text = planText({ ...plan, changes: many }, options);
    expect(text).toContain("? jobs late");
    expect(text.match(/^ {2}\+ new/gm)).toHaveLength(19);
    expect(text).toContain("All of them:  fieldwright plans 7f3k2a --all");
    expect(pickChanges(many, 20).map((one) => one.n)).toEqual([...Array.from({ length: 19 }, (_, index) => index + 1), 41]);
  });

  it("says of a rollback which run it takes back", () => {
    const text = planSummary({ ...plan, kind: "rollback", status: "ready", ofRun: "4" }, options);
    expect(text).toMatch(/^Plan 7f3k2a for jobs-to-deals {3}takes back run 4/);
  });
});

describe("how long a plan is good", () => {
  it("is said in words, and a plan that is over is not offered any more", () => {
    const at = (expiresAt: string, status: "ready" | "asks" | "applied" | "superseded" | "partly applied" = "ready") => ({
      status,
      expiresAt,
    });
    expect(expiryText(at("2025-03-01T14:00:00Z"), nowMs)).toBe("expires in 2 h");
    expect(expiryText(at("2025-03-01T12:05:00Z"), nowMs)).toBe("expires in 5 min");
    expect(expiryText(at("2025-03-01T11:00:00Z"), nowMs)).toBe("expired 60 min ago");
    expect(statusText(at("2025-03-01T14:00:00Z", "asks"), nowMs)).toBe("waits for approval");
    expect(statusText(at("2025-03-01T11:00:00Z", "asks"), nowMs)).toBe("expired");
    expect(statusText(at("2025-03-01T11:00:00Z", "applied"), nowMs)).toBe("carried out");
    expect(
      [at("2025-03-01T14:00:00Z"), at("2025-03-01T14:00:00Z", "superseded"), at("2025-03-01T11:00:00Z")].map((one) => isOpen(one, nowMs)),
    ).toEqual([true, false, false]);
  });
});
