import copper from "@fieldwright/connector-copper";
import { conformance } from "@fieldwright/connector-kit/conformance";
import { simulate } from "./simulate.js";
import { writes } from "./write-trials.js";

conformance({
  connector: copper,
  simulate,
  streams: "all",
  writes,
  finds: {
    leads: ["id", "name", "email_address", "Trade"],
    people: ["id", "name", "email_address", "company_id"],
    companies: ["name", "email_domain", "Trade"],
    opportunities: ["name", "company_id", "primary_contact_id"],
    projects: ["name"],
    tasks: ["name"],
  },
});
