import { z } from "zod";
import { assumptionsSchema } from "./assumptions.js";

export const optionsSchema = z.strictObject({
  apiKey: z.string().min(1).describe("The key from RepCard's settings; one key stands for one company."),
  baseUrl: z
    .url({ protocol: /^https?$/ })
    .default("https://app.repcard.com/api")
    .describe("Where the API is."),
  keyHeader: z.string().min(1).default("x-api-key").describe("The request header that carries the key."),
  keyPrefix: z.string().default("").describe("What stands before the key in that header."),
  companyId: z.number().int().positive().optional().describe("Reads users and offices of this sub-company only."),
  timeZone: z
    .string()
    .min(1)
    .optional()
    .describe("An IANA zone, sent as UserTimeZone with appointments; it moves the vendor's day boundaries, not the times in the records."),
  appointmentDaysBack: z
    .number()
    .int()
    .min(0)
    .default(30)
    .describe("An incremental read of appointments begins this many days before today."),
  appointmentDaysAhead: z.number().int().min(0).default(60).describe("And ends this many days after today."),
  customerRelations: z
    .array(z.enum(["attachments", "user", "auroraProjectLinks", "notes"]))
    .default([])
    .describe("Relations that customers carry along; without them those fields are null."),
  timeoutMs: z.number().int().positive().default(30_000).describe("How long an answer may take, in milliseconds."),
  attempts: z.number().int().min(1).optional().describe("How often a request is tried before its failure counts."),
  assumptions: assumptionsSchema.prefault({}).describe("What the vendor's documents leave open."),
});

export type RepcardOptions = z.infer<typeof optionsSchema>;
