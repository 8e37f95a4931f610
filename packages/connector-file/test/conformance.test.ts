import file from "@fieldwright/connector-file";
import { conformance } from "@fieldwright/connector-kit/conformance";
import { simulate } from "./simulate.js";

conformance({
  connector: file,
  simulate,
  streams: "all",
  finds: { customers: ["zip", "name"], orders: ["no"], jobs: ["title", "open"], log: ["zip"] },
});
