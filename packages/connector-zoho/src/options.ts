import { z } from "zod";
import { assumptionsSchema } from "./assumptions.js";
import { dataCentreNames } from "./data-centres.js";

const url = z.url({ protocol: /^https?$/ });

export const optionsSchema = z.strictObject({
  dataCentre: z.enum(dataCentreNames).default("us").describe("Where the organisation lives; its users sign in at that accounts server."),
  clientId: z.string().min(1).describe("Of the client made in Zoho's API console, in the same data centre."),
  clientSecret: z.string().min(1),
  refreshToken: z.string().min(1).describe("Made once with access_type=offline; it does not expire until it is revoked."),
  environment: z.enum(["production", "sandbox", "developer"]).default("production"),
  accountsUrl: url.optional().describe("Instead of the data centre's own accounts server."),
  apiUrl: url.optional().describe("Instead of the api_domain that the accounts server names."),
  modules: z
    .array(z.string().min(1))
    .min(1)
    .optional()
    .describe(
      "API names of the modules to offer, custom ones too. All that the API shows if not given; each costs a credit when the connection opens.",
    ),
  fields: z
    .record(z.string(), z.array(z.string().min(1)).min(1))
    .default({})
    .describe("By module: only these fields. Every fifty cost another call a page."),
  trigger: z
    .array(z.enum(["approval", "workflow", "blueprint", "pathfinder", "orchestration"]))
    .default([])
    .describe("Automation that writes of a sync set off; none if not given."),
  bulkFrom: z
    .number()
    .int()
    .min(1)
    .max(100_000)
    .default(100_000)
    .describe("A read of this many records or more goes by bulk read jobs. Lists end at 100,000."),
  deletions: z.boolean().default(true).describe("Offers the log of deleted records of each module as a stream <Module>_deleted."),
  timeoutMs: z.number().int().positive().default(60_000),
  attempts: z.number().int().min(1).optional().describe("How often a request is tried before its failure counts."),
  assumptions: assumptionsSchema.prefault({}).describe("What the vendor's documents leave open."),
});

export type ZohoOptions = z.infer<typeof optionsSchema>;
