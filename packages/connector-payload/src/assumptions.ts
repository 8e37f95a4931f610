import { z } from "zod";

/**
 * What Payload's documents leave open, or what depends on the site. Each errs on the side of missing nothing, and each can be set
 * under `assumptions` in the connection's options.
 */
export const assumptionsSchema = z.strictObject({
  /** A record's `updatedAt` is set before its transaction ends: a read begins this much earlier, in milliseconds, than the last one ended. */
  overlapMs: z.number().int().min(0).default(300_000),
  /** Payload sets no upper limit; this is what an answer of about a megabyte holds. */
  maxPageSize: z.number().int().min(1).max(10_000).default(500),
  /** The newest records of a collection whose schema is not given are looked at to learn its fields; on Mongo empty fields are absent. */
  sampleSize: z.number().int().min(1).max(1000).default(25),
  /** Ids of a collection that holds no record yet, where our own user's id cannot be seen either: serial numbers are the usual ones of SQL. */
  idType: z.enum(["integer", "number", "text", "uuid"]).default("integer"),
  /** Payload names no limit. Requests beyond this many at a time slow down the site for its people. */
  parallel: z.number().int().min(1).max(100).default(8),
  /** And no more than this many a second. */
  requestsPerSecond: z.number().int().min(1).default(50),
  /** A query longer than this goes in the body of a POST that stands for a GET: proxies cut long addresses. */
  longestQuery: z.number().int().min(200).default(1500),
  /** How many values one request looks for. */
  valuesPerRequest: z.number().int().min(1).max(1000).default(200),
});

export type Assumptions = z.infer<typeof assumptionsSchema>;
