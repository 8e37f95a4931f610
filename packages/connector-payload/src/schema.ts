import { z } from "zod";

export type IdType = "integer" | "number" | "text" | "uuid";

/** A field in the words of Payload's own config. */
export interface FieldSchema {
  readonly type: (typeof fieldTypes)[number];
  readonly required?: boolean | undefined;
  readonly unique?: boolean | undefined;
  readonly readOnly?: boolean | undefined;
  readonly hasMany?: boolean | undefined;
  readonly maxLength?: number | undefined;
  readonly options?: readonly string[] | undefined;
  readonly relationTo?: string | readonly string[] | undefined;
  readonly fields?: Readonly<Record<string, FieldSchema>> | undefined;
  readonly about?: string | undefined;
}

export interface CollectionSchema {
  readonly idType?: IdType | undefined;
  readonly timestamps: boolean;
  readonly about?: string | undefined;
  readonly fields?: Readonly<Record<string, FieldSchema>> | undefined;
}

const fieldTypes = [
  "text",
  "textarea",
  "email",
  "code",
  "number",
  "checkbox",
  "date",
  "select",
  "radio",
  "json",
  "richText",
  "blocks",
  "point",
  "relationship",
  "upload",
  "group",
  "array",
] as const;

const fieldSchema: z.ZodType<FieldSchema> = z
  .strictObject({
    type: z.enum(fieldTypes),
    required: z.boolean().optional(),
    unique: z.boolean().optional(),
    readOnly: z.boolean().optional(),
    hasMany: z.boolean().optional(),
    maxLength: z.number().int().positive().optional(),
    options: z.array(z.string()).min(1).optional(),
    relationTo: z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]).optional(),
    get fields() {
      return z.record(z.string(), fieldSchema).optional();
    },
    about: z.string().optional(),
  })
  .refine((field) => (field.type === "relationship" || field.type === "upload") === (field.relationTo !== undefined), {
    message: "A relationship or upload names its collection in relationTo, and no other field does.",
  })
  .refine((field) => (field.type === "group" || field.type === "array") === (field.fields !== undefined), {
    message: "A group or array has fields, and no other field does.",
  });

export const collectionSchema: z.ZodType<CollectionSchema> = z.strictObject({
  idType: z.enum(["integer", "number", "text", "uuid"]).optional(),
  timestamps: z.boolean().default(true),
  about: z.string().optional(),
  fields: z.record(z.string(), fieldSchema).optional(),
});
