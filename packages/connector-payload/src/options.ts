import { z } from "zod";
import { assumptionsSchema } from "./assumptions.js";
import { collectionSchema } from "./schema.js";

export const optionsSchema = z
  .strictObject({
    baseUrl: z.url({ protocol: /^https?$/ }).describe("Where the API is, with its /api: https://crm.example.com/api."),
    apiKey: z.string().min(1).optional().describe("The API key of a user; it never expires."),
    email: z.string().min(1).optional().describe("Logs in with this and `password`, where there is no API key."),
    password: z.string().min(1).optional().describe("The password of that user."),
    secretHeader: z.string().min(1).optional().describe("The request header of a site that has its own way to sign in."),
    secretValue: z.string().min(1).optional().describe("What that header carries."),
    authCollection: z.string().min(1).default("users").describe("The slug of the collection that the user belongs to."),
    identity: z
      .boolean()
      .default(true)
      .describe("Whether the site knows who asks; `false` for a secretHeader that stands for no user: then no listing proves complete."),
    collections: z
      .record(z.string().regex(/^[\w-]+$/), collectionSchema)
      .optional()
      .describe("Slugs of the collections to offer, with their fields; without it all that the user may see, with fields from a sample."),
    locale: z.string().min(1).optional().describe("The locale to read and write; the site's default one without it."),
    fallbackLocale: z.string().min(1).optional().describe("Where a field has no value in `locale`; `none` for no fallback."),
    timeoutMs: z.number().int().positive().default(30_000).describe("How long an answer may take, in milliseconds."),
    attempts: z.number().int().min(1).optional().describe("How often a request is tried before its failure counts."),
    assumptions: assumptionsSchema.prefault({}).describe("What Payload leaves to the site."),
  })
  .check((context) => {
    const { apiKey, email, password, secretHeader, secretValue } = context.value;
    const together = (one: unknown, other: unknown): boolean => (one === undefined) === (other === undefined);
    const ways = [apiKey, email ?? password, secretHeader ?? secretValue].filter((way) => way !== undefined).length;
    if (ways === 1 && together(email, password) && together(secretHeader, secretValue)) return;
    context.issues.push({
      code: "custom",
      input: undefined,
      message: "Give one way to sign in: apiKey, or email and password, or secretHeader and secretValue.",
    });
  });

export type PayloadOptions = z.infer<typeof optionsSchema>;
