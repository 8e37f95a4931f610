import { z } from "zod";

const schemaName = z.string().min(1);

export const options = z
  .strictObject({
    database: z
      .literal("store")
      .optional()
      .describe("Use the database that holds Fieldwright's own store: then a write, its trail and the checkpoint commit together."),
    url: z.string().min(1).optional().describe("A Postgres address, e.g. env:ERP_DATABASE_URL."),
    ssl: z
      .union([z.boolean(), z.strictObject({ rejectUnauthorized: z.boolean().optional(), ca: z.string().optional() })])
      .optional()
      .describe("TLS: true, or an object with the authority's certificate under `ca`."),
    schema: z
      .union([schemaName, z.array(schemaName).min(1)])
      .default("public")
      .describe("One schema, or several: tables of the second and later ones are streams named schema.table."),
    only: z.array(z.string()).optional().describe("The tables and views to offer; all of them without it."),
    except: z.array(z.string()).optional().describe("Tables and views to leave out."),
    views: z.boolean().default(true).describe("Whether views are offered as well as tables."),
    keys: z
      .record(z.string(), z.union([z.string(), z.array(z.string()).min(1)]))
      .default({})
      .describe(
        "Stream -> the column or columns that name a row, for views and for tables without a primary key. They must be unique and never blank.",
      ),
    cursor: z
      .record(z.string(), z.string())
      .default({})
      .describe("Stream -> the column that tells when a row was changed, where it is not found by its name."),
    statementTimeoutMs: z.int().positive().optional().describe("The longest that one statement may take."),
  })
  .refine((given) => (given.database === undefined) !== (given.url === undefined), {
    error: "Give either `database: store` or `url`, and not both.",
  });

export type PostgresOptions = z.infer<typeof options>;
