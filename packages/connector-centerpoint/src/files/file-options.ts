import { z } from "zod";

export const filesSchema = z.strictObject({
  folder: z.string().min(1).optional().describe("The folder that keeps the contents of files."),
  s3: z
    .strictObject({
      endpoint: z.url({ protocol: /^https?$/ }),
      bucket: z.string().min(1),
      region: z.string().min(1).default("us-east-1"),
      prefix: z.string().default(""),
      accessKeyId: z.string().min(1),
    })
    .optional()
    .describe("Or the bucket of an S3-compatible store that does; its secret is `s3SecretKey`."),
  thumbnails: z.boolean().default(false).describe("Keeps the thumbnails instead of the files themselves."),
  tokenHosts: z
    .array(z.string())
    .default([])
    .describe("Hosts that get the token when they refuse a download without it. No other host ever sees it."),
  parallel: z.number().int().min(1).max(16).default(4),
  timeoutMs: z.number().int().positive().default(120_000).describe("How long one file may take, in milliseconds."),
});

export type FilesOptions = z.infer<typeof filesSchema>;
