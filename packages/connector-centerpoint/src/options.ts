import { z } from "zod";
import { assumptionsSchema } from "./assumptions.js";

export const optionsSchema = z.strictObject({
  token: z.string().min(1).describe("The key from the vendor's API portal; a key of its read product cannot write."),
  authPrefix: z.string().default("").describe('What stands before the token, e.g. "Bearer ". The vendor takes both.'),
  baseUrl: z
    .url({ protocol: /^https?$/ })
    .default("https://api.centerpointconnect.io/centerpoint")
    .describe("Where the API is."),
  onDemand: z
    .record(z.string(), z.array(z.string()))
    .default({})
    .describe("Fields that the vendor shows only when they are named, by stream: { companies: [soldValue] }."),
  timeoutMs: z.number().int().positive().default(60_000).describe("How long an answer may take, in milliseconds; the vendor is slow."),
  attempts: z.number().int().min(1).optional().describe("How often a request is tried before its failure counts."),
  assumptions: assumptionsSchema.prefault({}).describe("What the vendor's documents leave open."),
});

export type CenterpointOptions = z.infer<typeof optionsSchema>;
