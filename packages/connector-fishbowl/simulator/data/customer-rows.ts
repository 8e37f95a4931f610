import type { DataRecord } from "@fieldwright/connector-kit";
import { randomAt } from "@fieldwright/connector-kit/testing";
import type { Settings } from "../options.js";
import { customFieldsOf } from "./custom-fields.js";
import { madeAt, money, stampOf } from "./history.js";
import { contactTypes, stateId } from "./places.js";

export function customerRow(settings: Settings, index: number): DataRecord {
  const random = randomAt(settings.seed * 31 + 1, index);
  const id = index + 1;
  const isJob = index % 9 === 8;
  const made = madeAt(settings, index, settings.sizes.customers);
  const seed = settings.customer(index);
  const custom = { Region: random.pick(["West", "East", "South"]), "Account Type": random.pick(["Retail", "Wholesale"]), ...seed?.custom };
  return {
    id,
    accountId: id,
    name: isJob ? `Roof ${id}` : `${random.familyName()} ${random.pick(["Builders", "Homes", "Roofing"])} ${id}`,
    number: `C${10_000 + id}`,
    parentId: isJob ? id - 1 : null,
    jobDepth: isJob ? 2 : 1,
    statusId: random.chance(0.9) ? 20 : 10,
    activeFlag: random.chance(0.95),
    creditLimit: money(random.integer(0, 50) * 1000),
    currencyId: 1,
    currencyRate: money(1),
    dateCreated: stampOf(made),
    dateLastModified: stampOf(made + (index % 7) * 86_400_000),
    lastChangedUser: "admin",
    defaultCarrierId: 1,
    carrierServiceId: null,
    defaultPaymentTermsId: random.integer(1, 4),
    defaultPriorityId: 30,
    defaultSalesmanId: random.integer(1, settings.sizes.users),
    defaultShipTermsId: 10,
    note: random.chance(0.3) ? random.sentence() : null,
    qbClassId: 1,
    taxExempt: random.chance(0.1),
    taxExemptNumber: null,
    taxRateId: 1,
    toBeEmailed: random.chance(0.5),
    toBePrinted: false,
    url: random.chance(0.3) ? `https://firm-${id}.example.com` : null,
    sysUserId: 1,
    issuableStatusId: 1,
    accountingId: null,
    accountingHash: null,
    customFields: customFieldsOf(custom),
    ...seed?.fields,
  };
}

/** Each account's main office. */
export function addressRow(settings: Settings, index: number): DataRecord {
  const random = randomAt(settings.seed * 31 + 2, index);
  const place = random.city();
  return {
    id: index + 1,
    accountId: index + 1,
    name: random.name(),
    addressName: "Main Office",
    address: random.street(),
    city: place.city,
    stateId: stateId(place.state),
    zip: place.zip,
    countryId: 1,
    typeID: 50,
    defaultFlag: true,
    residentialFlag: random.chance(0.4),
    locationGroupId: null,
  };
}

/** A phone and a mail address for each. */
export function contactRow(settings: Settings, index: number): DataRecord {
  const random = randomAt(settings.seed * 31 + 3, index);
  const isMail = index % 2 === 1;
  const account = Math.floor(index / 2) + 1;
  return {
    id: index + 1,
    accountId: account,
    addressId: account,
    contactName: random.name().slice(0, 30),
    datus: isMail ? random.email(account) : random.phone(),
    typeId: contactTypes.indexOf(isMail ? "Email" : "Main") + 1,
    defaultFlag: true,
  };
}
