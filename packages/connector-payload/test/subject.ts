import type { Conformance, WriteTrial } from "@fieldwright/connector-kit/conformance";
import type { Simulator } from "@fieldwright/connector-kit/testing";
import payload from "@fieldwright/connector-payload";

/** The schema of the three collections, as an owner writes it into the options. */
export const collections = {
  pipelines: { fields: { name: { type: "text", required: true }, key: { type: "text", unique: true }, order: { type: "number" } } },
  contacts: {
    fields: {
      externalId: { type: "text", unique: true },
      firstName: { type: "text" },
      lastName: { type: "text", required: true },
      email: { type: "email" },
      phone: { type: "text" },
      subscribed: { type: "checkbox" },
      birthday: { type: "date" },
      tags: { type: "text", hasMany: true },
      address: { type: "group", fields: { street: { type: "text" }, city: { type: "text" }, zip: { type: "text" } } },
      extra: { type: "json" },
    },
  },
  opportunities: {
    fields: {
      externalId: { type: "text", unique: true },
      name: { type: "text", required: true },
      status: { type: "select", options: ["open", "won", "lost", "abandoned"] },
      amount: { type: "number" },
      closeDate: { type: "date" },
      contact: { type: "relationship", relationTo: "contacts" },
      pipeline: { type: "relationship", relationTo: "pipelines" },
      helpers: { type: "relationship", relationTo: "contacts", hasMany: true },
      subject: { type: "relationship", relationTo: ["contacts", "pipelines"] },
      lineItems: { type: "array", fields: { title: { type: "text", required: true }, price: { type: "number" } } },
    },
  },
} as const;

const writes: readonly WriteTrial[] = [
  {
    stream: "pipelines",
    record: (n) => ({ name: `Trial ${n}`, key: `trial-${n}`, order: 7.5 }),
    change: { name: "Renamed", order: null },
  },
  {
    stream: "contacts",
    record: (n) => ({
      externalId: `trial-${n}`,
      firstName: "Trial",
      lastName: `O'Contact & Söhne ${n}`,
      email: `trial-${n}@example.test`,
      phone: "+15550100000",
      subscribed: false,
      birthday: "1990-02-28T00:00:00.000Z",
      tags: ["one, two", "three"],
      address: { street: "1 Elm Street", city: "Acornville", zip: "01234" },
      extra: { nested: [1, { "a key": null }] },
    }),
    change: { firstName: null, subscribed: true, tags: [], address: { street: null, city: "Birchport", zip: "01234" }, extra: null },
  },
  {
    stream: "opportunities",
    record: (n) => ({
      externalId: `trial-${n}`,
      name: `Trial ${n}`,
      status: "open",
      amount: 1234.56,
      closeDate: "2026-12-31T00:00:00.000Z",
      contact: 1,
      pipeline: 2,
      helpers: [3, 1],
      subject: { relationTo: "pipelines", value: 1 },
    }),
    change: { status: "won", amount: 0, contact: 2, helpers: [], pipeline: null },
  },
];

/** What the suite is told: the same for the simulator and for the real server. */
export function subjectOf(simulate: (size?: number) => Promise<Simulator>): Conformance {
  return {
    connector: payload,
    simulate,
    options: (simulator) => ({ ...simulator.options, collections }),
    streams: ["pipelines", "contacts", "opportunities"],
    writes,
    finds: {
      pipelines: ["key", "order", "name"],
      contacts: ["externalId", "email", "phone", "lastName", "subscribed"],
      opportunities: ["externalId", "amount", "status", "contact", "closeDate"],
    },
  };
}
