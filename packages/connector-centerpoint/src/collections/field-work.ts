import { collection } from "./collection.js";
import { fields, writtenRelation } from "./fields.js";

export const tasks = collection({
  name: "tasks",
  about: "Calls, meetings, inspections and other things to do: with notes, what there is of communication.",
  fields: fields(
    "event:text title:text! description:text dueDate:json endDate:json duration:int completedAt:json completeNotes:text creatorId:text! fromCompanyId:text! fromProfileId:text toCompanyId:text toProfileId:text propertyId:text productionId:text! taskTypeId:text!",
    {
      fromProfile: writtenRelation,
      toCompany: writtenRelation,
      toProfile: writtenRelation,
      property: writtenRelation,
      attendees: writtenRelation,
    },
  ),
  relations: { fromProfile: "profiles", toCompany: "companies", toProfile: "profiles", property: "properties", attendees: "profiles" },
  references: { toCompanyId: "companies", toProfileId: "profiles", propertyId: "properties" },
  create: true,
  update: true,
});

export const workTimeEntries = collection({
  name: "work_time_entries",
  about: "The time clock.",
  fields: fields(
    "profileId:text managerId:text productionId:text costCode:json inAt:at outAt:at localInAtDate:day! localInAtTime:json localOutAtDate:day! localOutAtTime:json hours:dec! lunchBreakMinutes:int isOvertime:bool isTimekeeping:bool rate:dec type:text timezone:text confirmedAt:at options:obj",
  ),
  references: { managerId: "employees" },
  create: true,
  update: true,
  delete: true,
});

export const productionDays = collection({
  name: "production_days",
  about: "Daily logs of production jobs.",
  fields: fields("workDate:day measurement:dec isVisible:bool options:obj custom:obj", {
    production: writtenRelation,
    divisions: writtenRelation,
  }),
  relations: { production: "productions", divisions: "building_divisions" },
  create: true,
  update: true,
  sideEffects: "With options.sendNow a mail may go to the customer.",
});

export const productionItems = collection({
  name: "production_items",
  about: "Budget items of production jobs.",
  fields: fields("type:text name:text quantity:dec units:text unitCost:dec cost:dec isTaxable:bool isGenerated:bool", {
    production: writtenRelation,
    material: writtenRelation,
    costCode: writtenRelation,
  }),
  relations: { production: "productions", material: "materials", costCode: "cost_codes" },
  create: true,
  update: true,
});

export const productionMaterials = collection({
  name: "production_materials",
  about: "Material used on production jobs.",
  fields: fields("name:text quantity:dec units:text unitCost:dec cost:dec", { production: writtenRelation }),
  relations: { production: "productions" },
  incremental: "none",
  one: false,
  create: true,
  update: true,
  delete: true,
  // Written in snake_case, and only here.
  writeNames: { unitCost: ["unit_cost"] },
});

export const products = collection({
  name: "products",
  about: "Repairs on a ticket.",
  fields: fields(
    "accountId:text! name:text description:text correction:text corrected:text isCorrected:bool correctedAt:at completedAt:at price:dec cost:dec unitPrice:dec unitCost:dec units:text quantity:dec priority:json productTemplateId:text buildingDivisionId:text fileId:text productionId:text isBudgeted:bool budgetedAt:at approvedAt:at hideFromInvoice:bool",
    { buildingDivision: writtenRelation, file: writtenRelation, template: writtenRelation },
  ),
  relations: { buildingDivision: "building_divisions", file: "files", template: "product_templates" },
  references: { productTemplateId: "product_templates" },
  finds: { productionId: "productionId" },
  sorts: false,
  create: true,
  update: true,
});

const roof = { read: false, incremental: "none", create: true, update: true } as const;

export const buildings = collection({
  name: "buildings",
  about: "Roofs, by id only: Centerpoint does not list them.",
  fields: fields("name:text"),
  read: false,
  incremental: "none",
});
export const buildingOutlines = collection({
  ...roof,
  name: "building_outlines",
  about: "Shapes of roofs, by id only.",
  fields: fields("label:text outline:obj aerialId:text"),
});
export const buildingDivisions = collection({
  ...roof,
  name: "building_divisions",
  about: "Sections of roofs, by id only.",
  fields: fields(
    "name:text measurement:dec pitchRise:json averageWallHeight:json score:json installYear:json replaceYear:json recommendation:text",
  ),
});
export const buildingPhotos = collection({
  ...roof,
  name: "building_photos",
  about: "Photos of roofs, by id only.",
  fields: fields("type:text name:text description:text latitude:num longitude:num", {
    building: writtenRelation,
    image: writtenRelation,
    buildingDivision: writtenRelation,
  }),
  relations: { building: "buildings", image: "files", buildingDivision: "building_divisions" },
});

export const notes = collection({
  name: "notes",
  about: "Notes on jobs. They can be written and never read, changed or deleted: keep the id that a create gives.",
  fields: fields("title:text body:text description:text isOfficeOnly:bool isVisible:bool isPinned:bool", {
    subject: { type: "json", required: true, about: "The id of a job, or { type, id }." },
    causer: { type: "json", about: "The id of the employee who speaks." },
  }),
  relations: { subject: "productions", causer: "employees" },
  incremental: "none",
  read: false,
  one: false,
  create: true,
});
