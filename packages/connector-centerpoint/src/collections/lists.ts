import { type CollectionSetup, collection } from "./collection.js";
import { fields } from "./fields.js";

const writable = { create: true, update: true, delete: true } as const;
const readOnly = { one: false } as const;
const listed = (setup: CollectionSetup) => collection(setup);
const priced = "name:text domain:text externalId:text units:text unitPrice:dec description:text correction:text corrected:text";

export const lists = [
  listed({ ...writable, name: "materials", about: "The price list.", fields: fields(priced) }),
  listed({ ...writable, name: "product_templates", about: "The library of repairs.", fields: fields(priced) }),
  listed({ ...readOnly, name: "product_template_tags", about: "Types of roofs.", fields: fields("name:text!") }),
  listed({ ...writable, name: "cost_codes", about: "Cost codes.", fields: fields("name:text code:text workTimeEntryType:text") }),
  listed({ ...writable, name: "tax_codes", about: "Tax codes.", fields: fields("title:text code:text percent:dec") }),
  listed({ create: true, update: true, name: "budget_types", about: "Budget types.", fields: fields("name:text code:text color:text") }),
  listed({
    ...readOnly,
    name: "budget",
    about: "Budgets of jobs.",
    fields: fields("name:text! productionId:text! amount:dec!"),
    finds: { productionId: "productionId" },
  }),
  listed({ name: "locations", about: "Own branches.", fields: fields("name:text!"), incremental: "none" }),
  listed({
    name: "workflow_stages",
    about: "Stages of all pipelines. That they can be listed has one source only: where Centerpoint answers 404, leave the stream out.",
    fields: fields("name:text! order:int!"),
    incremental: "none",
  }),
];
