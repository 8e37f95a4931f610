import fishbowl from "@fieldwright/connector-fishbowl";
import { conformance } from "@fieldwright/connector-kit/conformance";
import { simulate } from "./simulate.js";
import { writes } from "./write-trials.js";

conformance({
  connector: fishbowl,
  simulate,
  streams: "all",
  writes,
  finds: {
    customers: ["id", "name", "number", "accountId"],
    addresses: ["accountId", "city"],
    contacts: ["datus", "accountId"],
    sales_orders: ["num", "customerId"],
    sales_order_items: ["soId", "productNum"],
    products: ["num"],
    vendors: ["name"],
    external_ids: ["channelId", "recordId"],
  },
});
