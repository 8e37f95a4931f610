import { z } from "zod";

/**
 * What nobody has documented or only one source has said. Each is on the side of missing nothing, and each can be set under
 * `assumptions` in the connector's options once the truth is known for an account.
 */
export const assumptionsSchema = z.strictObject({
  /** 100 is recommended for jobs; 200 to 250 have been seen to work elsewhere. */
  maxPageSize: z.number().int().min(1).max(1000).default(250),
  /** The vendor's own advice for opportunities, productions and services. */
  maxJobPageSize: z.number().int().min(1).max(1000).default(100),
  /** Order of a whole read: rows that are added meanwhile must come last. Empty: none is asked for. */
  wholeReadSort: z.string().default("createdAt"),
  /** How far below its last value an incremental read starts. */
  overlapMs: z.number().int().min(1000).default(120_000),
  /** How far the vendor's clock may be from ours: rows younger than the read prove nothing about its being whole. */
  clockSkewMs: z.number().int().min(0).default(600_000),
  /** How changes are asked for, by stream; `sortStop` reads the newest first and stops at the first one that is old enough. */
  incremental: z.record(z.string(), z.enum(["filter", "sortStop", "none"])).default({}),
  /** The relationships that a read asks for, by stream: one that the vendor does not know makes the request fail. */
  include: z.record(z.string(), z.array(z.string())).default({}),
  /** The most steps that one change of a job's stage may take. */
  maxStageSteps: z.number().int().min(1).max(50).default(15),
});

export type Assumptions = z.infer<typeof assumptionsSchema>;
