import type { DataRecord } from "@fieldwright/connector-kit";
import type { Simulator } from "@fieldwright/connector-kit/testing";
import { createSimulator } from "@fieldwright/connector-servicetitan/simulator";

/** What the connector adds to rows, by stream. */
const added: Readonly<Record<string, (row: DataRecord) => DataRecord>> = {
  customer_contacts: (row) => ({ ...row, key: `${row.customerId}-${row.id}` }),
  location_contacts: (row) => ({ ...row, key: `${row.locationId}-${row.id}` }),
  estimates: (row) => ({ ...row, statusName: (row.status as { readonly name: string }).name }),
  services: (row) => ({ ...row, categoryIds: (row.categories as readonly { readonly id: number }[]).map(({ id }) => id) }),
};

/** A tenant with about `size` records of each kind, whose truth carries what the connector adds. Pages of feeds are as small as those asked for. */
export async function simulate(size = 23): Promise<Simulator> {
  const simulator = await createSimulator({ size, feedPageSize: size > 100 ? 500 : 5 });
  const as = (stream: string, row: DataRecord): DataRecord => added[stream]?.(row) ?? row;
  const ownId = (key: string): string => key.split("-").at(-1) ?? key;
  const { holds, add, change, remove } = simulator;
  return Object.assign(simulator, {
    holds: (stream: string) => holds(stream).map((row) => as(stream, row)),
    add: (stream: string, record: DataRecord) => as(stream, add(stream, record)),
    change: (stream: string, key: string, set: DataRecord) => as(stream, change(stream, ownId(key), set)),
    remove: (stream: string, key: string) => remove(stream, ownId(key)),
  });
}
