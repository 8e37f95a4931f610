import type { DataRecord } from "@fieldwright/connector-kit";
import { type Random, randomAt } from "@fieldwright/connector-kit/testing";
import type { Settings } from "../options.js";
import { customFieldsOf } from "./custom-fields.js";
import { madeAt, money, stampOf } from "./history.js";
import { stateId } from "./places.js";
import { priceOf } from "./stock-rows.js";

// How many lines the orders have, eight by eight: so the order of any line is known without counting.
const linesOf = [1, 3, 2, 4, 1, 2, 5, 2];
const linesOfEight = 20;
const dayMs = 86_400_000;
const tax = 0.05;

export function linesUpTo(orders: number): number {
  const rest = linesOf.slice(0, orders % 8).reduce((sum, lines) => sum + lines, 0);
  return Math.floor(orders / 8) * linesOfEight + rest;
}

function placeOfLine(index: number): { readonly order: number; readonly line: number } {
  let order = Math.floor(index / linesOfEight) * 8;
  let line = index % linesOfEight;
  for (let lines = linesOf[order % 8] ?? 1; line >= lines; lines = linesOf[order % 8] ?? 1) {
    line -= lines;
    order += 1;
  }
  return { order, line };
}

interface Line {
  readonly product: number;
  readonly quantity: number;
  readonly price: number;
}

function lineOf(settings: Settings, order: number, line: number): Line {
  const random = randomAt(settings.seed * 31 + 5, order * 8 + line);
  const product = random.integer(1, settings.sizes.products);
  return { product, quantity: random.integer(1, 12), price: priceOf(settings, product) };
}

/** Old orders are done; the last few are still on their way. */
function statusOf(random: Random, index: number, count: number): number {
  if (index >= count - Math.ceil(count * 0.04)) return random.pick([10, 20, 25]);
  return random.chance(0.9) ? 60 : random.pick([70, 80, 85]);
}

/** How far an order has come, and when: all that its lines need to know of it. */
function fateOf(settings: Settings, index: number) {
  const random = randomAt(settings.seed * 31 + 4, index);
  const made = madeAt(settings, index, settings.sizes.salesOrders);
  const status = statusOf(random, index, settings.sizes.salesOrders);
  const isDone = status === 60 || status === 70;
  const completed = made + random.integer(1, 10) * dayMs;
  return { random, made, status, isDone, completed };
}

export function orderRow(settings: Settings, index: number): DataRecord {
  const { sizes } = settings;
  const { random, made, status, isDone, completed } = fateOf(settings, index);
  const lines = Array.from({ length: linesOf[index % 8] ?? 1 }, (_, line) => lineOf(settings, index, line));
  const subTotal = lines.reduce((sum, { quantity, price }) => sum + Math.round(quantity * price * 100), 0) / 100;
  const totalTax = Math.round(subTotal * tax * 100) / 100;
  const place = random.city();
  const salesman = random.integer(1, sizes.users);
  const name = random.name();
  const address = { Name: name, Address: random.street(), City: place.city, StateId: stateId(place.state), Zip: place.zip, CountryId: 1 };
  const to = (prefix: string) => Object.fromEntries(Object.entries(address).map(([part, value]) => [`${prefix}${part}`, value]));
  return {
    id: index + 1,
    num: `S${100_001 + index}`,
    customerId: sizes.customers === 0 ? null : random.integer(1, sizes.customers),
    customerContact: name.slice(0, 30),
    customerPO: random.chance(0.5) ? `PO-${random.code(6)}` : null,
    vendorPO: null,
    statusId: status,
    typeId: 20,
    priorityId: 30,
    dateCreated: stampOf(made),
    dateIssued: status === 10 ? null : stampOf(made),
    dateFirstShip: stampOf(made + 2 * dayMs),
    dateCompleted: isDone ? stampOf(completed) : null,
    dateExpired: null,
    dateLastModified: stampOf(isDone ? completed : made),
    dateRevision: null,
    ...to("billTo"),
    ...to("shipTo"),
    shipToResidential: random.chance(0.4),
    carrierId: 1,
    locationGroupId: 1,
    qbClassId: 1,
    shipTermsId: 10,
    paymentTermsId: 1,
    salesmanId: salesman,
    salesman: `user${salesman}`,
    salesmanInitials: `U${salesman}`,
    subTotal: money(subTotal),
    totalTax: money(totalTax),
    totalPrice: money(subTotal + totalTax),
    estimatedTax: money(totalTax),
    cost: money(subTotal * 0.6),
    taxRate: "0.050000000",
    taxRateName: "State",
    totalIncludesTax: false,
    currencyId: 1,
    currencyRate: money(1),
    email: random.chance(0.7) ? random.email(index) : null,
    phone: random.phone(),
    note: null,
    url: null,
    revisionNum: 1,
    username: "admin",
    customFields: customFieldsOf({ Source: random.pick(["Web", "Phone"]) }),
  };
}

export function orderItemRow(settings: Settings, index: number): DataRecord {
  const { order, line } = placeOfLine(index);
  const { product, quantity, price } = lineOf(settings, order, line);
  const fate = fateOf(settings, order);
  const isDone = fate.status === 60;
  return {
    id: index + 1,
    soId: order + 1,
    soLineItem: line + 1,
    typeId: 10,
    statusId: isDone ? 50 : 10,
    productId: product,
    productNum: `P-${product}`,
    description: `Shingle ${product}`,
    customerPartNum: null,
    qtyOrdered: money(quantity),
    qtyToFulfill: money(quantity),
    qtyPicked: money(isDone ? quantity : 0),
    qtyFulfilled: money(isDone ? quantity : 0),
    unitPrice: money(price),
    totalPrice: money(quantity * price),
    totalCost: money(quantity * price * 0.6),
    markupCost: money(0),
    taxableFlag: true,
    taxId: 1,
    taxRate: "0.050000000",
    uomId: 1,
    dateScheduledFulfillment: stampOf(fate.made + 2 * dayMs),
    dateLastFulfillment: fate.isDone ? stampOf(fate.completed) : null,
    dateLastModified: stampOf(fate.isDone ? fate.completed : fate.made),
    showItemFlag: true,
    revLevel: null,
    note: null,
    adjustAmount: money(0),
    adjustPercentage: money(0),
    exchangeSOLineItem: 0,
    itemAdjustId: null,
    qbClassId: 1,
    customFields: null,
  };
}
