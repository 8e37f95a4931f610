import { conformance } from "@fieldwright/connector-kit/conformance";
import { createSimulator } from "@fieldwright/connector-payload/simulator";
import { subjectOf } from "./subject.js";

conformance(subjectOf((size = 23) => createSimulator({ size })));
