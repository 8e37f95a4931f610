import file from "@fieldwright/connector-file";
import { conformance } from "@fieldwright/connector-kit/conformance";
import { simulate } from "./simulate.js";

conformance({
  connector: file,
  simulate,
  streams: "all",
  writes: [
    {
      stream: "customers",
      record: (n) => ({ id: 5000 + n, name: `New "${n}"; and more`, zip: "00420", note: "one\ntwo\r\nthree" }),
      change: { name: "Changed, twice", zip: "09999", note: null },
    },
    { stream: "log", record: (n) => ({ id: `x${n}`, name: "Añe, Łukasz", zip: "00007", note: null }), change: {} },
  ],
  finds: { customers: ["zip", "name"], orders: ["no"], jobs: ["title", "open"], log: ["zip"] },
});
