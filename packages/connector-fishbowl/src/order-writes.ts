import { attempt, type Call, type DataRecord, type Field, type Outcome, VendorError } from "@fieldwright/connector-kit";
import type { Api } from "./api.js";
import { cellOf } from "./cell.js";
import { isObject, refuse } from "./errors.js";
import { type Draft, importRecords } from "./import-records.js";
import { itemFields } from "./order-items.js";
import { refused } from "./refused.js";
import { chunks, list } from "./sql.js";
import { customFieldsOf, type TableModel } from "./table-model.js";
import { isId } from "./table-stream.js";
import { select } from "./walk.js";

/** Both header rows as documented: left column is the import's, right the field that fills it. */
const orderColumns: readonly (readonly [string, string?])[] = [
  ["Flag"],
  ["SONum", "num"],
  ["Status", "statusId"],
  ["CustomerName", "customerId"],
  ["CustomerContact", "customerContact"],
  ...["Name", "Address", "City", "State", "Zip", "Country"].map((part) => [`BillTo${part}`, `billTo${part}`] as const),
  ...["Name", "Address", "City", "State", "Zip", "Country", "Residential"].map((part) => [`ShipTo${part}`, `shipTo${part}`] as const),
  ["CarrierName"],
  ["TaxRateName", "taxRateName"],
  ["PriorityId", "priorityId"],
  ["TotalIncludesTax"],
  ["PONum", "customerPO"],
  ["VendorPONum", "vendorPO"],
  ["Date"],
  ["Salesman", "salesman"],
  ...["ShippingTerms", "PaymentTerms", "FOB"].map((name) => [name] as const),
  ["Note", "note"],
  ...["QuickBooksClassName", "LocationGroupName", "OrderDateScheduled"].map((name) => [name] as const),
  ["URL", "url"],
  ...["CarrierService", "CurrencyName", "CurrencyRate", "PriceIsHomeCurrency", "DateExpired"].map((name) => [name] as const),
  ["Phone", "phone"],
  ["Email", "email"],
  ["Category"],
];

const itemColumns: readonly (readonly [string, (keyof typeof itemFields)?])[] = [
  ["Flag"],
  ["SOItemTypeID", "typeId"],
  ["ProductNumber", "productNum"],
  ["ProductDescription", "description"],
  ["ProductQuantity", "qtyOrdered"],
  ["UOM"],
  ["ProductPrice", "unitPrice"],
  ["Taxable", "taxableFlag"],
  ["TaxCode"],
  ["Note", "note"],
  ...["ItemQuickBooksClassName", "ItemDateScheduled", "ShowItem", "KitItem", "RevisionLevel"].map((name) => [name] as const),
  ["CustomerPartNumber", "customerPartNum"],
];

const written = orderColumns.flatMap(([, field]) => (field === undefined ? [] : [field]));

export const orderFields: Readonly<Record<string, Partial<Field>>> = {
  ...Object.fromEntries(written.map((name) => [name, { readOnly: "after-create" as const }])),
  num: { required: true, readOnly: "after-create" },
  customerId: { required: true, readOnly: "after-create" },
  statusId: { readOnly: "after-create", about: "A new order is an estimate (10) or issued (20)." },
};

interface OrderDraft extends Draft {
  readonly num: string;
}

/** What a second import of a number does is not known, so orders are made once and never changed. */
export async function createOrders(api: Api, model: TableModel, records: readonly DataRecord[], call: Call): Promise<readonly Outcome[]> {
  if (records.length === 0) return [];
  const there = await byNums(
    api,
    model,
    records.map(({ num }) => num),
    call,
  );
  const customers = await customerNames(
    api,
    records.map(({ customerId }) => customerId),
    call,
  );
  const custom = customFieldsOf(api, "sales_orders");
  const seen = new Set<string>();
  const drafts = await Promise.all(
    records.map((record) =>
      attempt(() => {
        const num = String(record.num ?? "").toLowerCase();
        const before = there.get(num);
        if (before !== undefined || seen.has(num))
          throw refuse(`Fishbowl has an order ${String(record.num)} already${before === undefined ? "" : `: ${String(before.id)}`}.`, {
            code: "fishbowl/exists",
            field: "num",
          });
        seen.add(num);
        return draftOf(record, { customers, custom });
      }),
    ),
  );
  const header = [[...orderColumns.map(([name]) => name), ...custom.map((label) => `CF-${label}`)], itemColumns.map(([name]) => name)];
  const plan = {
    name: api.options.imports.salesOrders,
    header,
    safeToRepeat: false,
    find: async (some: readonly OrderDraft[]) => {
      const now = await byNums(
        api,
        model,
        some.map(({ num }) => num),
        call,
      );
      return new Map(
        some.flatMap((draft) => {
          const record = now.get(draft.num.toLowerCase());
          return record === undefined ? [] : [[draft, record] as const];
        }),
      );
    },
  };
  const outcomes = await importRecords(
    api,
    plan,
    drafts.flatMap((draft) => ("value" in draft ? [draft.value] : [])),
    call,
  );
  return drafts.map((draft) => {
    if ("error" in draft) return refused(draft.error);
    const error = new VendorError(`Nothing is known of ${draft.value.title}.`, {
      code: "fishbowl/not-looked-up",
      next: "hold-record",
      inDoubt: true,
    });
    return outcomes.get(draft.value) ?? refused(error);
  });
}

interface Ground {
  readonly customers: ReadonlyMap<string, string>;
  readonly custom: readonly string[];
}

function draftOf(record: DataRecord, { customers, custom }: Ground): OrderDraft {
  const { num, customerId, items = [], statusId } = record;
  if (typeof num !== "string" || num.trim() === "")
    throw refuse("An order needs a number of yours: one that Fishbowl gives out could not be found again.", { field: "num" });
  const customer = customers.get(String(customerId));
  if (customer === undefined) throw refuse(`Fishbowl has no customer ${String(customerId)}.`, { field: "customerId" });
  if (statusId !== undefined && statusId !== null && statusId !== 10 && statusId !== 20)
    throw refuse("A new order is an estimate (10) or issued (20).", { field: "statusId" });
  for (const name of Object.keys(record))
    if (name !== "items" && !written.includes(name) && !custom.includes(name))
      throw refuse(`Fishbowl's import of orders has no column for ${name}.`, { field: name });
  const given = { ...record, statusId: statusId ?? 10, customerId: customer };
  const order = orderColumns.map(([, field]) => (field === undefined ? "" : cellOf(field, given[field as keyof typeof given])));
  return {
    title: `the order ${num}`,
    num,
    rows: [["SO", ...order.slice(1), ...custom.map((label) => cellOf(label, record[label]))], ...itemRows(items)],
    set: record,
    created: true,
  };
}

function itemRows(items: unknown): readonly (readonly string[])[] {
  if (items !== null && !Array.isArray(items)) throw refuse("The items of an order are a list.", { field: "items" });
  return (items ?? []).map((item: unknown) => {
    if (!isObject(item)) throw refuse("An item of an order is an object.", { field: "items" });
    const unknown = Object.keys(item).find((name) => !(name in itemFields));
    if (unknown !== undefined) throw refuse(`Fishbowl's import of orders has no column for ${unknown} of an item.`, { field: "items" });
    const cells = itemColumns.map(([, field]) =>
      field === undefined ? "" : cellOf(`items.${field}`, field === "typeId" ? (item.typeId ?? 10) : item[field]),
    );
    return ["Item", ...cells.slice(1)];
  });
}

async function byNums(api: Api, model: TableModel, nums: readonly unknown[], call: Call): Promise<ReadonlyMap<string, DataRecord>> {
  const asked = [...new Set(nums.filter((num) => typeof num === "string" && num !== ""))] as readonly string[];
  const there = new Map<string, DataRecord>();
  for (const some of chunks(asked, 30))
    for (const record of await select(api, model, `t.num IN ${list(some)}`, call)) there.set(String(record.num).toLowerCase(), record);
  return there;
}

async function customerNames(api: Api, keys: readonly unknown[], call: Call): Promise<ReadonlyMap<string, string>> {
  const ids = [...new Set(keys.map(String).filter(isId).map(Number))];
  const names = new Map<string, string>();
  for (const some of chunks(ids, 200)) {
    const sql = `SELECT t.id, t.name, (SELECT p.name FROM customer p WHERE p.id = t.parentId) AS parentName FROM customer t WHERE t.id IN ${list(some)} ORDER BY t.id`;
    for (const row of await api.query(sql, call)) {
      const parent = row.get("parentname");
      names.set(String(row.get("id")), `${typeof parent === "string" ? `${parent}:` : ""}${String(row.get("name"))}`);
    }
  }
  return names;
}
