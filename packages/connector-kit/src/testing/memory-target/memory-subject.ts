import type { Skips } from "../conformance-cases.js";
import type { Subject } from "../subject.js";
import { memoryTarget } from "./memory-connector.js";
import type { Oddities } from "./oddities.js";
import { startMemoryTarget } from "./start-memory-target.js";

const roundTrip = "writes round-trip: what was created, updated and deleted is read so afterwards";

/** The memory target before the suite. Its writes are such that every oddity shows in them. */
export function memorySubject(oddities: Oddities = {}): Subject {
  return {
    connector: memoryTarget as unknown as Subject["connector"],
    simulate: (size) => startMemoryTarget({ size: size ?? 23, oddities }),
    streams: "all",
    finds: { contacts: ["email", "owner"], deals: ["contact_id"] },
    writes: [
      {
        stream: "contacts",
        record: (n) => ({
          name: `New ${n}`,
          email: `new-${n}@example.test`,
          phone: `+18015550${100 + n}`,
          status: "lead",
          tags: ["a", "b"],
          note: oddities.cuts ? "n".repeat(201) : "Called.",
        }),
        change: { phone: "+18015550199", owner: "Elva", status: "customer" },
      },
      {
        stream: "deals",
        record: (n) => ({ title: `Deal ${n}`, pipeline: "sales", stage: "new", value: `${n}.125`, contact_id: "c1" }),
        change: { stage: "won", value: "99.995" },
      },
    ],
  };
}

/** The promises that a vendor with these oddities cannot keep, by name, and why. */
export function memorySkips(oddities: Oddities): Skips {
  const contacts = [
    ...(oddities.drops?.length ? [`an update leaves ${oddities.drops.join(", ")} as they were and says nothing`] : []),
    ...(oddities.cuts ? ["text that is too long is cut off"] : []),
    ...(oddities.normalises ? ["telephone numbers are written anew"] : []),
  ];
  return {
    ...(contacts.length > 0 ? { [`contacts: ${roundTrip}`]: contacts.join("; ") } : {}),
    ...(oddities.normalises ? { [`deals: ${roundTrip}`]: "amounts are rounded to two places" } : {}),
  };
}
