import { z } from "zod";

/**
 * What ServiceTitan's documents leave open, or what only one source has said. Each can be set under `assumptions` in the
 * connection's options once the truth is known for an account.
 */
export const assumptionsSchema = z.strictObject({
  /** Both forms are in live use: the vendor's sample sends the bare token, most clients send this word before it. */
  tokenPrefix: z.string().default("Bearer "),
  /** Lists take 5,000 as far as anybody has tried; what a larger number does is not known. */
  maxPageSize: z.number().int().min(1).max(5000).default(5000),
  /** A stored moment is asked for again from this much earlier: rows of one transaction may get their time before they can be seen. */
  overlapSeconds: z.number().int().min(1).default(60),
  /** Documented as 15 minutes; the rest is for clocks that differ. Counts only where `recentChanges` is off. */
  feedLagSeconds: z
    .number()
    .int()
    .min(0)
    .default(20 * 60),
  /**
   * A changed address wants coordinates, and a spec rarely has them. `refuse` holds the record; `keep` sends those of the
   * old address along, which puts the pin where it was.
   */
  addressWithoutCoordinates: z.enum(["refuse", "keep"]).default("refuse"),
});

export type Assumptions = z.infer<typeof assumptionsSchema>;
