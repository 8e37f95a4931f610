import type { DataRecord } from "@fieldwright/connector-kit";
import { randomAt } from "@fieldwright/connector-kit/testing";
import type { Settings } from "../options.js";
import { madeAt, money, stampOf } from "./history.js";

export function priceOf({ seed }: Settings, product: number): number {
  return randomAt(seed * 31 + 6, product).integer(500, 20_000) / 100;
}

function times(settings: Settings, index: number, count: number): DataRecord {
  const made = madeAt(settings, index, count);
  return { dateCreated: stampOf(made), dateLastModified: stampOf(made + (index % 5) * 3_600_000) };
}

export function partRow(settings: Settings, index: number): DataRecord {
  const id = index + 1;
  return {
    id,
    typeId: 10,
    uomId: 1,
    num: `P-${id}`,
    description: `Shingle ${id}`,
    upc: null,
    details: null,
    activeFlag: true,
    stdCost: money(priceOf(settings, id) * 0.6),
    ...times(settings, index, settings.sizes.products),
  };
}

export function productRow(settings: Settings, index: number): DataRecord {
  const id = index + 1;
  return {
    id,
    partId: id,
    uomId: 1,
    num: `P-${id}`,
    description: `Shingle ${id}`,
    upc: null,
    activeFlag: true,
    taxableFlag: true,
    price: money(priceOf(settings, id)),
    ...times(settings, index, settings.sizes.products),
  };
}

export function vendorRow(settings: Settings, index: number): DataRecord {
  const random = randomAt(settings.seed * 31 + 7, index);
  const { dateCreated, dateLastModified } = times(settings, index, settings.sizes.vendors);
  return {
    id: index + 1,
    accountId: 900_001 + index,
    name: `${random.familyName()} Supply ${index + 1}`,
    accountNum: random.code(6),
    activeFlag: true,
    dateEntered: dateCreated,
    dateLastModified,
  };
}

export function purchaseOrderRow(settings: Settings, index: number): DataRecord {
  const random = randomAt(settings.seed * 31 + 8, index);
  const { dateCreated, dateLastModified } = times(settings, index, settings.sizes.purchaseOrders);
  return {
    id: index + 1,
    num: `${10_001 + index}`,
    vendorId: settings.sizes.vendors === 0 ? null : random.integer(1, settings.sizes.vendors),
    statusId: random.pick([10, 20, 40, 60]),
    typeId: 10,
    buyerId: 1,
    totalTax: money(0),
    dateCreated,
    dateIssued: dateCreated,
    dateLastModified,
    dateConfirmed: String(dateCreated).slice(0, 10),
  };
}

export function purchaseOrderItemRow(settings: Settings, index: number): DataRecord {
  const random = randomAt(settings.seed * 31 + 9, index);
  const part = random.integer(1, settings.sizes.products);
  const quantity = random.integer(1, 100);
  const cost = Math.round(priceOf(settings, part) * 60) / 100;
  return {
    id: index + 1,
    poId: Math.floor(index / 2) + 1,
    poLineItem: (index % 2) + 1,
    partId: part,
    statusId: 10,
    partNum: `P-${part}`,
    description: `Shingle ${part}`,
    qtyToFulfill: money(quantity),
    qtyFulfilled: money(0),
    unitCost: money(cost),
    totalCost: money(cost * quantity),
    picture: null,
  };
}

export function userRow(settings: Settings, index: number): DataRecord {
  const random = randomAt(settings.seed * 31 + 10, index);
  const id = index + 1;
  const [firstName, lastName] = [random.givenName(), random.familyName()];
  return { id, userName: `user${id}`, firstName, lastName, initials: `U${id}`, email: random.email(id), userPwd: "hash", activeFlag: true };
}

/** As the REST search shows stock: amounts as text. */
export function inventoryRow(settings: Settings, index: number): DataRecord {
  const random = randomAt(settings.seed * 31 + 11, index);
  const id = index + 1;
  const uom = { id: 1, name: "Each", abbreviation: "ea" };
  return { id, partNumber: `P-${id}`, quantity: String(random.integer(0, 900) / 2), partDescription: `Shingle ${id}`, uom };
}

export function pluginInfoRow(settings: Settings, index: number): DataRecord {
  const recordId = (index % Math.max(1, settings.sizes.customers)) + 1;
  return {
    id: index + 1,
    plugin: "CRM",
    table: "customer",
    recordId,
    groupId: 0,
    channelId: `crm-${recordId}`,
    info: { link: `crm/${recordId}` },
  };
}
