import { conformance } from "@fieldwright/connector-kit/conformance";
import { afterAll, inject } from "vitest";
import { subjectOf } from "../../../packages/connector-payload/test/subject.js";
import { createRealSite } from "./real-site.js";

const site = await createRealSite({ postgresUrl: inject("databaseUrl") });
afterAll(() => site.close());

conformance(subjectOf((size) => site.simulate(size)));
