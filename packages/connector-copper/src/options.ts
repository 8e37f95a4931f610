import { z } from "zod";
import { assumptionsSchema } from "./assumptions.js";

const zone = z.string().refine((name) => isZone(name), "is not a time zone, such as America/Denver");

export const optionsSchema = z
  .strictObject({
    apiKey: z.string().min(1).optional().describe("A key from Copper's settings, under Integrations, API Keys."),
    userEmail: z.email().optional().describe("The mail address of the user that the key belongs to."),
    accessToken: z.string().min(1).optional().describe("An OAuth token, in place of key and mail address."),
    timeZone: zone.describe("The account's time zone: custom dates are kept as its midnights, and Copper does not tell it."),
    dateOrder: z
      .enum(["month-first", "day-first"])
      .default("month-first")
      .describe("How the account writes days: 1/23/2026 or 23/1/2026. Close dates are sent so."),
    baseUrl: z
      .url({ protocol: /^https?$/ })
      .default("https://api.copper.com/developer_api/v1")
      .describe("Where the API is."),
    convertedLeads: z.boolean().default(true).describe("Reads leads that were converted too."),
    connectFields: z
      .union([z.literal("all"), z.array(z.string().min(1))])
      .default([])
      .describe("Labels of the Connect fields to read and write; each costs a request a record."),
    timeoutMs: z.number().int().positive().default(30_000).describe("How long an answer may take, in milliseconds."),
    attempts: z.number().int().min(1).optional().describe("How often a request is tried before its failure counts."),
    assumptions: assumptionsSchema.prefault({}).describe("What the vendor's documents leave open."),
  })
  .superRefine((options, context) => {
    const byKey = options.apiKey !== undefined && options.userEmail !== undefined;
    if (byKey !== (options.accessToken !== undefined)) return;
    context.addIssue({ code: "custom", message: "give either `apiKey` with `userEmail`, or `accessToken`" });
  });

export type CopperOptions = z.infer<typeof optionsSchema>;

function isZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}
