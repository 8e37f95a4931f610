import { z } from "zod";
import { assumptionsSchema } from "./assumptions.js";

const address = z.url({ protocol: /^https?$/ });

export const optionsSchema = z.strictObject({
  tenantId: z.number().int().positive().describe("The account's number; it stands in every address."),
  clientId: z.string().min(1).describe("Belongs to one tenant and one environment."),
  clientSecret: z.string().min(1),
  appKey: z.string().min(1).describe("The application's key from the developer portal, sent as ST-App-Key."),
  environment: z.enum(["production", "integration"]).default("production"),
  apiUrl: address.optional().describe("Instead of the environment's own address."),
  tokenUrl: address.optional().describe("Instead of the environment's own token address."),
  source: z
    .enum(["feed", "list"])
    .default("feed")
    .describe(
      "Export feeds also tell inactive and deleted records; lists let the page size be chosen. Where there is no feed, the list is read.",
    ),
  sources: z
    .record(z.string(), z.enum(["feed", "list"]))
    .default({})
    .describe("The same for single streams, by their names."),
  recentChanges: z
    .boolean()
    .default(true)
    .describe("Feeds show a change at once. Without it they show it 15 minutes later, and no row is sent twice."),
  bookingProviderId: z.number().int().positive().optional().describe("Under which bookings are created that name no provider."),
  externalDataApplication: z.guid().optional().describe("The application whose external data is read with lists."),
  timeoutMs: z
    .number()
    .int()
    .positive()
    .default(100_000)
    .describe("How long an answer may take; ServiceTitan itself gives up after about 100 s."),
  attempts: z.number().int().min(1).optional().describe("How often a request is tried before its failure counts."),
  assumptions: assumptionsSchema.prefault({}).describe("What the vendor's documents leave open."),
});

export type ServiceTitanOptions = z.infer<typeof optionsSchema>;

interface Addresses {
  readonly apiUrl: string;
  readonly tokenUrl: string;
}

const environments: Readonly<Record<ServiceTitanOptions["environment"], Addresses>> = {
  production: { apiUrl: "https://api.servicetitan.io", tokenUrl: "https://auth.servicetitan.io/connect/token" },
  integration: { apiUrl: "https://api-integration.servicetitan.io", tokenUrl: "https://auth-integration.servicetitan.io/connect/token" },
};

export function addressesOf({ environment, apiUrl, tokenUrl }: ServiceTitanOptions): Addresses {
  const usual = environments[environment];
  return { apiUrl: apiUrl ?? usual.apiUrl, tokenUrl: tokenUrl ?? usual.tokenUrl };
}
