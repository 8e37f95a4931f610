import { z } from "zod";

/**
 * What nobody has documented or only one source has said. Each can be set under `assumptions` in the connection's options once the
 * truth is known for a server.
 */
export const assumptionsSchema = z.strictObject({
  /** Columns differ from version to version. `false`: take those that are known for certain and ask for no list of them. */
  askColumns: z.boolean().default(true),
  /** Queries go in the address, and how long one may be is not said: 8 KB is the usual limit of servers. In characters as sent. */
  maxQueryLength: z.number().int().min(500).default(8000),
  /** No limit of rows is known; each page is held in memory at both ends. */
  maxPageSize: z.number().int().min(1).max(10_000).default(1000),
  /** A change may be stamped before it is to be seen: an incremental read starts this long before the last one ended. */
  overlapSeconds: z.number().int().min(0).default(60),
  /** The same for revisions of the audit tables. */
  overlapRevisions: z.number().int().min(0).default(50),
  /** Whether the rows before a bad one stay imported is not known: a batch that is refused is looked up, then sent one by one. */
  recordsPerImport: z.number().int().min(1).default(10),
  /** Field -> column of the customer import. Beyond the address the list of columns is a guess from the table's. */
  customerColumns: z.record(z.string(), z.string().min(1)).default({
    number: "Number",
    activeFlag: "Active",
    creditLimit: "CreditLimit",
    taxExempt: "TaxExempt",
    taxExemptNumber: "TaxExemptNumber",
    url: "URL",
    note: "AlertNotes",
    toBeEmailed: "ToBeEmailed",
    toBePrinted: "ToBePrinted",
  }),
  /** The id of an update or deletion in `REVTYPE`, as Hibernate's audit tables have it. */
  deletedRevisionType: z.number().int().default(2),
  /** Search endpoints give 100 rows if not asked otherwise; whether they give more is not said. */
  searchPageSize: z.number().int().min(1).max(1000).default(100),
  /** How long the server may take to give a seat back before the connection is closed all the same. */
  logoutTimeoutMs: z.number().int().min(100).default(5000),
});

export type Assumptions = z.infer<typeof assumptionsSchema>;
