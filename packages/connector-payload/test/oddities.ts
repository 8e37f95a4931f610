import type { Simulator } from "@fieldwright/connector-kit/testing";
import { type CollectionDefinition, crmCollections } from "@fieldwright/connector-payload/simulator";
import { describe, onTestFinished } from "vitest";
import type { Begin } from "./begin.js";
import { concurrentReads, identity, searches } from "./odd-reads.js";
import { refusals, relations, values } from "./odd-writes.js";

/** Of which strangers see a part. */
export const oddCollections: readonly CollectionDefinition[] = [
  ...crmCollections,
  {
    slug: "news",
    rule: "published-to-strangers",
    fields: [
      { name: "title", type: "text" },
      { name: "published", type: "checkbox" },
    ],
  },
];
/** Into which nobody may look. */
export const vault: CollectionDefinition = { slug: "vault", rule: "nobody", fields: [{ name: "name", type: "text" }] };

/** How Payload is odd, and what the connector makes of it: judged on the simulator and on the real server alike. */
export function oddities(start: (size: number) => Promise<Simulator>): void {
  const begin: Begin = async (size = 8) => {
    const simulator = await start(size);
    onTestFinished(() => simulator.close());
    return simulator;
  };
  describe("relations", () => relations(begin));
  describe("refusals", () => refusals(begin));
  describe("values", () => values(begin));
  describe("searches", () => searches(begin));
  describe("reads while others write", () => concurrentReads(begin));
  describe("who asks", () => identity(begin));
}
