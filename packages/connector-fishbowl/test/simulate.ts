import { createSimulator, type FishbowlSimulatorOptions } from "@fieldwright/connector-fishbowl/simulator";
import type { DataRecord } from "@fieldwright/connector-kit";
import type { Simulator } from "@fieldwright/connector-kit/testing";

// Said here anew, not with the connector's words.
const words: Readonly<Record<string, { readonly from: string; readonly to: string; readonly of: Readonly<Record<number, string>> }>> = {
  addresses: { from: "typeID", to: "type", of: { 10: "Ship To", 20: "Bill To", 30: "Remit To", 40: "Home", 50: "Main Office" } },
  sales_orders: {
    from: "statusId",
    to: "status",
    of: { 10: "Estimate", 20: "Issued", 25: "In Progress", 60: "Fulfilled", 70: "Closed Short", 80: "Voided", 85: "Cancelled" },
  },
  sales_order_items: { from: "statusId", to: "status", of: { 10: "Entered", 50: "Fulfilled" } },
  purchase_orders: { from: "statusId", to: "status", of: { 10: "Bid Request", 20: "Issued", 40: "Partial", 60: "Fulfilled" } },
};
const unseen = ["userPwd", "picture"];
const itemNames = ["typeId", "productNum", "description", "qtyOrdered", "unitPrice", "taxableFlag", "note", "customerPartNum"];

/** A server with about `size` records of each kind, whose truth is told as specs see it. */
export async function simulate(size = 23, options: FishbowlSimulatorOptions = {}): Promise<Simulator> {
  const sizes = { customers: size, salesOrders: size, products: size, vendors: size, purchaseOrders: size, users: size, pluginInfo: size };
  const simulator = await createSimulator({ sizes, timeZone: "America/Denver", ...options });
  const { holds, add, change } = simulator;
  const told = (stream: string, records: readonly DataRecord[]): readonly DataRecord[] =>
    asTold(stream, records, (name) => holds.call(simulator, name));
  return Object.assign(simulator, {
    holds: (stream: string) => told(stream, holds.call(simulator, stream)),
    add: (stream: string, record: DataRecord) => told(stream, [add.call(simulator, stream, record)])[0] ?? {},
    change: (stream: string, key: string, set: DataRecord) => told(stream, [change.call(simulator, stream, key, set)])[0] ?? {},
  });
}

type Held = (stream: string) => readonly DataRecord[];

function asTold(stream: string, records: readonly DataRecord[], held: Held): readonly DataRecord[] {
  if (stream === "inventory" || stream === "external_ids") return records;
  const byId = (table: string) => new Map(held(table).map((row) => [row.id, row]));
  const [states, countries] = [byId("stateconst"), byId("countryconst")];
  const place = (row: DataRecord, prefix: string) => {
    const name = (part: string) => (prefix === "" ? part.toLowerCase() : `${prefix}${part}`);
    return {
      [name("State")]: states.get(row[`${name("State")}Id`])?.code ?? null,
      [name("Country")]: countries.get(row[`${name("Country")}Id`])?.name ?? null,
    };
  };
  const more: Readonly<Record<string, (row: DataRecord) => DataRecord>> = {
    customers: cached(
      () => byId("customers"),
      (row, customers) => ({ parentName: customers.get(row.parentId)?.name ?? null }),
    ),
    addresses: (row) => place(row, ""),
    contacts: cached(
      () => byId("contacttype"),
      (row, types) => ({ type: types.get(row.typeId)?.name ?? null }),
    ),
    sales_orders: cached(
      () => byOrder(held("sales_order_items")),
      (row, items) => ({
        ...place(row, "billTo"),
        ...place(row, "shipTo"),
        items: (items.get(row.id) ?? []).map((item) => Object.fromEntries(itemNames.map((name) => [name, plain(item[name] ?? null)]))),
      }),
    ),
  };
  const word = words[stream];
  return records.map((row) => {
    const entries = Object.entries(row).filter(([name]) => !unseen.includes(name));
    return {
      ...Object.fromEntries(entries.map(([name, value]) => [name, plain(value)])),
      ...more[stream]?.(row),
      ...(word ? { [word.to]: word.of[Number(row[word.from])] ?? String(row[word.from]) } : {}),
    };
  });
}

function byOrder(items: readonly DataRecord[]): ReadonlyMap<unknown, readonly DataRecord[]> {
  const orders = new Map<unknown, DataRecord[]>();
  for (const item of items) orders.set(item.soId, [...(orders.get(item.soId) ?? []), item]);
  return orders;
}

function cached<T>(load: () => T, tell: (row: DataRecord, loaded: T) => DataRecord): (row: DataRecord) => DataRecord {
  let loaded: T | undefined;
  return (row) => {
    loaded ??= load();
    return tell(row, loaded);
  };
}

/** Amounts without zeros at their end; times in UTC: Denver is seven hours behind in winter and six in summer. */
function plain(value: unknown): unknown {
  if (typeof value !== "string") return value;
  if (/^-?\d+\.\d{9}$/.test(value)) return value.replace(/\.?0+$/, "");
  const [, day, time, micro] = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)\.(\d{6})$/.exec(value) ?? [];
  if (day === undefined) return value;
  const wall = new Date(`${day}T${time}Z`);
  const [march, november] = [sunday(wall.getUTCFullYear(), 2, 2), sunday(wall.getUTCFullYear(), 10, 1)];
  const isSummer = wall.getTime() >= march + 2 * 3_600_000 && wall.getTime() < november + 2 * 3_600_000;
  return `${new Date(wall.getTime() + (isSummer ? 6 : 7) * 3_600_000).toISOString().slice(0, 19)}.${micro}Z`;
}

/** The n-th Sunday of a month from 0, at midnight. */
function sunday(year: number, month: number, n: number): number {
  const first = new Date(Date.UTC(year, month, 1));
  return Date.UTC(year, month, 1 + ((7 - first.getUTCDay()) % 7) + (n - 1) * 7);
}
