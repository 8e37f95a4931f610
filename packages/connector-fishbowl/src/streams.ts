import type { Call, Field, Stream } from "@fieldwright/connector-kit";
import { addressFields, createAddresses, updateAddresses } from "./address-writes.js";
import type { Api } from "./api.js";
import { addresses, contacts, customers } from "./customer-kinds.js";
import { createCustomers, customerColumns, updateCustomers, upsertCustomers } from "./customer-writes.js";
import { deletedStream } from "./deleted.js";
import { externalIds } from "./external-ids.js";
import { inventory } from "./inventory.js";
import { itemFields } from "./order-items.js";
import { purchaseOrderItems, purchaseOrders, salesOrderItems, salesOrders } from "./order-kinds.js";
import { createOrders, orderFields } from "./order-writes.js";
import { parts, products, users, vendors } from "./stock-kinds.js";
import { customFieldsOf, modelsOf, type TableModel } from "./table-model.js";
import { tableStream } from "./table-stream.js";

const kinds = [
  ...[customers, addresses, contacts, salesOrders, salesOrderItems, parts, products],
  ...[vendors, purchaseOrders, purchaseOrderItems, users],
];

export async function streamsOf(api: Api, call: Call): Promise<readonly Stream[]> {
  const models = await modelsOf(api, kinds, call);
  return [
    ...models.map((model) => withWrites(api, model)),
    ...models.filter((model) => model.audited).map((model) => deletedStream(api, model)),
    inventory(api),
    externalIds(api),
  ];
}

function withWrites(api: Api, model: TableModel): Stream {
  const stream = tableStream(api, model);
  switch (model.kind) {
    case customers:
      return {
        ...stream,
        fields: writable(stream.fields, customerFields(api)),
        archive: { activeFlag: false },
        batchSize: 100,
        create: (records, call) => createCustomers(api, model, records, call),
        update: (updates, call) => updateCustomers(api, model, updates, call),
        upsert: (records, on, call) => upsertCustomers(api, model, { records, on, call }),
      };
    case addresses:
      return {
        ...stream,
        fields: writable(stream.fields, addressFields),
        batchSize: 100,
        create: (records, call) => createAddresses(api, model, records, call),
        update: (updates, call) => updateAddresses(api, model, updates, call),
      };
    case salesOrders: {
      const items: Field = { type: "list", readOnly: "after-create", of: { type: "object", fields: itemFields } };
      const custom = Object.fromEntries(customFieldsOf(api, "sales_orders").map((name) => [name, { readOnly: "after-create" as const }]));
      return {
        ...stream,
        fields: { ...writable(stream.fields, { ...orderFields, ...custom }), items },
        batchSize: 100,
        sideEffects: "An issued order reserves stock. An order cannot be changed or deleted afterwards; it is voided by hand in Fishbowl.",
        create: (records, call) => createOrders(api, model, records, call),
      };
    }
    default:
      return stream;
  }
}

function customerFields(api: Api): Readonly<Record<string, Partial<Field>>> {
  return {
    ...Object.fromEntries(Object.keys(customerColumns(api)).map((name) => [name, {}])),
    name: { required: true, readOnly: "after-create" },
    parentId: { readOnly: "after-create" },
  };
}

/** Only what an import has a column for can be written. */
function writable(fields: Stream["fields"], open: Readonly<Record<string, Partial<Field>>>): Stream["fields"] {
  const entries = Object.entries(fields).map(([name, { readOnly: _closed, ...field }]): [string, Field] => {
    const more = open[name];
    return [name, more === undefined ? { ...field, readOnly: true } : { ...field, ...more }];
  });
  return Object.fromEntries(entries);
}
