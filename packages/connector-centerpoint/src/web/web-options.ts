import { z } from "zod";

const value = z.strictObject({
  select: z.string().min(1).describe("A CSS selector below the row or page."),
  attribute: z.string().optional().describe("Take this attribute of it instead of its text."),
  pattern: z.string().optional().describe("A regular expression; its first group is the value."),
  required: z.boolean().default(false).describe("Without it the layout counts as changed."),
});

const pages = z.strictObject({
  list: z.string().includes("{page}").describe('The address of a list page: "/app/companies?page={page}".'),
  canary: z
    .record(z.string(), z.string())
    .refine((known) => Object.keys(known).length > 0, "Name at least one.")
    .describe('What every list page must show, by selector: { "table.records th": "Name Updated" }.'),
  row: z.string().min(1).describe("A selector of the rows."),
  id: value.describe("The record's id, the same as the API's."),
  updated: value.optional().describe("When the row changed, in ISO 8601: an incremental read opens only the newer ones."),
  next: z.string().min(1).describe("A selector of what leads to the next page; without it the list ends."),
  detail: z.string().includes("{id}").describe('The address of a record\'s page: "/app/companies/{id}".'),
  detailCanary: z.string().min(1).describe("A selector that every record's page must show."),
  fields: z.record(z.string(), value).describe("The values on a record's page, by field."),
});

export const webSchema = z.strictObject({
  url: z.url({ protocol: /^https?$/ }).describe("Where the web app is."),
  evidence: z.string().min(1).describe("A folder that keeps each page a value came from."),
  login: z
    .strictObject({
      path: z.string().default("/login"),
      form: z.string().default("form").describe("A selector of the form."),
      userField: z.string().default("email"),
      passwordField: z.string().default("password"),
    })
    .prefault({}),
  requestsPerMinute: z.number().int().min(1).default(20).describe("One at a time, and no more than this."),
  patience: z.number().int().min(1).default(5).describe("How often the API is asked, with growing pauses, before the web takes over."),
  firstPauseMs: z.number().int().min(1).default(5000).describe("About the first of those pauses; each next one is twice as long."),
  tryApiAgainAfterMinutes: z.number().min(0).default(15),
  pages: z.record(z.string(), pages).describe("The pages of each stream. Nobody documents the web app, so there are none by default."),
});

export type WebOptions = z.infer<typeof webSchema>;
export type WebPages = z.infer<typeof pages>;
export type WebValue = z.infer<typeof value>;
