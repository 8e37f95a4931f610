import { z } from "zod";

/**
 * What nobody has documented, or sources disagree on. Each can be set under `assumptions` in the connection's options
 * once the truth is known for an organisation.
 */
export const assumptionsSchema = z.strictObject({
  /** Seen to let a record of that very second through; a second more costs a few records read twice, should that ever change. */
  overlapMs: z.number().int().min(0).default(1000),
  /** How many ids `?ids=` takes is said only for deletes. */
  idsPerCall: z.number().int().min(1).max(100).default(100),
  /** Zoho's posts say 2,000 rows a query, its specification 200. */
  coqlRows: z.number().int().min(1).max(2000).default(200),
  /** Values of one `in`; 50 before version 7. */
  coqlValues: z.number().int().min(1).max(100).default(50),
  /** The header of the optimistic lock is named only in the message of its refusal. */
  unmodifiedHeader: z.string().min(1).default("If-Unmodified-Since"),
  /** Between several values of one cell in a bulk result. */
  bulkSeparator: z.string().min(1).default(";"),
  /** Between two questions whether a bulk job is done, and how many of them. */
  bulkPollMs: z.number().int().positive().default(10_000),
  bulkPolls: z.number().int().positive().default(180),
  /** How long before a listing the clocks may differ when it is asked whether something was deleted meanwhile. */
  clockSlackMs: z.number().int().min(0).default(120_000),
  /** Credits of 24 hours that are counted on where the connection sets no limits: those of the Free edition, the fewest there are. */
  creditsPerDay: z.number().int().positive().default(5000),
  /** Calls at the same time: those of the Free edition. */
  parallel: z.number().int().positive().default(5),
});

export type Assumptions = z.infer<typeof assumptionsSchema>;
