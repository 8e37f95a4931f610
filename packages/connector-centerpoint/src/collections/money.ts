import { collection } from "./collection.js";
import { fields, writtenRelation } from "./fields.js";

export const invoices = collection({
  name: "invoices",
  about: "Invoices. They are made and changed, never deleted.",
  fields: fields(
    "name:text uniqueKey:text amount:dec invoiceDate:day dueDate:day lastSentAt:json isDraft:bool! isFinal:bool! productionId:text productionName:text! profileId:text profit:dec! jobHours:dec materialTotal:dec materialCostTotal:dec laborTravelTotal:dec laborTravelCostTotal:dec otherTotal:dec otherCostTotal:dec uuid:text options:obj",
  ),
  relations: { production: "productions" },
  references: { productionId: "productions", profileId: "profiles" },
  alsoRelated: { productionId: "production" },
  create: true,
  update: true,
});

export const transactions = collection({
  name: "transactions",
  about: "Payments on invoices. That they can be listed has one source only: where Centerpoint answers 404, leave the stream out.",
  fields: fields("amount:dec paymentMethod:text notes:text receivedDate:day invoiceId:text"),
  references: { invoiceId: "invoices" },
  incremental: "none",
  one: false,
  create: true,
});

export const serviceAgreements = collection({
  name: "service_agreements",
  about: "Recurring inspections.",
  fields: fields("name:text frequency:text startDate:day nextInspectionDate:day price:dec note:text terminatedAt:json custom:obj", {
    company: writtenRelation,
    property: writtenRelation,
    profile: writtenRelation,
    file: writtenRelation,
  }),
  relations: { company: "companies", property: "properties", profile: "profiles", file: "files" },
  finds: { name: "search" },
  create: true,
  update: true,
});

export const warranties = collection({
  name: "warranties",
  about: "Warranties.",
  fields: fields("name:text manufacturer:text startDate:day endDate:day years:text", {
    company: writtenRelation,
    property: writtenRelation,
    contractorCompany: writtenRelation,
    file: writtenRelation,
  }),
  relations: { company: "companies", property: "properties", contractorCompany: "companies", file: "files" },
  sorts: false,
  create: true,
  update: true,
});

export const purchaseOrders = collection({
  name: "purchase_orders",
  about: "Purchase orders.",
  fields: fields("name:text externalId:text type:text! description:text price:dec workDate:day approvedAt:at", {
    production: writtenRelation,
    budget: writtenRelation,
  }),
  relations: { production: "productions", budget: "budget" },
  one: false,
  create: true,
  update: true,
  delete: true,
});
