import type { Subject } from "../../src/testing/index.js";
import { acorn } from "./connector.js";
import { startAcorn } from "./simulator.js";

export const acornSubject: Subject = {
  connector: acorn,
  simulate: startAcorn,
  streams: "all",
  finds: { trees: ["tag"] },
  writes: [
    {
      stream: "trees",
      record: (n) => ({ tag: `NEW-${n}`, kind: "oak", height: n + 0.5, growerId: "g-1" }),
      change: { height: 99.5, kind: "ash" },
      upsertOn: ["tag"],
    },
  ],
};
