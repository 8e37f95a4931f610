import { conformance } from "@fieldwright/connector-kit/conformance";
import servicetitan from "@fieldwright/connector-servicetitan";
import { simulate } from "./simulate.js";
import { finds, streams, writes } from "./trials.js";

const hidden = "ServiceTitan lists active contacts only; those that are not any more come by the feed alone";
const get = "get gives the records asked for, and leaves out those that do not exist";

conformance({
  connector: servicetitan,
  simulate,
  streams,
  writes,
  finds,
  skip: {
    [`customer_contacts: ${get}`]: hidden,
    [`location_contacts: ${get}`]: hidden,
    "customer_contacts: find gives every record with the values asked for, and no other": hidden,
  },
});
