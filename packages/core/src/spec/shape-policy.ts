import { z } from "zod";
import { conditionOtherwiseShape, conditionShape } from "./shape-condition.js";

const word = z.string();
const names = z.array(word).min(1);
const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()]);
/** `contacted`, or a vendor's number. */
const stage = z.union([z.string(), z.number()]);
const stages = z.array(stage);

export const createIfShape = conditionOtherwiseShape
  .optional()
  .describe(
    "When a new record may be created; one that exists is updated all the same. A condition, and `otherwise: wait` (the default: counted, shown and tried again when something changes), `skip` or `hold`. Example: `{ estimates: present, otherwise: wait }`",
  );

export const protectShape = z
  .strictObject({
    never_write: names.optional().describe("Target fields that this sync never writes, not even when it creates a record."),
    set_once: names.optional().describe("Target fields that are written once, and never again whatever happens in the source."),
    only_if_blank: names.optional().describe("Target fields that are written only while they are blank in the target."),
    keep_human_edits: names
      .optional()
      .describe("Target fields that belong to a person as soon as a person changed them in the target, until they are released."),
    when_source_blank: z
      .enum(["keep", "clear"])
      .optional()
      .describe(
        "What an explicit blank in the source does: `keep` the target's value (the default), or `clear` it. A field that the source does not mention never clears anything.",
      ),
  })
  .describe("Target fields that the sync must leave alone, and when. A field stands in one list only.");

const sideStageShape = z
  .strictObject({
    only_from: stages.min(1).optional().describe("Stages of this pipeline from which it may be entered; any if not given."),
    sync_may_leave: z
      .boolean()
      .optional()
      .describe("`true`: the sync may lead a record out of it again. If not given, only a person does."),
  })
  .describe("A stage beside the way, such as lost or on hold.");

const pipelineShape = z
  .strictObject({
    forward_only: stages.min(1).describe("The stages in order. A record only moves on; a step back is kept and reported."),
    side_stages: z
      .record(z.string(), sideStageShape)
      .optional()
      .describe(
        "Stages beside the way, each with where it may be entered from. Example: `lost: { only_from: [contacted, proposal-sent] }`",
      ),
    protected: stages.optional().describe("Stages that a record never leaves, but for a pipeline that names them under `may_come_from`."),
    may_come_from: z
      .array(word)
      .optional()
      .describe("Stages of other pipelines from which a record may move here. Example: `[sales.job-sold]`"),
    may_start_here: z
      .boolean()
      .optional()
      .describe("Whether a new record may begin in this pipeline. If not given: only where there is no `may_come_from`."),
  })
  .describe("A pipeline: its stages in order.");

const stageRuleShape = z
  .strictObject({
    to: word.describe("The stage, with its pipeline: `sales.contacted`."),
    when: conditionShape.optional().describe("Condition on the source record; always if not given."),
    and_set: z
      .record(z.string(), scalar)
      .optional()
      .describe("Target fields that get a fixed value together with the stage, only if the stage is set. Example: `{ status: won }`"),
  })
  .describe("A stage and when a record is to be in it.");

const rules = z.array(stageRuleShape).min(1);

export const stagesShape = z
  .strictObject({
    stage_field: word.describe("Target field that holds the stage."),
    pipeline_field: word.optional().describe("Target field that holds the pipeline, where the target has several."),
    pipelines: z.record(z.string(), pipelineShape).describe("The pipelines by name, each with its stages in order."),
    last_match_wins: rules.optional().describe("Rules that choose the stage: of those that hold, the last one counts."),
    first_match_wins: rules.optional().describe("Rules that choose the stage: of those that hold, the first one counts."),
  })
  .describe("How a record moves through pipelines, so that the sync never moves it backwards.");

const limit = z.union([z.string(), z.number()]);

const guardsShape = z.strictObject({
  first_run: z.boolean().optional().describe("Whether the first run waits for approval; `true` if not given."),
  more_changes_than: limit
    .optional()
    .describe(
      "`50 and 25%` (the default): more than 50 changes which are also more than 25 % of the linked records. `no limit` never asks.",
    ),
  more_creates_than: limit.optional().describe("How many records may be created without asking. Example: `100`. No limit if not given."),
  more_deletes_than: limit.optional().describe("How many records may be deleted without asking; `10 and 2%` if not given."),
  more_errors_than: limit.optional().describe("How many records may fail before the run stops to ask; `10 and 2%` if not given."),
  source_is_empty: z.boolean().optional().describe("Whether a source that is suddenly empty waits for approval; `true` if not given."),
});

export const askFirstShape = z
  .union([z.enum(["always", "never"]), guardsShape])
  .describe(
    "When a run stops with a plan and waits for a person's approval. Words left out keep their defaults. `always`, `never`, or a map.",
  );

export const conflictsShape = z
  .strictObject({
    owner: z
      .record(z.string(), word)
      .optional()
      .describe("Who wins for a field: target field, then the name of the connection (or `from`, `to`). Example: `{ email: crm }`"),
    otherwise: z
      .enum(["hold", "ours", "theirs", "newest"])
      .optional()
      .describe(
        "Who wins for the other fields: `hold` (the default: a person), `ours` (the source), `theirs` (the target), or the `newest` change.",
      ),
  })
  .describe("With `direction: both`: who wins where both sides changed.");

export type StagesInput = z.input<typeof stagesShape>;
export type ProtectInput = z.input<typeof protectShape>;
export type AskFirstInput = z.input<typeof askFirstShape>;
export type ConflictsInput = z.input<typeof conflictsShape>;
