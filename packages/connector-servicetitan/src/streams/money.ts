import type { Stream } from "@fieldwright/connector-kit";
import type { Api } from "../api.js";
import type { Declaration } from "../declaration.js";
import { fieldsOf } from "../fields.js";
import { streamOf } from "../stream-of.js";

const invoicesOf: Declaration = {
  name: "invoices",
  about: "With their items; amounts and quantities are decimal text. A job has its invoice from the start.",
  module: "accounting",
  list: "invoices",
  feed: "export/invoices",
  fields: fieldsOf({
    decimal: "subTotal salesTax total balance discountTotal",
    text: "summary importId exportId invoiceConfiguration syncStatus referenceNumber termName createdBy commissionEligibilityDate sentStatus reviewStatus",
    list: "items customFields",
    boolean: "active",
    integer: "id materialSkuId membershipId budgetCodeId taxZoneId adjustmentToId projectId",
    datetime: "paidOn invoiceDate dueDate depositedOn createdOn modifiedOn",
    object:
      "salesTaxCode invoiceType customer customerAddress location locationAddress businessUnit batch job royalty employeeInfo assignedTo",
  }),
  references: {
    "customer.id": "customers",
    "location.id": "locations",
    "job.id": "jobs",
    "businessUnit.id": "business_units",
    membershipId: "memberships",
    adjustmentToId: "invoices",
  },
  sorted: true,
  // Accounting has a word of its own for it.
  everything: { activeState: "All" },
  getBy: "ids",
};

const paymentsOf: Declaration = {
  name: "payments",
  about: "With the invoices they are applied to; amounts are decimal text.",
  module: "accounting",
  list: "payments",
  feed: "export/payments",
  fields: fieldsOf({
    decimal: "total unappliedAmount",
    text: "authCode checkNumber createdBy memo referenceNumber syncStatus type typeId",
    boolean: "active",
    list: "appliedTo customFields",
    object: "batch businessUnit customer deposit generalLedgerAccount",
    datetime: "date createdOn modifiedOn",
    integer: "id refundedPaymentId",
  }),
  references: { "customer.id": "customers", "businessUnit.id": "business_units" },
  sorted: true,
  everything: { activeState: "All" },
  getBy: "ids",
};

const membershipsOf: Declaration = {
  name: "memberships",
  about: "Maintenance plans of customers.",
  module: "memberships",
  list: "memberships",
  feed: "export/memberships",
  fields: fieldsOf({
    integer:
      "id createdById duration renewalDuration businessUnitId customerId membershipTypeId activatedById activatedFromId billingTemplateId cancellationBalanceInvoiceId cancellationInvoiceId followUpCustomStatusId locationId paymentMethodId paymentTypeId recurringLocationId renewalMembershipTaskId renewedById soldById",
    datetime: "followUpOn cancellationDate from nextScheduledBillDate to createdOn modifiedOn",
    text: "billingFrequency renewalBillingFrequency status followUpStatus customerPo importId memo",
    boolean: "active",
    number: "initialDeferredRevenue",
    list: "customFields",
  }),
  references: { customerId: "customers", locationId: "locations", businessUnitId: "business_units", soldById: "technicians" },
  sorted: true,
  everything: { active: "Any" },
  getBy: "ids",
  finds: { customerId: "customerIds" },
};

export const invoices = (api: Api): Stream => streamOf(api, invoicesOf);
export const payments = (api: Api): Stream => streamOf(api, paymentsOf);
export const memberships = (api: Api): Stream => streamOf(api, membershipsOf);
