/** Columns with MySQL's type names, by table. Where the vendor's dump is not at hand, the usual ones of such a table. */
export const schema: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  customer: columns(
    "int id accountId parentId jobDepth statusId currencyId defaultCarrierId carrierServiceId defaultPaymentTermsId defaultPriorityId defaultSalesmanId defaultShipTermsId qbClassId taxRateId sysUserId issuableStatusId",
    "varchar name number lastChangedUser note taxExemptNumber url accountingId accountingHash",
    "bit activeFlag taxExempt toBeEmailed toBePrinted",
    "decimal creditLimit currencyRate",
    "datetime dateCreated dateLastModified",
    "json customFields",
  ),
  address: columns(
    "int id accountId stateId countryId typeID locationGroupId",
    "varchar name addressName address city zip",
    "bit defaultFlag residentialFlag",
  ),
  contact: columns("int id accountId addressId typeId", "varchar contactName datus", "bit defaultFlag"),
  so: columns(
    "int id customerId statusId typeId priorityId billToStateId billToCountryId shipToStateId shipToCountryId carrierId carrierServiceId shipTermsId paymentTermsId fobPointId locationGroupId qbClassId salesmanId currencyId registerId revisionNum",
    "varchar num customerContact customerPO vendorPO billToName billToAddress billToCity billToZip shipToName shipToAddress shipToCity shipToZip salesman salesmanInitials taxRateName email phone note url paymentLink username",
    "bit shipToResidential totalIncludesTax",
    "decimal subTotal totalTax totalPrice estimatedTax cost taxRate currencyRate",
    "datetime dateCreated dateIssued dateFirstShip dateCompleted dateExpired dateLastModified dateRevision dateCalStart dateCalEnd",
    "json customFields",
  ),
  soitem: columns(
    "int id soId soLineItem typeId statusId productId taxId uomId exchangeSOLineItem itemAdjustId qbClassId",
    "varchar productNum description customerPartNum revLevel note",
    "bit taxableFlag showItemFlag",
    "decimal qtyOrdered qtyToFulfill qtyPicked qtyFulfilled unitPrice totalPrice totalCost markupCost taxRate adjustAmount adjustPercentage",
    "datetime dateScheduledFulfillment dateLastFulfillment dateLastModified",
    "json customFields",
  ),
  part: columns(
    "int id typeId uomId",
    "varchar num description upc details",
    "bit activeFlag",
    "decimal stdCost",
    "datetime dateCreated dateLastModified",
  ),
  product: columns(
    "int id partId uomId",
    "varchar num description upc",
    "bit activeFlag taxableFlag",
    "decimal price",
    "datetime dateCreated dateLastModified",
  ),
  vendor: columns("int id accountId", "varchar name accountNum", "bit activeFlag", "datetime dateEntered dateLastModified"),
  po: columns(
    "int id vendorId statusId typeId buyerId",
    "varchar num",
    "decimal totalTax",
    "datetime dateCreated dateIssued dateLastModified",
    "date dateConfirmed",
  ),
  poitem: columns(
    "int id poId poLineItem partId statusId",
    "varchar partNum description",
    "decimal qtyToFulfill qtyFulfilled unitCost totalCost",
    "longblob picture",
  ),
  sysuser: columns("int id", "varchar userName firstName lastName initials email userPwd", "bit activeFlag"),
  stateconst: columns("int id", "varchar code name"),
  countryconst: columns("int id", "varchar abbreviation name"),
  contacttype: columns("int id", "varchar name"),
};

function columns(...lines: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    lines.flatMap((line) => {
      const [type = "varchar", ...names] = line.split(" ");
      return names.map((name) => [name, type]);
    }),
  );
}

/** Tables with a history beside them. */
export const audited = ["customer", "so", "soitem", "part", "product", "vendor", "po", "address"];

/** Tables whose rows carry the moment of their last change. */
export const stamped = ["customer", "so", "soitem", "part", "product", "vendor", "po"];

/** The stream of the connector that shows a table, for those who ask the simulator by its name. */
export const streamNames: Readonly<Record<string, string>> = {
  customer: "customers",
  address: "addresses",
  contact: "contacts",
  so: "sales_orders",
  soitem: "sales_order_items",
  part: "parts",
  product: "products",
  vendor: "vendors",
  po: "purchase_orders",
  poitem: "purchase_order_items",
  sysuser: "users",
  stateconst: "stateconst",
  countryconst: "countryconst",
  contacttype: "contacttype",
};
