/** A field of a collection, in the words of Payload's own config. */
export interface FieldDefinition {
  readonly name: string;
  readonly type: "text" | "textarea" | "email" | "number" | "checkbox" | "date" | "select" | "json" | "relationship" | "group" | "array";
  readonly required?: boolean;
  readonly unique?: boolean;
  readonly hasMany?: boolean;
  readonly label?: string;
  /** Of `select`. */
  readonly options?: readonly string[];
  /** Of `relationship`: a slug, or several for one that says which. */
  readonly relationTo?: string | readonly string[];
  /** Of `group` and `array`. */
  readonly fields?: readonly FieldDefinition[];
}

/** Who may do everything with a collection; all others may do nothing, but for what the last one says. */
export type Rule = "user" | "anyone" | "nobody" | "published-to-strangers";

export interface CollectionDefinition {
  readonly slug: string;
  /** `user` if not given, as in Payload. */
  readonly rule?: Rule;
  readonly fields: readonly FieldDefinition[];
}

/** Three collections as a CRM has them. */
export const crmCollections: readonly CollectionDefinition[] = [
  {
    slug: "pipelines",
    fields: [
      { name: "name", type: "text", required: true },
      { name: "key", type: "text", unique: true },
      { name: "order", type: "number" },
    ],
  },
  {
    slug: "contacts",
    fields: [
      { name: "externalId", type: "text", unique: true },
      { name: "firstName", type: "text" },
      { name: "lastName", type: "text", required: true },
      { name: "email", type: "email" },
      { name: "phone", type: "text" },
      { name: "subscribed", type: "checkbox" },
      { name: "birthday", type: "date" },
      { name: "tags", type: "text", hasMany: true },
      {
        name: "address",
        type: "group",
        fields: [
          { name: "street", type: "text" },
          { name: "city", type: "text" },
          { name: "zip", type: "text" },
        ],
      },
      { name: "extra", type: "json" },
    ],
  },
  {
    slug: "opportunities",
    fields: [
      { name: "externalId", type: "text", unique: true },
      { name: "name", type: "text", required: true },
      { name: "status", type: "select", options: ["open", "won", "lost", "abandoned"] },
      { name: "amount", type: "number" },
      { name: "closeDate", type: "date" },
      { name: "contact", type: "relationship", relationTo: "contacts" },
      { name: "pipeline", type: "relationship", relationTo: "pipelines" },
      { name: "helpers", type: "relationship", relationTo: "contacts", hasMany: true },
      { name: "subject", type: "relationship", relationTo: ["contacts", "pipelines"] },
      {
        name: "lineItems",
        type: "array",
        fields: [
          { name: "title", type: "text", required: true },
          { name: "price", type: "number" },
        ],
      },
    ],
  },
];
