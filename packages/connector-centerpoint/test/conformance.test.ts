import centerpoint from "@fieldwright/connector-centerpoint";
import { conformance } from "@fieldwright/connector-kit/conformance";
import { simulate } from "./simulate.js";
import { writes } from "./write-trials.js";

conformance({
  connector: centerpoint,
  simulate,
  streams: "all",
  writes,
  finds: {
    companies: ["id", "name"],
    profiles: ["companyId"],
    employees: ["name", "email"],
    properties: ["name"],
    services: ["name"],
    products: ["productionId"],
    model_files: ["subjectId"],
  },
});
