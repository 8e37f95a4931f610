import { kind } from "../kind.js";
import { idText } from "./people.js";

export const invoices = kind({
  path: "invoices",
  relationTypes: { production: "productions" },
  filters: ["lastSentAt", "productionDomain", "productionWorkProfileId", "invoiceType", "productionArchived", "hasBeenInvoiced"],
  write: { create: true, update: true, required: ["productionId"], requiredRelations: ["production"], longest: { name: 5, uniqueKey: 8 } },
  row(draw) {
    const production = draw.some("services", 1);
    const total = draw.money(20_000, 2);
    return {
      attributes: {
        name: String((draw.index % 99_999) + 1),
        amount: total,
        invoiceDate: draw.day(0),
        dueDate: draw.day(30),
        lastSentAt: null,
        isDraft: draw.below(6, 3) === 0,
        isFinal: draw.below(2, 4) === 0,
        productionId: production,
        productionName: null,
        profileId: draw.some("profiles", 5),
        profit: draw.money(4_000, 6),
        jobHours: draw.money(40, 7),
        materialTotal: draw.money(4_000, 8),
        laborTravelTotal: draw.money(4_000, 9),
        otherTotal: "0.00",
        uuid: `00000000-0000-4000-9000-${String(draw.index + 1).padStart(12, "0")}`,
        options: { items: [{ type: "labor", description: "Leak repair", quantity: 1, total }], total, isTaxExempt: false },
      },
      relations: { production: idText(production) },
    };
  },
});

export const transactions = kind({
  path: "transactions",
  updatedFilter: false,
  single: false,
  write: { create: true, required: ["amount", "paymentMethod", "invoiceId"] },
  row: (draw) => ({
    attributes: {
      amount: draw.money(5_000, 1),
      paymentMethod: "Check",
      notes: null,
      receivedDate: draw.day(20),
      invoiceId: draw.some("invoices", 2),
    },
    relations: {},
  }),
});

export const serviceAgreements = kind({
  path: "service_agreements",
  relationTypes: { company: "companies", property: "properties" },
  filters: ["isTerminated", "nextInspectionDate", "search"],
  write: {
    create: true,
    update: true,
    required: ["name", "startDate", "frequency"],
    requiredRelations: ["company", "property"],
    oneOf: { frequency: ["monthly", "biannually", "quarterly", "annually", "tri-annual"] },
  },
  row: (draw) => ({
    attributes: {
      name: `Agreement ${draw.index + 1}`,
      frequency: draw.pick(["monthly", "quarterly", "annually"], 1),
      startDate: draw.day(0),
      nextInspectionDate: draw.day(90),
      price: draw.money(3_000, 2),
      note: null,
      terminatedAt: null,
      custom: {},
    },
    relations: { company: idText(draw.some("companies", 3)), property: idText(draw.some("properties", 4)) },
  }),
});

export const warranties = kind({
  path: "warranties",
  relationTypes: { company: "companies", property: "properties" },
  filters: ["start_date", "status", "contractorCompanyId"],
  sortable: false,
  write: { create: true, update: true, required: ["name", "startDate", "endDate", "years"], requiredRelations: ["property", "company"] },
  row: (draw) => ({
    attributes: {
      name: `Warranty ${draw.index + 1}`,
      manufacturer: draw.pick(["Slate Works", "Tilery"], 1),
      startDate: draw.day(0),
      endDate: draw.day(3_650),
      years: "10",
    },
    relations: { company: idText(draw.some("companies", 3)), property: idText(draw.some("properties", 4)) },
  }),
});

export const purchaseOrders = kind({
  path: "purchase_orders",
  relationTypes: { production: "productions" },
  filters: ["productionDomain", "workDate"],
  single: false,
  write: { create: true, update: true, delete: true, required: ["workDate", "price", "externalId"], requiredRelations: ["production"] },
  row: (draw) => ({
    attributes: {
      name: `PO ${draw.index + 1}`,
      externalId: `po-${draw.index + 1}`,
      type: "material",
      description: null,
      price: draw.money(9_000, 1),
      workDate: draw.day(3),
      approvedAt: null,
    },
    relations: { production: idText(draw.some("productions", 2)) },
  }),
});
