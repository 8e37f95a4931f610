import type { DataRecord } from "@fieldwright/connector-kit";
import { addressRow, contactRow, customerRow } from "./data/customer-rows.js";
import { linesUpTo, orderItemRow, orderRow } from "./data/order-rows.js";
import { contactTypes, countries, states } from "./data/places.js";
import {
  inventoryRow,
  partRow,
  pluginInfoRow,
  productRow,
  purchaseOrderItemRow,
  purchaseOrderRow,
  userRow,
  vendorRow,
} from "./data/stock-rows.js";
import { localStamp } from "./local-time.js";
import type { Settings } from "./options.js";
import { audited, schema, stamped } from "./schema.js";
import type { Database } from "./sql/scope.js";
import { createStore, type Store } from "./store.js";

export interface FishbowlDatabase extends Database {
  readonly settings: Settings;
  table(name: string): Store;
  /** Rows that no table of the database is known for. */
  readonly inventory: Store;
  readonly pluginInfo: Store;
  nextId(table: string): number;
}

type Made = readonly [count: number, at: (index: number) => DataRecord];

export function createDatabase(settings: Settings): FishbowlDatabase {
  const stores = new Map<string, Store>();
  const made = generated(settings);
  const audit = createAudit(settings, made);
  const localNow = (now: Date): string => localStamp(now, settings.timeZone);
  for (const [table, all] of Object.entries(schema)) {
    const columns = without(all, settings.lacks[table] ?? []);
    const [count, at] = made[table] ?? [0, () => ({})];
    const store = createStore({
      columns,
      count,
      at,
      ...(stamped.includes(table) ? { touch: (row: DataRecord, now: Date) => ({ ...row, dateLastModified: localNow(now) }) } : {}),
      changed: (before, after) => audit.note(table, before, after),
    });
    store.useClock(() => settings.clock.now());
    stores.set(table, store);
  }
  for (const [name, store] of audit.stores) stores.set(name, store);
  stores.set("information_schema.columns", describedBy([...stores]));
  const next = new Map<string, number>();
  const table = (name: string): Store => {
    const store = stores.get(name);
    if (!store) throw new Error(`There is no table ${name}.`);
    return store;
  };
  return {
    settings,
    table,
    store: (name) => stores.get(name),
    now: () => settings.clock.now(),
    timeZone: settings.timeZone,
    inventory: createStore({ columns: {}, count: settings.sizes.products, at: (index) => inventoryRow(settings, index) }),
    pluginInfo: createStore({ columns: {}, count: settings.sizes.pluginInfo, at: (index) => pluginInfoRow(settings, index) }),
    nextId(name) {
      const id = next.get(name) ?? (made[name]?.[0] ?? settings.sizes.pluginInfo) + 1;
      next.set(name, id + 1);
      return id;
    },
  };
}

function generated(settings: Settings): Readonly<Record<string, Made>> {
  const { sizes } = settings;
  return {
    customer: [sizes.customers, (index) => customerRow(settings, index)],
    address: [sizes.customers, (index) => addressRow(settings, index)],
    contact: [2 * sizes.customers, (index) => contactRow(settings, index)],
    so: [sizes.salesOrders, (index) => orderRow(settings, index)],
    soitem: [linesUpTo(sizes.salesOrders), (index) => orderItemRow(settings, index)],
    part: [sizes.products, (index) => partRow(settings, index)],
    product: [sizes.products, (index) => productRow(settings, index)],
    vendor: [sizes.vendors, (index) => vendorRow(settings, index)],
    po: [sizes.purchaseOrders, (index) => purchaseOrderRow(settings, index)],
    poitem: [2 * sizes.purchaseOrders, (index) => purchaseOrderItemRow(settings, index)],
    sysuser: [sizes.users, (index) => userRow(settings, index)],
    stateconst: [states.length, (index) => ({ id: index + 1, code: states[index]?.[0], name: states[index]?.[1] })],
    countryconst: [countries.length, (index) => ({ id: index + 1, abbreviation: countries[index]?.[0], name: countries[index]?.[1] })],
    contacttype: [contactTypes.length, (index) => ({ id: index + 1, name: contactTypes[index] })],
  };
}

interface Audit {
  readonly stores: ReadonlyMap<string, Store>;
  note(table: string, before: DataRecord | undefined, after: DataRecord | undefined): void;
}

/** `x_aud` beside `x`: each revision of each row, under a number that all tables share. */
function createAudit(settings: Settings, made: Readonly<Record<string, Made>>): Audit {
  const stores = new Map<string, Store>();
  let revision = 0;
  for (const table of audited) {
    const [count, at] = made[table] ?? [0, () => ({})];
    const first = revision;
    revision += count;
    const columns = {
      ...without(schema[table] ?? {}, ["dateLastModified", ...(settings.lacks[table] ?? [])]),
      REV: "bigint",
      REVTYPE: "tinyint",
    };
    stores.set(
      `${table}_aud`,
      createStore({
        key: "event",
        columns,
        count,
        at: (index) => ({ ...at(index), event: index + 1, REV: first + index + 1, REVTYPE: 0 }),
      }),
    );
  }
  const columns = { id: "bigint", modifiedUserId: "int", timestamp: "bigint" };
  stores.set("revinfo", createStore({ columns, count: revision, at: (index) => ({ id: index + 1, modifiedUserId: 1, timestamp: 0 }) }));
  return {
    stores,
    note(table, before, after) {
      const store = stores.get(`${table}_aud`);
      if (!store) return;
      revision += 1;
      // Of a row that was deleted its id alone is kept.
      const row = after ?? { id: before?.id };
      store.add({ ...row, event: store.size + 1, REV: revision, REVTYPE: after === undefined ? 2 : before === undefined ? 0 : 1 });
      stores.get("revinfo")?.add({ id: revision, modifiedUserId: 1, timestamp: settings.clock.now().getTime() });
    },
  };
}

function describedBy(stores: readonly (readonly [string, Store])[]): Store {
  const rows = stores.flatMap(([table, { columns }]) =>
    Object.entries(columns).map(([name, type], index) => ({
      TABLE_SCHEMA: "fishbowl",
      TABLE_NAME: table,
      COLUMN_NAME: name,
      DATA_TYPE: type,
      ORDINAL_POSITION: index + 1,
    })),
  );
  const columns = Object.fromEntries(
    ["TABLE_SCHEMA", "TABLE_NAME", "COLUMN_NAME", "DATA_TYPE", "ORDINAL_POSITION"].map((name) => [name, "varchar"]),
  );
  return createStore({ columns, count: rows.length, at: (index) => ({ ...rows[index], id: index + 1 }) });
}

function without(columns: Readonly<Record<string, string>>, lacking: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(columns).filter(([name]) => !lacking.includes(name)));
}
