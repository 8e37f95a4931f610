import { afterAll, inject } from "vitest";
import { oddCollections, oddities, vault } from "../../../packages/connector-payload/test/oddities.js";
import { createRealSite } from "./real-site.js";

const site = await createRealSite({ postgresUrl: inject("databaseUrl"), collections: oddCollections, closed: [vault] });
afterAll(() => site.close());

oddities((size) => site.simulate(size));
