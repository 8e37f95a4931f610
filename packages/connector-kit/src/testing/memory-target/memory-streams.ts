import type { Field } from "../../contract.js";

export type MemoryStream = "contacts" | "deals";

export const memoryStreams: readonly MemoryStream[] = ["contacts", "deals"];

const made: Field = { type: "datetime", required: true, readOnly: true };

/** What the target keeps of each kind of record. Nothing but `id` is unique. */
export const memoryFields: Readonly<Record<MemoryStream, Readonly<Record<string, Field>>>> = {
  contacts: {
    id: { type: "text", required: true, readOnly: true },
    name: { type: "text", required: true, maxLength: 80 },
    email: { type: "text" },
    phone: { type: "text" },
    status: { type: "text", options: ["lead", "customer", "lost"] },
    tags: { type: "list", of: { type: "text" } },
    owner: { type: "text" },
    note: { type: "text", maxLength: 200 },
    created: made,
    updated: made,
  },
  deals: {
    id: { type: "text", required: true, readOnly: true },
    title: { type: "text", required: true, maxLength: 120 },
    pipeline: { type: "text", options: ["sales", "service"] },
    stage: { type: "text", options: ["new", "quoted", "won", "lost"] },
    value: { type: "decimal" },
    contact_id: { type: "text" },
    created: made,
    updated: made,
  },
};

/** Fields that hold a key of another stream. */
export const memoryReferences: Readonly<Record<MemoryStream, Readonly<Record<string, string>>>> = {
  contacts: {},
  deals: { contact_id: "contacts" },
};
