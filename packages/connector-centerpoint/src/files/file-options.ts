import { z } from "zod";

export const filesSchema = z.strictObject({
  folder: z.string().min(1).describe("Where the contents of files are kept."),
  thumbnails: z.boolean().default(false).describe("Keeps the thumbnails instead of the files themselves."),
  tokenHosts: z
    .array(z.string())
    .default([])
    .describe("Hosts that get the token when they refuse a download without it. No other host ever sees it."),
  parallel: z.number().int().min(1).max(16).default(4),
  timeoutMs: z.number().int().positive().default(120_000).describe("How long one file may take, in milliseconds."),
});

export type FilesOptions = z.infer<typeof filesSchema>;
