import { kind } from "../kind.js";
import { idText } from "./people.js";

export const tasks = kind({
  path: "tasks",
  filters: ["dueDate", "internalProfileId", "isCompleted"],
  relationTypes: { fromProfile: "profiles", toCompany: "companies" },
  write: {
    create: true,
    update: true,
    required: ["event", "dueDate"],
    requiredRelations: ["fromProfile", "toCompany"],
    oneOf: { event: ["To Do", "Call", "Drop", "Meeting", "Inspection", "Measure", "Repair Bid", "Property Approval"] },
  },
  row(draw) {
    const company = draw.some("companies", 1);
    const from = draw.some("employees", 2);
    return {
      attributes: {
        event: draw.pick(["To Do", "Call", "Meeting", "Inspection"], 3),
        title: `Task ${draw.index + 1}`,
        description: "Call back about the leak.",
        dueDate: draw.day(2),
        endDate: null,
        duration: 30,
        completedAt: null,
        completeNotes: null,
        creatorId: from,
        fromProfileId: from,
        toCompanyId: company,
        toProfileId: draw.some("profiles", 4),
        propertyId: draw.some("properties", 5),
        productionId: null,
        taskTypeId: 1,
      },
      relations: { fromProfile: idText(from), toCompany: idText(company) },
    };
  },
});

export const workTimeEntries = kind({
  path: "work_time_entries",
  filters: ["inAt", "isTimekeeping"],
  onDemand: ["active_hours"],
  write: { create: true, update: true, delete: true },
  row: (draw) => ({
    attributes: {
      profileId: draw.some("employees", 1),
      managerId: draw.some("employees", 2),
      productionId: draw.some("services", 3),
      costCode: "L1",
      inAt: `${draw.day(1)}T14:00:00.000000Z`,
      outAt: `${draw.day(1)}T18:30:00.000000Z`,
      localInAtDate: draw.day(1),
      localInAtTime: "08:00:00",
      hours: "4.50",
      lunchBreakMinutes: 0,
      isOvertime: false,
      isTimekeeping: true,
      rate: "40.00",
      type: "Labor",
      timezone: "America/Denver",
      confirmedAt: null,
      options: { perDiem: false },
      active_hours: "4.50",
    },
    relations: {},
  }),
});

export const productionDays = kind({
  path: "production_days",
  relationTypes: { production: "productions" },
  filters: ["workDate"],
  write: { create: true, update: true, required: ["workDate", "measurement"], requiredRelations: ["production"] },
  row: (draw) => ({
    attributes: { workDate: draw.day(1), measurement: draw.money(900, 1), isVisible: true, options: { notes: "Dry in." }, custom: {} },
    relations: { production: idText(draw.some("productions", 2)) },
  }),
});

export const productionItems = kind({
  path: "production_items",
  relationTypes: { production: "productions" },
  filters: ["production", "productionOnly"],
  write: { create: true, update: true, longest: { type: 10 } },
  row: (draw) => ({
    attributes: {
      type: "material",
      name: `Item ${draw.index + 1}`,
      quantity: draw.money(90, 1),
      units: "SQ",
      unitCost: draw.money(90, 2),
      cost: draw.money(900, 3),
      isTaxable: true,
      isGenerated: false,
    },
    relations: { production: idText(draw.some("productions", 4)) },
  }),
});

export const productionMaterials = kind({
  path: "production_materials",
  relationTypes: { production: "productions" },
  filters: ["createdAt"],
  updatedFilter: false,
  single: false,
  onDemand: ["price"],
  write: {
    create: true,
    update: true,
    delete: true,
    required: ["name", "quantity"],
    requiredRelations: ["production"],
    names: { unit_cost: "unitCost" },
  },
  row: (draw) => ({
    attributes: {
      name: `Sealant ${draw.index + 1}`,
      quantity: draw.money(90, 1),
      units: "EA",
      unitCost: draw.money(90, 2),
      cost: draw.money(900, 3),
      price: draw.money(990, 4),
    },
    relations: { production: idText(draw.some("productions", 5)) },
  }),
});

export const products = kind({
  path: "products",
  filters: ["productionId"],
  sortable: false,
  write: { create: true, update: true, required: ["name"] },
  row: (draw) => ({
    attributes: {
      accountId: 7,
      name: `Repair ${draw.index + 1}`,
      description: "Open seam.",
      correction: "Seal the seam.",
      isCorrected: false,
      completedAt: null,
      price: draw.money(900, 1),
      unitPrice: draw.money(90, 2),
      units: "EA",
      quantity: draw.money(9, 3),
      priority: draw.below(3, 4),
      productTemplateId: draw.some("product_templates", 5),
      productionId: draw.some("services", 6),
      fileId: null,
    },
    relations: {},
  }),
});

export const buildings = kind({
  path: "buildings",
  list: false,
  updatedFilter: false,
  row: (draw) => ({
    attributes: { name: `Roof ${draw.index + 1}`, propertyId: draw.some("properties", 1), measurement: draw.money(9_000, 2) },
    relations: {},
  }),
});

const roofPart = (path: string, required: readonly string[]) =>
  kind({
    path,
    list: false,
    updatedFilter: false,
    write: { create: true, update: true, required },
    row: (draw) => ({
      attributes: { name: `Part ${draw.index + 1}`, label: `Part ${draw.index + 1}`, type: "general", measurement: draw.money(900, 1) },
      relations: {},
    }),
  });

export const buildingOutlines = roofPart("building_outlines", ["outline"]);
export const buildingDivisions = roofPart("building_divisions", ["name"]);
export const buildingPhotos = roofPart("building_photos", ["type"]);

export const notes = kind({
  path: "notes",
  list: false,
  single: false,
  updatedFilter: false,
  relationTypes: { subject: "productions", causer: "employees" },
  write: { create: true, required: ["body"], requiredRelations: ["subject"] },
  row: (draw) => ({
    attributes: {
      title: `Note ${draw.index + 1}`,
      body: "<p>Called.</p>",
      description: "note",
      isOfficeOnly: false,
      isVisible: true,
      isPinned: false,
    },
    relations: {},
  }),
});
