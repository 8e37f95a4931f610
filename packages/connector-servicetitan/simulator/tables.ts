import type { Table, Tables } from "@fieldwright/connector-kit/testing";
import { type Kind, kinds } from "./kinds.js";
import { lists } from "./lists.js";
import type { Row } from "./store.js";
import type { Tenant } from "./tenant.js";

/** The tenant as streams of rows: what its feeds give when read whole, or its lists where there is no feed. */
export function tablesOf(tenant: Tenant): Tables {
  return Object.fromEntries(kinds.map((kind) => [kind, tableOf(tenant, kind)]));
}

function tableOf(tenant: Tenant, kind: Kind): Table {
  const store = tenant.stores[kind];
  const fed = lists.every((list) => list.kind !== kind || list.feed !== undefined);
  const rows = (): Iterable<Row> => (fed ? store.all() : store.present());
  const get = (key: string | number): Row | undefined => store.get(Number(key));
  return {
    key: "id",
    get size() {
      return store.size;
    },
    get,
    has: (key) => get(key) !== undefined,
    slice: (offset, limit) => [...rows()].slice(offset, offset + limit),
    filter: (test) => [...rows()].filter(test),
    add: (record) => tenant.add(kind, record),
    change: (key, set) => tenant.change(kind, Number(key), set),
    remove: (key) => tenant.remove(kind, Number(key)),
    useClock: () => undefined, // the tenant has the clock already
    [Symbol.iterator]: () => rows()[Symbol.iterator]() as IterableIterator<Row>,
  };
}
