import { conformance } from "@fieldwright/connector-kit/conformance";
import zoho from "@fieldwright/connector-zoho";
import { createSimulator } from "@fieldwright/connector-zoho/simulator";
import { writes } from "./write-trials.js";

conformance({
  connector: zoho,
  simulate: (size = 23) => createSimulator({ size }),
  // All but users and the logs of deletions, which are read by tests of their own.
  streams: ["Leads", "Contacts", "Accounts", "Deals", "Tasks", "Sites"],
  writes,
  finds: { Contacts: ["Email", "External_Ref", "Last_Name"], Sites: ["Site_Code"], Accounts: ["Employees"] },
});
