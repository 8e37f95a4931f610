import { z } from "zod";
import { assumptionsSchema } from "./assumptions.js";
import { isZone } from "./zone.js";

// A dot in a field's name would lead to a part of its value.
const names = z.array(z.string().regex(/^[^.]+$/, "must be a name without a dot")).default([]);

export const optionsSchema = z.strictObject({
  baseUrl: z
    .url({ protocol: /^https?$/ })
    .transform((url) => url.replace(/\/+$/, "").replace(/\/api$/, ""))
    .describe("The server with its REST port, http://fishbowl.example.com:2456. Port 28192 speaks another protocol."),
  username: z.string().min(1).describe("A Fishbowl user of this connection's own, without a second factor."),
  password: z.string().min(1),
  appName: z
    .string()
    .min(1)
    .default("Fieldwright")
    .describe("As the administrator sees it when approving. Another name has to be approved anew."),
  appDescription: z.string().default("Keeps records the same in two systems"),
  appId: z.number().int().positive().describe("A number of your choice that stands for this program; approved once by an administrator."),
  timeZone: z
    .string()
    .refine(isZone, "is not a time zone, such as America/Denver")
    .describe("The server's time zone: its times carry none."),
  incremental: z
    .enum(["dateLastModified", "audit"])
    .default("dateLastModified")
    .describe("How changes are asked for. `audit` goes by revisions and also reads which records were deleted."),
  orderItems: z.boolean().default(true).describe("Sales orders carry their lines; costs a query for every 200 orders."),
  customFields: z
    .strictObject({ customers: names, sales_orders: names, products: names, parts: names, vendors: names, purchase_orders: names })
    .prefault({})
    .describe("Names of custom fields to read, by stream."),
  imports: z
    .strictObject({
      customers: z.string().min(1).default("Customers"),
      salesOrders: z.string().min(1).default("Sales-Order"),
    })
    .prefault({})
    .describe("The server's names of its imports: case counts, and a space is written as a hyphen."),
  timeoutMs: z.number().int().positive().default(60_000).describe("How long an answer may take, in milliseconds."),
  attempts: z.number().int().min(1).optional().describe("How often a request is tried before its failure counts."),
  assumptions: assumptionsSchema.prefault({}).describe("What the vendor's documents leave open."),
});

export type FishbowlOptions = z.infer<typeof optionsSchema>;
