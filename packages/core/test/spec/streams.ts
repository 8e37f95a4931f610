import { defineStream, type Stream } from "@fieldwright/connector-kit";

const read: NonNullable<Stream["read"]> = async function* () {};
const write = async () => [];
const listing = { maxPageSize: 100, complete: "never", total: false } as const;

/** What the specs of these tests are checked against. */
export const schemas = {
  crm: [
    defineStream({
      name: "customers",
      key: "id",
      listing,
      read,
      fields: {
        id: { type: "integer" },
        name: { type: "text" },
        email: { type: "text" },
        type: { type: "integer" },
        status: { type: "text", options: ["Won", "Open", "Lost"] },
        active: { type: "boolean" },
        ownerId: { type: "integer" },
        officeId: { type: "integer" },
        createdAt: { type: "datetime" },
        localTime: { type: "datetime", zoneless: true },
        address: { type: "object", fields: { city: { type: "text" }, zip: { type: "text" } } },
        notes: { type: "list", of: { type: "object", fields: { text: { type: "text" }, at: { type: "datetime" } } } },
        custom: { type: "json" },
      },
    }),
    defineStream({
      name: "users",
      key: "id",
      listing,
      read,
      open: true,
      fields: { id: { type: "integer" }, email: { type: "text" }, customerId: { type: "integer" } },
    }),
    defineStream({ name: "offices", key: "id", listing, read, fields: { id: { type: "integer" }, name: { type: "text" } } }),
    defineStream({
      name: "estimates",
      key: "id",
      listing,
      read,
      fields: { id: { type: "integer" }, customerId: { type: "integer" }, subtotal: { type: "decimal" }, soldOn: { type: "date" } },
    }),
    defineStream({
      name: "visits",
      key: "id",
      listing,
      read,
      update: write,
      cursor: { field: "changedAt", type: "datetime", granularity: "second", filter: true },
      fields: { id: { type: "integer" }, changedAt: { type: "datetime" } },
    }),
    defineStream({ name: "badges", key: "id", listing, create: write, fields: { id: { type: "integer" } } }),
  ],
  warehouse: [
    defineStream({
      name: "customers",
      key: "id",
      listing,
      read,
      create: write,
      update: write,
      fields: {
        id: { type: "integer", required: true },
        name: { type: "text", maxLength: 20 },
        email: { type: "text" },
        kind: { type: "text", options: ["private", "company"] },
        zip: { type: "text" },
        visits: { type: "integer" },
        value: { type: "decimal" },
        active: { type: "boolean" },
        owner_id: { type: "integer" },
        office_id: { type: "integer" },
        since: { type: "datetime" },
        raw_data: { type: "json" },
        stage: { type: "text" },
        pipeline: { type: "text", options: ["sales", "install"] },
        tags: { type: "list", of: { type: "text" } },
        created_at: { type: "datetime", readOnly: true },
      },
    }),
    defineStream({
      name: "users",
      key: "id",
      listing,
      read,
      upsert: write,
      fields: { id: { type: "integer", required: true }, email: { type: "text" }, customer_id: { type: "integer" } },
    }),
    defineStream({ name: "offices", key: "id", listing, read, upsert: write, fields: { id: { type: "integer" }, name: { type: "text" } } }),
  ],
} satisfies Record<string, readonly Stream[]>;
