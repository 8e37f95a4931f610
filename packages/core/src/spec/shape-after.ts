import { z } from "zod";
import { testOutcomes } from "./model-policy.js";
import { conditionShape } from "./shape-condition.js";

const word = z.string();
const oneOrMore = z.union([word, z.array(word).min(1)]);
const limit = z.union([z.string(), z.number()]);

const checkShape = z
  .strictObject({
    unique: oneOrMore.optional().describe("Target field, or several that are taken together: no two records have the same."),
    not_blank: oneOrMore.optional().describe("Target field, or several: none of them is blank."),
    count_close: limit
      .optional()
      .describe("How far the counts of both sides may be apart: `exact`, `5`, `1%`, or `5 and 1%` (both passed)."),
    sum_close: z
      .strictObject({
        from: word.describe("Path of the number in the source record."),
        to: word.describe("Target field that it is compared with."),
        within: limit.optional().describe("How far the sums may be apart: `exact` (the default), `100`, `0.5%`."),
      })
      .optional()
      .describe("A number added up on both sides. Example: `{ from: total, to: value, within: 0.5% }`"),
    every: conditionShape.optional().describe("Condition on the target record, by target fields: each one that fits must fit `has` too."),
    has: conditionShape.optional().describe("What each record that fits `every` must fit. Example: `{ value: { over: 0 } }`"),
    references: z
      .record(z.string(), word)
      .optional()
      .describe("Target field, then the stream whose key it must hold: `owner_id: users`, or `crm.users` of another connection."),
    sql: word.optional().describe("A query in the target's database. Each row that it gives is an issue."),
    severity: z
      .enum(["warn", "fail"])
      .optional()
      .describe("What an issue does: `fail` (the default: the run is completed, but not verified), or `warn`."),
    about: word.optional().describe("What is checked, in your own words, for the report."),
  })
  .describe("One integrity check.");

export const checksShape = z.array(checkShape).min(1).describe("Integrity checks after each run. Each entry asks one thing.");

const alertWords = ["failed", "partial", "not_verified", "needs_approval"] as const;

const alertWhenShape = z.union([
  z.enum(alertWords),
  z.strictObject({
    held_records_over: z.number().int().nonnegative().optional().describe("More records than this are held for a person."),
    waiting_records_over: z.number().int().nonnegative().optional().describe("More records than this wait for others."),
    failed_records_over: z.number().int().nonnegative().optional().describe("More records than this were refused by the target."),
    no_success_for: word.optional().describe("No run succeeded for so long. Example: `1 hour`"),
  }),
]);

export const alertShape = z
  .strictObject({
    to: oneOrMore.describe("Who is told: names that the app knows an address for."),
    when: z
      .union([alertWhenShape, z.array(alertWhenShape).min(1)])
      .describe(
        "`failed`, `partial` (some records failed), `not_verified` (a check failed), `needs_approval`, `held_records_over: 20`, `waiting_records_over: 100`, `failed_records_over: 5`, `no_success_for: 1 hour`.",
      ),
  })
  .describe("Who is told when something goes wrong.");

const record = z.record(z.string(), z.unknown());

const testShape = z
  .strictObject({
    about: word.optional().describe("What this shows, in your own words."),
    given: record.describe("The source record; related records under their names. Example: `{ id: 7, owner: { email: a@example.com } }`"),
    target_has: record.optional().describe("The target record that it matches; without it there is none."),
    linked: z
      .record(z.string(), z.record(z.string(), z.union([z.string(), z.number()])))
      .optional()
      .describe("What `ref` finds: sync, then source id, then target id. Example: `{ crm-offices: { 3: 17 } }`"),
    now: word.optional().describe("The time that `within` and `now` go by. Example: `2026-01-31T12:00:00Z`"),
    expect: z
      .union([z.enum(testOutcomes), record])
      .describe(
        "What becomes of it: `created`, `updated`, `unchanged`, `filtered`, `waiting` or `held`; or the target's fields afterwards, e.g. `{ stage: contacted }`.",
      ),
  })
  .describe("One record, and what becomes of it.");

export const testsShape = z.array(testShape).min(1).describe("Examples of what this sync does, run by `fieldwright test`.");

export type CheckInput = z.input<typeof checkShape>;
export type AlertInput = z.input<typeof alertShape>;
export type AlertWhenInput = z.input<typeof alertWhenShape>;
export type TestInput = z.input<typeof testShape>;
