import fishbowl from "@fieldwright/connector-fishbowl";
import type { DataRecord } from "@fieldwright/connector-kit";
import { conformance } from "@fieldwright/connector-kit/conformance";
import type { Simulator } from "@fieldwright/connector-kit/testing";
import { simulate } from "./simulate.js";

// In the order in which the server counted them.
const streams = ["customers", "sales_orders", "sales_order_items", "parts", "products", "vendors", "purchase_orders", "addresses"];

/** As the usual one, with each record's latest revision beside it: revisions are counted through all tables, one table after the other. */
async function simulateAudited(size = 23): Promise<Simulator> {
  const simulator = await simulate(size);
  const { holds, add, change, remove } = simulator;
  const revisions = new Map<string, number>();
  let revision = 0;
  for (const stream of streams)
    for (const record of holds.call(simulator, stream)) {
      revision += 1;
      revisions.set(`${stream}/${String(record.id)}`, revision);
    }
  const told = (stream: string, record: DataRecord): DataRecord =>
    streams.includes(stream) ? { ...record, revision: revisions.get(`${stream}/${String(record.id)}`) } : record;
  const noted = (stream: string, key: string): void => {
    if (!streams.includes(stream)) return;
    revision += 1;
    revisions.set(`${stream}/${key}`, revision);
  };
  return Object.assign(simulator, {
    holds: (stream: string) => holds.call(simulator, stream).map((record) => told(stream, record)),
    add(stream: string, record: DataRecord) {
      const added = add.call(simulator, stream, record);
      noted(stream, String(added.id));
      return told(stream, added);
    },
    change(stream: string, key: string, set: DataRecord) {
      const changed = change.call(simulator, stream, key, set);
      noted(stream, key);
      return told(stream, changed);
    },
    remove(stream: string, key: string) {
      remove.call(simulator, stream, key);
      noted(stream, key);
    },
  });
}

conformance({
  connector: fishbowl,
  simulate: simulateAudited,
  options: (simulator) => ({ ...simulator.options, incremental: "audit" }),
  streams: ["customers", "sales_orders", "products", "addresses"],
});
