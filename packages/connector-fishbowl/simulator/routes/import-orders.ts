import type { DataRecord } from "@fieldwright/connector-kit";
import { money } from "../data/history.js";
import type { FishbowlDatabase } from "../database.js";
import { localStamp } from "../local-time.js";
import { Refusal } from "../refusal.js";
import { cellsBy, countryIn, createUndo, customerCalled, mustKnow, newCustomer, stateIn, tooLong, type Undo } from "./import-rows.js";

type Cells = Readonly<Record<string, string>>;

const address = ["Name", "Address", "City", "State", "Zip", "Country"];
export const orderHeader = [
  ...["Flag", "SONum", "Status", "CustomerName", "CustomerContact"],
  ...address.map((part) => `BillTo${part}`),
  ...[...address, "Residential"].map((part) => `ShipTo${part}`),
  ...["CarrierName", "TaxRateName", "PriorityId", "TotalIncludesTax", "PONum", "VendorPONum", "Date", "Salesman", "ShippingTerms"],
  ...["PaymentTerms", "FOB", "Note", "QuickBooksClassName", "LocationGroupName", "OrderDateScheduled", "URL", "CarrierService"],
  ...["CurrencyName", "CurrencyRate", "PriceIsHomeCurrency", "DateExpired", "Phone", "Email", "Category"],
];
export const itemHeader = [
  ...[
    "Flag",
    "SOItemTypeID",
    "ProductNumber",
    "ProductDescription",
    "ProductQuantity",
    "UOM",
    "ProductPrice",
    "Taxable",
    "TaxCode",
    "Note",
  ],
  ...["ItemQuickBooksClassName", "ItemDateScheduled", "ShowItem", "KitItem", "RevisionLevel", "CustomerPartNumber"],
];

interface Group {
  readonly line: number;
  readonly order: Cells;
  readonly items: { readonly line: number; readonly cells: Cells }[];
}

/** Two header rows, then an SO line with its Item lines, again and again. */
export function importOrders(database: FishbowlDatabase, rows: readonly (readonly string[])[]): void {
  const [orders = [], items = [], ...lines] = rows;
  if (orders[0] !== "Flag" || items[0] !== "Flag" || orders[1] !== "SONum")
    throw new Refusal(400, "Invalid column header: two header rows are expected.");
  mustKnow(orders, orderHeader);
  mustKnow(items, itemHeader);
  const groups: Group[] = [];
  for (const [index, row] of lines.entries()) {
    const line = index + 3;
    const last = groups.at(-1);
    if (row[0] === "SO") groups.push({ line, order: cellsBy(orders, row), items: [] });
    else if (row[0] === "Item" && last) last.items.push({ line, cells: cellsBy(items, row) });
    else throw new Refusal(400, `Line ${line}: Flag "${row[0] ?? ""}" is not SO or Item.`);
  }
  const undo = createUndo();
  for (const group of groups) {
    try {
      importOrder(database, group, undo);
    } catch (error) {
      if (database.settings.partialImports === "undone") undo.back();
      throw error;
    }
  }
}

function importOrder(database: FishbowlDatabase, { order, items, line }: Group, undo: Undo): void {
  const store = database.table("so");
  if (order.Status !== "10" && order.Status !== "20") throw new Refusal(402, `Line ${line}: Status must be 10 or 20.`);
  for (const [column, most] of Object.entries({
    SONum: 25,
    CustomerContact: 30,
    BillToName: 60,
    BillToAddress: 90,
    BillToCity: 30,
    BillToZip: 10,
    PONum: 25,
  }))
    tooLong(order[column] ?? "", most, { column, line });
  if (order.SONum && store.equal("num", [order.SONum.toLowerCase()]).length > 0)
    throw new Refusal(402, `Line ${line}: Sales order ${order.SONum} already exists.`);
  if (!order.CustomerName) throw new Refusal(402, `Line ${line}: CustomerName is required.`);
  const products = items.map(({ cells, line: at }) => productOf(database, cells, at));
  const places = {
    billTo: placeOf(database, order, { prefix: "BillTo", line }),
    shipTo: placeOf(database, order, { prefix: "ShipTo", line }),
  };
  const customer = customerCalled(database, order.CustomerName) ?? newCustomer(database, order.CustomerName, undo);
  const id = database.nextId("so");
  const subTotal = items.reduce((sum, { cells }) => sum + Number(cells.ProductQuantity || 0) * Number(cells.ProductPrice || 0), 0);
  const stamp = localStamp(database.now(), database.timeZone);
  const text = (column: string) => order[column] || null;
  undo.add(store, {
    id,
    num: order.SONum || `S${100_000 + id}`,
    customerId: customer.id,
    ...{
      customerContact: text("CustomerContact"),
      customerPO: text("PONum"),
      vendorPO: text("VendorPONum"),
      statusId: Number(order.Status),
    },
    ...{ typeId: 20, priorityId: Number(order.PriorityId || 30), dateCreated: stamp, dateIssued: order.Status === "20" ? stamp : null },
    ...withPrefix("billTo", places.billTo),
    ...withPrefix("shipTo", places.shipTo),
    shipToResidential: order.ShipToResidential === "true",
    ...{
      salesman: text("Salesman"),
      note: text("Note"),
      url: text("URL"),
      phone: text("Phone"),
      email: text("Email"),
      taxRateName: text("TaxRateName"),
    },
    ...{ subTotal: money(subTotal), totalTax: money(0), totalPrice: money(subTotal), customFields: customOf(order) },
  });
  for (const [index, { cells }] of items.entries())
    addItem(database, { cells, product: products[index], order: id, line: index + 1, undo });
}

function productOf(database: FishbowlDatabase, cells: Cells, line: number): DataRecord | undefined {
  const number = cells.ProductNumber ?? "";
  const [product] = number === "" ? [] : database.table("product").equal("num", [number.toLowerCase()]);
  if ((cells.SOItemTypeID === "10" || number !== "") && !product)
    throw new Refusal(402, `Line ${line}: Product "${number}" does not exist.`);
  return product;
}

interface Item {
  readonly cells: Cells;
  readonly product: DataRecord | undefined;
  readonly order: number;
  readonly line: number;
  readonly undo: Undo;
}

function addItem(database: FishbowlDatabase, { cells, product, order, line, undo }: Item): void {
  const [quantity, price] = [Number(cells.ProductQuantity || 0), Number(cells.ProductPrice || 0)];
  undo.add(database.table("soitem"), {
    ...{ id: database.nextId("soitem"), soId: order, soLineItem: line, typeId: Number(cells.SOItemTypeID || 10), statusId: 10 },
    ...{ productId: product?.id ?? null, productNum: cells.ProductNumber || null, customerPartNum: cells.CustomerPartNumber || null },
    description: cells.ProductDescription || product?.description || null,
    ...{ qtyOrdered: money(quantity), qtyToFulfill: money(quantity), qtyPicked: money(0), qtyFulfilled: money(0) },
    ...{
      unitPrice: money(price),
      totalPrice: money(quantity * price),
      taxableFlag: cells.Taxable === "true",
      note: cells.Note || null,
      showItemFlag: true,
    },
  });
}

function placeOf(
  database: FishbowlDatabase,
  order: Cells,
  { prefix, line }: { readonly prefix: string; readonly line: number },
): DataRecord {
  const cell = (part: string) => order[`${prefix}${part}`] ?? "";
  return {
    ...{ Name: cell("Name") || null, Address: cell("Address") || null, City: cell("City") || null, Zip: cell("Zip") || null },
    ...{ StateId: stateIn(database, cell("State"), line), CountryId: countryIn(database, cell("Country")) },
  };
}

function withPrefix(prefix: string, place: DataRecord): DataRecord {
  return Object.fromEntries(Object.entries(place).map(([part, value]) => [`${prefix}${part}`, value]));
}

function customOf(order: Cells): DataRecord | null {
  const entries = Object.entries(order).filter(([column, value]) => column.startsWith("CF-") && value !== "");
  if (entries.length === 0) return null;
  return Object.fromEntries(
    entries.map(([column, value], index) => [String(index + 1), { name: column.slice("CF-".length), type: "Text", value }]),
  );
}
