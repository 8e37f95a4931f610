import type { Call, DataRecord, Field } from "@fieldwright/connector-kit";
import type { Api } from "./api.js";
import { fieldValue } from "./record.js";
import { chunks, list } from "./sql.js";

const ordersAQuery = 200;

/** What a line of an order is made from, and shown with inside of it. */
export const itemFields = {
  typeId: { type: "integer", about: "10 sale, 20 credit, 30 and 31 discounts, 40 subtotal, 60 shipping, 90 note" },
  productNum: { type: "text", maxLength: 70 },
  description: { type: "text", maxLength: 256 },
  qtyOrdered: { type: "decimal" },
  unitPrice: { type: "decimal" },
  taxableFlag: { type: "boolean" },
  note: { type: "text" },
  customerPartNum: { type: "text", maxLength: 70 },
} as const satisfies Readonly<Record<string, Field>>;

const asked = [
  "t.soId",
  "t.typeId",
  "t.productNum",
  "t.description",
  "CAST(t.qtyOrdered AS CHAR) AS qtyOrdered",
  "CAST(t.unitPrice AS CHAR) AS unitPrice",
  "CAST(t.taxableFlag AS UNSIGNED) AS taxableFlag",
  "t.note",
  "t.customerPartNum",
].join(",");

/** Orders with their lines, in the lines' order. */
export async function withItems(api: Api, orders: readonly DataRecord[], call: Call): Promise<readonly DataRecord[]> {
  const items = new Map<unknown, DataRecord[]>();
  for (const some of chunks(orders, ordersAQuery)) {
    const ids = list(some.map((order) => Number(order.id)));
    const rows = await api.query(`SELECT ${asked} FROM soitem t WHERE t.soId IN ${ids} ORDER BY t.soId, t.soLineItem, t.id`, call);
    for (const row of rows) {
      const order = fieldValue("integer", row.get("soid"), api.zone);
      const entries = Object.entries(itemFields).map(([name, { type }]) => [name, fieldValue(type, row.get(name.toLowerCase()), api.zone)]);
      items.set(order, [...(items.get(order) ?? []), Object.fromEntries(entries)]);
    }
  }
  return orders.map((order) => ({ ...order, items: items.get(order.id) ?? [] }));
}
