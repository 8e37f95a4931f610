import { z } from "zod";
import { assumptionsSchema } from "./assumptions.js";
import { filesSchema } from "./files/file-options.js";
import { webSchema } from "./web/web-options.js";

const plainSchema = z.strictObject({
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
  files: filesSchema.optional().describe("Fetches what is in files as they are read."),
  s3SecretKey: z.string().min(1).optional().describe("The secret key of `files.s3`."),
  ways: z
    .union([z.tuple([z.literal("api")]), z.tuple([z.literal("api"), z.literal("web")]), z.tuple([z.literal("web")])])
    .default(["api"])
    .describe("[api, web] reads off the web pages while the API is away for long; [web] never asks the API."),
  web: webSchema.optional().describe("The web app, as second source for the same streams."),
  webUser: z.string().min(1).optional().describe("Who logs in to the web app."),
  webPassword: z.string().min(1).optional().describe("And by which password."),
  timeoutMs: z.number().int().positive().default(60_000).describe("How long an answer may take, in milliseconds; the vendor is slow."),
  attempts: z.number().int().min(1).optional().describe("How often a request is tried before its failure counts."),
  assumptions: assumptionsSchema.prefault({}).describe("What the vendor's documents leave open."),
});

export const optionsSchema = plainSchema.superRefine((options, context) => {
  const { files } = options;
  if (files && (files.folder === undefined) === (files.s3 === undefined))
    context.addIssue({ code: "custom", path: ["files"], message: "Files are kept in a folder or in a bucket: give `folder` or `s3`." });
  if (files?.s3 && options.s3SecretKey === undefined)
    context.addIssue({ code: "custom", path: ["s3SecretKey"], message: "`files.s3` needs s3SecretKey." });
  if (!options.ways.some((way) => way === "web")) return;
  for (const name of ["web", "webUser", "webPassword"] as const)
    if (options[name] === undefined) context.addIssue({ code: "custom", path: [name], message: `The way "web" needs ${name}.` });
});

export type CenterpointOptions = z.infer<typeof optionsSchema>;
