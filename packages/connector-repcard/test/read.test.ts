import { describe, expect, test } from "vitest";
import { connect } from "./connect.js";

const small = {
  customers: 12,
  appointments: 60,
  statusLogs: 30,
  customerAttachments: 6,
  appointmentAttachments: 6,
  notes: 8,
  users: 6,
  offices: 3,
  teams: 7,
};

describe("days", () => {
  test.each([true, false])(
    "appointments of whole days, first and last included and no other, whether the vendor leaves its last day out (%s) or not",
    async (toDateExclusive) => {
      const { simulator, read } = await connect({ company: { sizes: small, toDateExclusive } });
      const held = simulator.holds("appointments");
      const days = held.map((record) => String(record.startAt).slice(0, 10)).sort();
      const window = { from: days[20] ?? "", to: days[40] ?? "" };
      const wanted = held.filter(
        (record) => String(record.startAt).slice(0, 10) >= window.from && String(record.startAt).slice(0, 10) <= window.to,
      );
      const got = await read("appointments", { window });
      expect(got.map((record) => record.id)).toEqual(wanted.map((record) => record.id));
      expect(wanted.length).toBeGreaterThan(0);
      expect(wanted.length).toBeLessThan(held.length);
    },
  );

  test("a single day of appointments gives its appointments, though from = to gives nothing at the vendor's", async () => {
    const { simulator, read } = await connect({ company: { sizes: small } });
    const day = String(simulator.holds("appointments")[30]?.startAt).slice(0, 10);
    expect((await read("appointments", { window: { from: day, to: day } })).length).toBeGreaterThan(0);
  });

  test("status logs and appointments always ask for dates, also when everything is wanted: the vendor refuses without", async () => {
    const { simulator, read } = await connect({ company: { sizes: small, statusLogsWithoutDates: "refuse" } });
    expect(await read("status_logs")).toHaveLength(30);
    await read("appointments");
    expect(simulator.traffic.paths().every((path) => path.includes("from_date=2000-01-01") && path.includes("to_date=2099-12-31"))).toBe(
      true,
    );
  });

  test("an attachment added since is found by the clock, though its row carries no time", async () => {
    const { simulator, read } = await connect({ company: { sizes: small } });
    const before = simulator.clock.now().toISOString();
    const added = simulator.add("customer_attachments", {});
    const alsoAdded = simulator.add("appointment_attachments", {});
    const since = new Date(Date.parse(before) - 86_400_000).toISOString();
    expect((await read("customer_attachments", { since })).map((record) => record.id)).toContain(added.id);
    expect((await read("appointment_attachments", { since })).map((record) => record.id)).toContain(alsoAdded.id);
    const all = await read("customer_attachments");
    expect((await read("customer_attachments", { since })).length).toBeLessThan(all.length);
  });

  test("customers of a span of days are those created in it, and changed ones are asked for by another filter", async () => {
    const { simulator, read } = await connect({ company: { sizes: small } });
    const [first] = simulator.holds("customers");
    const day = String(first?.createdAt).slice(0, 10);
    simulator.change("customers", String(first?.id), { city: "Yuma" });
    expect((await read("customers", { window: { from: day, to: day } })).map((record) => record.id)).toContain(first?.id);
    expect((await read("customers", { since: simulator.clock.now().toISOString() })).map((record) => record.id)).toEqual([first?.id]);
  });

  test("rows of the widened days are left out again where they carry their time, to the microsecond", async () => {
    const { simulator, read } = await connect({ company: { sizes: small } });
    for (const [name, field] of [
      ["customers", "updatedAt"],
      ["status_logs", "createdAt"],
    ] as const) {
      const held = simulator
        .holds(name)
        .map((record) => String(record[field]))
        .sort();
      const [since, until] = [String(held[3]).replace("000Z", "001Z"), held[8] ?? ""];
      const got = (await read(name, { since, until })).map((record) => String(record[field])).sort();
      expect(got).toEqual(held.slice(4, 9));
    }
    const created = simulator
      .holds("customers")
      .map((record) => String(record.createdAt))
      .sort();
    const from = new Date(Date.parse(created[0] ?? "") + 86_400_000).toISOString().slice(0, 10);
    const got = (await read("customers", { window: { from, to: "2099-01-01" } })).map((record) => String(record.createdAt)).sort();
    expect(got).toEqual(created.filter((moment) => moment >= from));
    expect(got.length).toBeLessThan(created.length);
  });

  test("the zone of the account goes with appointments only", async () => {
    const { simulator, read } = await connect({ company: { sizes: small }, options: { timeZone: "America/Phoenix" } });
    expect(await read("appointments")).toHaveLength(simulator.holds("appointments").length);
  });
});

describe("what comes as it is", () => {
  test("times of appointments stay the vendor's text: UTC without saying so, and declared so", async () => {
    const { read, stream } = await connect({ company: { sizes: small } });
    expect((await read("appointments"))[0]?.startAt).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
    expect(stream("appointments").fields.startAt).toMatchObject({ type: "datetime", zoneless: true });
  });

  test("custom fields come as further fields of a customer, and relations only when asked for", async () => {
    const { read, stream } = await connect({ company: { sizes: small }, options: { customerRelations: ["notes", "user"] } });
    const customers = await read("customers");
    expect(customers.some((record) => "lead_priority" in record)).toBe(true);
    expect(stream("customers").open).toBe(true);
    expect(customers.every((record) => Array.isArray(record.notes) && record.attachments === null)).toBe(true);
  });

  test("teams come from every office, notes say whose customer's they are", async () => {
    const { simulator, read } = await connect({ company: { sizes: small } });
    expect((await read("teams", { pageSize: 2 })).map((team) => team.id).sort()).toEqual(
      simulator
        .holds("teams")
        .map((team) => team.id)
        .sort(),
    );
    expect((await read("notes")).every((note) => typeof note.customerId === "number")).toBe(true);
  });

  test("statuses by type of contact are the same statuses, each with its type", async () => {
    const { simulator, read } = await connect({ company: { sizes: small } });
    const got = await read("contact_statuses");
    expect(got.map((status) => status.id).sort()).toEqual(
      simulator
        .holds("statuses")
        .map((status) => status.id)
        .sort(),
    );
    expect(new Set(got.map((status) => status.type))).toEqual(new Set(["lead", "customer", "recruit", "other"]));
  });
});

describe("what a listing proves", () => {
  test("one answer that holds everything is proof that the rest is gone; several pages are none, because they move", async () => {
    const { pages } = await connect({ company: { sizes: small } });
    expect((await pages("offices")).at(-1)?.complete).toBe(true);
    expect((await pages("teams")).at(-1)?.complete).toBe(true);
    expect((await pages("calendars")).at(-1)?.complete).toBe(true);
    expect((await pages("users", { pageSize: 4 })).at(-1)?.complete).toBe(false);
    expect((await pages("teams", { pageSize: 1 })).at(-1)?.complete).toBe(false);
  });

  test("a part of a listing is never proof, even when it comes in one answer", async () => {
    const { pages } = await connect({ company: { sizes: small } });
    expect((await pages("customers", { since: "2020-01-01T00:00:00Z" })).at(-1)?.complete).toBe(false);
    expect((await pages("appointments", { window: { from: "2000-01-01", to: "2099-01-01" } })).at(-1)?.complete).toBe(false);
    expect((await pages("customer_attachments", { since: "2020-01-01T00:00:00Z" })).at(-1)?.complete).toBe(false);
  });

  test("customers added while pages are read make no record missing", async () => {
    const { simulator, read } = await connect({ company: { sizes: small } });
    const before = simulator.holds("customers").map((record) => record.id);
    simulator.faults.onRequest(2, () => void simulator.add("customers", { firstName: "New" }));
    const got = (await read("customers", { pageSize: 5 })).map((record) => record.id);
    expect(before.every((id) => got.includes(id))).toBe(true);
    expect(new Set(got).size).toBe(got.length);
  });
});

describe("notes", () => {
  test("one request for each customer; where an empty relation is trusted, only for those who have some", async () => {
    const plain = await connect({ company: { sizes: small } });
    const all = await plain.read("notes");
    const trusting = await connect({ company: { sizes: small }, options: { assumptions: { noteRelationIsComplete: true } } });
    expect(await trusting.read("notes")).toEqual(all);
    expect(plain.simulator.traffic.requests).toBe(13);
    expect(trusting.simulator.traffic.requests).toBeLessThan(13);
  });

  test("a customer whose user is gone is told of and passed over: the others' notes still come", async () => {
    const { simulator, notices, read } = await connect({ company: { sizes: small } });
    const [note] = simulator.holds("notes");
    const gone = simulator.holds("customers").find((customer) => customer.id !== note?.customerId);
    simulator.change("customers", String(gone?.id), { userId: 424242 });
    const got = await read("notes");
    expect(got.map((one) => one.id)).toContain(note?.id);
    expect(notices.join()).toContain(String(gone?.id));
  });
});
