import { z } from "zod";

const entity = z.enum(["leads", "people", "companies", "opportunities", "projects", "tasks"]);
const all = entity.options;

/**
 * What nobody has documented or only one source has said. Each is a guess that errs on the side of missing nothing,
 * and each can be set under `assumptions` in the connection's options once the truth is known for an account.
 */
export const assumptionsSchema = z.strictObject({
  /** The older tables of people and companies do not name `minimum_modified_date`. A stream that is not here is read in full each time. */
  modifiedFilterOn: z.array(entity).default([...all]),
  /** Whether bounds of dates count themselves is not known: each is asked this many seconds wider, and what is beyond is left out again. */
  secondsWider: z.number().int().min(0).max(86_400).default(1),
  /** Searches show a write some seconds late; an incremental read starts this long before the last one ended. */
  searchLagSeconds: z.number().int().min(0).default(300),
  /** Activities can be asked for by their date only, and people log calls afterwards. */
  activityOverlapDays: z.number().int().min(0).default(7),
  /** The vendor's word: only so many records of one search can be paged through. */
  reach: z.number().int().min(1).default(100_000),
  maxPageSize: z.number().int().min(1).max(200).default(200),
  /** The bulk endpoints are in beta, and their list of kinds is not sure: one that is not here is written one by one. */
  bulkOn: z.array(z.union([entity, z.literal("activities")])).default([...all, "activities"]),
  /** Up to so many keys are asked for one by one, which shows a write at once; more are searched for by id, 200 a request. */
  singleGets: z.number().int().min(1).default(5),
  /** What a person is called in the links of a Connect field; an answer was seen to say "people", a request never. */
  personInLinks: z.string().min(1).default("person"),
  /** Percentages were seen as whole numbers only. */
  percentagesAreWhole: z.boolean().default(true),
  /** The category that a phone number or a mail address gets where the spec gives only the text. */
  contactCategory: z.string().min(1).default("work"),
});

export type Assumptions = z.infer<typeof assumptionsSchema>;
