import type { Place } from "../place.js";
import { stamp } from "../stamp.js";

const times = ({ id, createdOn, modifiedOn }: Place) => ({ id, createdOn, modifiedOn });
const midnight = (ms: number): string => stamp(Math.floor(ms / 86_400_000) * 86_400_000);

export function invoice(place: Place) {
  const { random, index, id } = place;
  const total = (random.integer(0, 900_000) / 100).toFixed(2);
  const { city, state, zip } = random.city();
  const address = { street: random.street(), unit: null, city, state, zip, country: "USA" };
  return {
    ...times(place),
    syncStatus: random.pick(["Pending", "Posted", "Exported"]),
    budgetCodeId: null,
    referenceNumber: String(id),
    invoiceDate: midnight(place.createdMs),
    dueDate: midnight(place.createdMs + 30 * 86_400_000),
    subTotal: total,
    salesTax: "0.00",
    salesTaxCode: null,
    taxZoneId: null,
    total,
    balance: random.chance(0.5) ? "0.00" : total,
    invoiceType: null,
    customer: { id: place.ref("customers", index), name: random.name() },
    customerAddress: address,
    location: { id: place.ref("locations", index), name: random.name() },
    locationAddress: address,
    businessUnit: { id: place.ref("business_units", index), name: "HVAC" },
    termName: "Due on receipt",
    createdBy: "office",
    batch: null,
    depositedOn: null,
    adjustmentToId: null,
    job: { id: place.ref("jobs", index), number: String(place.ref("jobs", index)), type: "Repair" },
    projectId: null,
    royalty: null,
    employeeInfo: null,
    commissionEligibilityDate: null,
    sentStatus: "NotSent",
    reviewStatus: "NeedsReview",
    assignedTo: null,
    summary: random.sentence(),
    items: [invoiceItem(place, total)],
    customFields: [],
    active: index % 33 !== 32,
    discountTotal: "0.00",
    importId: null,
    exportId: null,
    materialSkuId: null,
    membershipId: null,
    paidOn: null,
    invoiceConfiguration: "JobInvoice",
  };
}

function invoiceItem(place: Place, total: string) {
  return {
    id: place.id * 10,
    description: place.random.sentence(),
    quantity: "1",
    cost: "0.00",
    totalCost: "0.00",
    price: total,
    total,
    type: "Service",
    skuName: "S1",
    skuId: place.ref("services", place.index),
    displayName: "Repair",
    inventory: false,
    taxable: true,
    isChargeable: true,
    membershipTypeId: 0,
    createdOn: place.createdOn,
    modifiedOn: place.modifiedOn,
    order: 1,
    addOn: false,
  };
}

export function payment(place: Place) {
  const { random, index } = place;
  const total = (random.integer(100, 900_000) / 100).toFixed(2);
  return {
    ...times(place),
    active: index % 30 !== 29,
    appliedTo: [
      {
        appliedAmount: total,
        appliedBy: "office",
        appliedId: place.id * 10,
        appliedOn: place.createdOn,
        appliedTo: place.ref("invoices", index),
        appliedToReferenceNumber: "1",
      },
    ],
    authCode: null,
    batch: null,
    businessUnit: { id: place.ref("business_units", index), name: "HVAC" },
    checkNumber: null,
    createdBy: "office",
    customer: { id: place.ref("customers", index), name: random.name() },
    customFields: [],
    date: midnight(place.createdMs),
    deposit: null,
    generalLedgerAccount: null,
    memo: null,
    referenceNumber: null,
    refundedPaymentId: null,
    syncStatus: "Pending",
    total,
    type: "Check",
    typeId: "81",
    unappliedAmount: "0.00",
  };
}

const nothing = {
  activatedById: null,
  activatedFromId: null,
  billingTemplateId: null,
  cancellationBalanceInvoiceId: null,
  cancellationInvoiceId: null,
  followUpCustomStatusId: null,
  paymentMethodId: null,
  paymentTypeId: null,
  recurringLocationId: null,
  renewalMembershipTaskId: null,
  renewedById: null,
  soldById: null,
  customerPo: null,
  importId: null,
  memo: null,
};

export function membership(place: Place) {
  const { random, index } = place;
  return {
    ...times(place),
    ...nothing,
    createdById: 21,
    followUpOn: midnight(place.createdMs + 300 * 86_400_000),
    cancellationDate: null,
    from: midnight(place.createdMs),
    nextScheduledBillDate: null,
    to: midnight(place.createdMs + 365 * 86_400_000),
    billingFrequency: random.pick(["OneTime", "Monthly", "Annual"]),
    renewalBillingFrequency: null,
    status: random.pick(["Active", "Active", "Suspended", "Expired", "Canceled"]),
    followUpStatus: "NotAttempted",
    active: index % 18 !== 17,
    initialDeferredRevenue: 0,
    duration: 12,
    renewalDuration: null,
    businessUnitId: place.ref("business_units", index),
    customerId: place.ref("customers", index),
    membershipTypeId: 91,
    locationId: place.ref("locations", index),
    customFields: [],
  };
}
