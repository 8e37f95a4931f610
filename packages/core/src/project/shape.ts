import { z } from "zod";

const limitsShape = z
  .strictObject({
    requests: z.int().min(1).optional().describe("Requests that this account may make in the span below."),
    per_seconds: z.number().positive().optional().describe("The span, in seconds. Example: `60`"),
    parallel: z.int().min(1).optional().describe("Requests at the same time."),
    reserve: z.number().min(0).max(1).optional().describe("Share of the requests that syncs leave to people, from 0 to 1. Example: `0.1`"),
  })
  .describe("How many requests the account allows, shared by all that use this connection.");

const connectionShape = z
  .strictObject({
    package: z.string().describe("npm package of the connector. Example: `@fieldwright/connector-postgres`"),
    options: z
      .record(z.string(), z.unknown())
      .optional()
      .describe("What the connector asks for. `env:NAME` is replaced by an environment variable; with `?` at its end it may be unset."),
    limits: limitsShape.optional(),
  })
  .describe("A configured connector: a door to one account.");

const storeShape = z
  .strictObject({
    url: z
      .string()
      .optional()
      .describe("Address of a Postgres, best as `env:DATABASE_URL?`. Without it the store lies in files at `path`."),
    path: z.string().optional().describe("Folder of the embedded store, which serves one process at a time. Default: `.fieldwright/store`"),
    schema: z.string().optional().describe("Database schema of Fieldwright's own tables. Default: `fieldwright`"),
    keep: z
      .strictObject({
        trail: z
          .string()
          .optional()
          .describe("Every write, before and after. A run can be taken back as long as its writes are kept. Example: `400 days`"),
        plans: z.string().optional().describe("Plans that were carried out or ran out. Example: `30 days`"),
        runs: z.string().optional().describe("The log of runs, with the reports of their checks. Example: `400 days`"),
      })
      .optional()
      .describe("How long what happened is kept; for ever where nothing is said. Older rows are deleted at the end of each run."),
    landing_schema: z.string().optional().describe("Database schema of the copies of what vendors said. Default: `landing`"),
  })
  .describe("Where Fieldwright remembers: copies of what vendors said, links, runs, the trail.");

/** `fieldwright.yaml`. Messages, docs and the editors' schema take the meanings from here. */
export const projectShape = z.strictObject({
  version: z.literal(1).describe("Version of this language: 1."),
  project: z.string().min(1).describe("Name of the project, for messages."),
  store: storeShape.optional(),
  connections: z.record(z.string(), connectionShape).describe("Configured connectors by the name that syncs use."),
  syncs: z
    .union([z.string(), z.array(z.string())])
    .optional()
    .describe("Folder of the sync files (every `.yaml` below it), or a list of folders and files. Default: `syncs`"),
  groups: z
    .record(z.string(), z.array(z.string()))
    .optional()
    .describe("Names for several streams or syncs, for `--skip`. Example: `attachments: [customer_attachments, appointment_attachments]`"),
});

/** What `defineProject` takes, but for `syncs`. */
export type ProjectInput = z.input<typeof projectShape>;
