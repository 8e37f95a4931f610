import { columns, placeNames, type TableKind } from "./table-kind.js";

export const salesOrders: TableKind = {
  name: "sales_orders",
  table: "so",
  about: "Sales orders from estimate to history.",
  columns: columns(`
    id integer
    num text 25
    customerId integer
    customerContact text 30
    customerPO text 25
    vendorPO text
    statusId integer
    typeId integer
    priorityId integer
    dateCreated datetime
    dateIssued datetime
    dateFirstShip datetime
    dateCompleted datetime
    dateExpired datetime
    dateLastModified datetime
    dateRevision datetime
    billToName text 60
    billToAddress text 90
    billToCity text 30
    billToStateId integer
    billToZip text 10
    billToCountryId integer
    shipToName text 60
    shipToAddress text 90
    shipToCity text 30
    shipToStateId integer
    shipToZip text 10
    shipToCountryId integer
    shipToResidential boolean
    carrierId integer
    carrierServiceId integer
    shipTermsId integer
    paymentTermsId integer
    fobPointId integer
    locationGroupId integer
    qbClassId integer
    salesmanId integer
    salesman text
    salesmanInitials text
    subTotal decimal
    totalTax decimal
    totalPrice decimal
    estimatedTax decimal
    cost decimal
    taxRate decimal
    taxRateName text
    totalIncludesTax boolean
    currencyId integer
    currencyRate decimal
    email text
    phone text
    note text
    url text
    revisionNum integer
    username text
    customFields json
  `),
  derived: { ...placeNames("billTo"), ...placeNames("shipTo") },
  words: {
    from: "statusId",
    to: "status",
    of: {
      10: "Estimate",
      20: "Issued",
      25: "In Progress",
      60: "Fulfilled",
      70: "Closed Short",
      80: "Voided",
      85: "Cancelled",
      90: "Expired",
      95: "Historical",
    },
  },
  references: { customerId: "customers", salesmanId: "users" },
};

export const salesOrderItems: TableKind = {
  name: "sales_order_items",
  table: "soitem",
  about: "Lines of sales orders, also those that are no goods: discounts, shipping, taxes, notes (`typeId`).",
  columns: columns(`
    id integer
    soId integer
    soLineItem integer
    typeId integer
    statusId integer
    productId integer
    productNum text 70
    description text 256
    customerPartNum text 70
    qtyOrdered decimal
    qtyToFulfill decimal
    qtyPicked decimal
    qtyFulfilled decimal
    unitPrice decimal
    totalPrice decimal
    totalCost decimal
    markupCost decimal
    taxableFlag boolean
    taxId integer
    taxRate decimal
    uomId integer
    dateScheduledFulfillment datetime
    dateLastFulfillment datetime
    dateLastModified datetime
    showItemFlag boolean
    revLevel text
    note text
    adjustAmount decimal
    adjustPercentage decimal
    exchangeSOLineItem integer
    itemAdjustId integer
    qbClassId integer
    customFields json
  `),
  words: {
    from: "statusId",
    to: "status",
    of: {
      10: "Entered",
      11: "Awaiting Build",
      12: "Building",
      14: "Built",
      20: "Picking",
      30: "Partial",
      40: "Picked",
      50: "Fulfilled",
      60: "Closed Short",
      70: "Voided",
      75: "Cancelled",
    },
  },
  references: { soId: "sales_orders", productId: "products" },
};

export const purchaseOrders: TableKind = {
  name: "purchase_orders",
  table: "po",
  about: "Purchase orders; beyond a few columns what the server has.",
  columns: columns(`
    id integer
    num text 25
    statusId integer
    dateLastModified datetime
  `),
  words: {
    from: "statusId",
    to: "status",
    of: {
      10: "Bid Request",
      15: "Pending Approval",
      20: "Issued",
      30: "Picking",
      40: "Partial",
      50: "Picked",
      55: "Shipped",
      60: "Fulfilled",
      70: "Closed Short",
      80: "Void",
      95: "Historical",
    },
  },
  references: { vendorId: "vendors" },
};

export const purchaseOrderItems: TableKind = {
  name: "purchase_order_items",
  table: "poitem",
  about: "Lines of purchase orders; what columns the server has.",
  columns: columns(`
    id integer
    poId integer
  `),
  references: { poId: "purchase_orders", partId: "parts" },
};
