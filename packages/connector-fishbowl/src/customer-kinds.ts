import { columns, placeNames, type TableKind } from "./table-kind.js";

export const customers: TableKind = {
  name: "customers",
  table: "customer",
  about: "Customers and, below them, their jobs.",
  columns: columns(`
    id integer
    accountId integer
    name text 41
    number text 30
    parentId integer
    jobDepth integer
    statusId integer
    activeFlag boolean
    creditLimit decimal
    currencyId integer
    currencyRate decimal
    dateCreated datetime
    dateLastModified datetime
    lastChangedUser text
    defaultCarrierId integer
    carrierServiceId integer
    defaultPaymentTermsId integer
    defaultPriorityId integer
    defaultSalesmanId integer
    defaultShipTermsId integer
    note text 256
    qbClassId integer
    taxExempt boolean
    taxExemptNumber text 30
    taxRateId integer
    toBeEmailed boolean
    toBePrinted boolean
    url text 256
    sysUserId integer
    issuableStatusId integer
    accountingId text 36
    customFields json
  `),
  derived: {
    parentName: {
      sql: "(SELECT p.name FROM customer p WHERE p.id = t.`parentId`)",
      field: { type: "text", readOnly: true, about: "Of a job: the customer it belongs to." },
    },
  },
  references: { parentId: "customers", defaultSalesmanId: "users" },
};

export const addresses: TableKind = {
  name: "addresses",
  table: "address",
  about: "Addresses of customers and vendors, by account.",
  columns: columns(`
    id integer
    accountId integer
    name text 60
    addressName text 90
    address text 90
    city text 30
    stateId integer
    zip text 10
    countryId integer
    typeID integer
    defaultFlag boolean
    residentialFlag boolean
    locationGroupId integer
  `),
  derived: placeNames(""),
  words: { from: "typeID", to: "type", of: { 10: "Ship To", 20: "Bill To", 30: "Remit To", 40: "Home", 50: "Main Office" } },
};

export const contacts: TableKind = {
  name: "contacts",
  table: "contact",
  about: "Phone numbers and mail addresses, by account; `datus` is the number or address itself.",
  columns: columns(`
    id integer
    accountId integer
    addressId integer
    contactName text 30
    datus text 255
    typeId integer
    defaultFlag boolean
  `),
  derived: { type: { sql: "(SELECT s.name FROM contacttype s WHERE s.id = t.`typeId`)", field: { type: "text", readOnly: true } } },
  references: { addressId: "addresses" },
};
