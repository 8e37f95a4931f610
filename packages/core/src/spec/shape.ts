import { z } from "zod";
import { alertShape, checksShape, testsShape } from "./shape-after.js";
import { conditionShape } from "./shape-condition.js";
import { fieldShape } from "./shape-field.js";
import { askFirstShape, conflictsShape, createIfShape, protectShape, stagesShape } from "./shape-policy.js";

/** Text in quotes or not: names, paths, durations. */
const word = z.string();

const relatedShape = z
  .strictObject({
    one: word
      .optional()
      .describe(
        "Stream of the related record: `users`, or `crm.users` for a stream of another connection. The record, or nothing, is then known under the name above: `owner.email`.",
      ),
    many: word
      .optional()
      .describe(
        "Stream of the related records: `estimates`, or `crm.estimates` for a stream of another connection. They are then known as a list under the name above.",
      ),
    where: z
      .record(z.string(), word)
      .describe(
        "What ties them together: field of the related record, then path in the source record. All must be equal. Example: `{ id: ownerId }`",
      ),
  })
  .describe("A related record (`one`) or related records (`many`), looked up in what was read before.");

const fromShape = z
  .strictObject({
    connection: word.describe("Name of a connection in fieldwright.yaml."),
    stream: word.describe("The kind of record to read, e.g. `customers`. `fieldwright streams` lists them."),
    only: conditionShape
      .optional()
      .describe("Which records count; the others are counted as filtered. Example: `{ type: 1, email: present }`"),
    with: z
      .record(z.string(), relatedShape)
      .optional()
      .describe("Related records, by the name that paths then use. Example: `owner: { one: users, where: { id: ownerId } }`"),
    cursor: word.optional().describe("Field that tells what changed since the last read, where the connector's own is to be overridden."),
    key: word.optional().describe("Field that names a record for good, where the connector's own is to be overridden."),
    overlap: word
      .optional()
      .describe("How far before the last read a new one starts, so that late changes are not missed. Example: `1 day`"),
  })
  .describe("Where records come from.");

const toShape = z
  .strictObject({
    connection: word.describe("Name of a connection in fieldwright.yaml."),
    stream: word.describe("The kind of record to write, e.g. a table's name. `fieldwright streams` lists them."),
  })
  .describe("Where records go to.");

const matchKeyShape = z.record(z.string(), z.union([word, z.record(z.string(), word), z.boolean()]));

const matchShape = z
  .strictObject({
    try_in_order: z
      .array(matchKeyShape)
      .min(1)
      .describe(
        "How the same record is known in the target: target field, then source path. The first key that finds exactly one decides. `all_of: { a: x, b: y }` asks that several fit together; `unlinked_only: true` passes over records that belong to another source record.",
      ),
    when_several: z
      .enum(["hold"])
      .optional()
      .describe("What if a key finds several: `hold` keeps the record for a person to decide. It never guesses."),
    when_none: z
      .enum(["create", "skip", "hold"])
      .optional()
      .describe("What if no key finds one: `create` it (the default), `skip` it, or `hold` it for a person."),
  })
  .describe("How the record is found in the target, so that it is never written twice.");

const runShape = z
  .strictObject({
    every: word.optional().describe("How often it runs. Example: `5 minutes`"),
    cron: word.optional().describe("When it runs, as a cron expression. Example: `0 2 * * *` (daily at 2)"),
    timezone: word.optional().describe("IANA zone of `cron` and `no_runs_between`. Example: `America/Denver`"),
    no_runs_between: word.optional().describe("Times of day between which no run starts. Example: `22:00 and 06:00`"),
    recheck_everything: word
      .optional()
      .describe("How often a full read proves that nothing was missed: a span or a cron expression. Example: `1 day`"),
    on_webhook: z.boolean().optional().describe("`true`: it also runs when the source's system calls."),
  })
  .describe("When it runs. Without it, only when somebody starts it.");

export const writeWays = ["upsert", "update_only", "create_only", "append", "mirror"] as const;

/** A sync file. What each word means is said here once: messages, docs and the editors' schema take it from here. */
export const syncShape = z.strictObject({
  version: z.literal(1).describe("Version of this language: 1."),
  sync: word.describe("Unique name of this sync: lower-case letters, digits and `-`. Example: `crm-customers`"),
  about: z.string().optional().describe("What this sync is for, in your own words."),
  from: fromShape,
  to: toShape,
  direction: z
    .enum(["one_way", "both"])
    .optional()
    .describe(
      "`one_way` (the default): from source to target. `both`: changes of the target flow back as well; `conflicts` says who wins.",
    ),
  match: matchShape.optional(),
  create_if: createIfShape,
  write: z
    .enum(writeWays)
    .optional()
    .describe(
      "`upsert`: create and update (the default). `update_only`: never create. `create_only`: never change an existing one. `append`: always add, never look for an existing one. `mirror`: upsert, and the target holds nothing else.",
    ),
  fields: z
    .record(z.string(), fieldShape)
    .describe(
      "Target field, then where its value comes from: a path (`email: contact.email`), or the long form. `.` is the whole source record.",
    ),
  protect: protectShape.optional(),
  stages: stagesShape.optional(),
  conflicts: conflictsShape.optional(),
  when_source_deleted: z
    .union([
      z.enum(["keep", "archive", "remove"]),
      z.strictObject({ mark: word.describe("Target field (true or false, or a time) that is set.") }),
    ])
    .optional()
    .describe(
      "What happens to the target's record when the source's is gone: `keep` it (the default), `mark: field`, `archive` or `remove` it.",
    ),
  ask_first_if: askFirstShape.optional(),
  run: runShape.optional(),
  checks: checksShape.optional(),
  alert: alertShape.optional(),
  tests: testsShape.optional(),
});

/** What `defineSync` takes: the same words as the file. */
export type SyncInput = z.input<typeof syncShape>;
