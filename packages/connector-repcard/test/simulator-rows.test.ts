import { describe, expect, it } from "vitest";
import { allTime, type Json, open } from "./simulator-calls.js";

describe("rows", () => {
  it("prints relations that were not asked for as null, and empty ones as []", async () => {
    const { get, simulator } = await open();
    const withNotes = new Set(simulator.holds("notes").map((note) => note.customerId));
    const id = simulator.holds("customers").find((row) => !withNotes.has(row.id))?.id;
    expect((await get(`/customers/${id}`)).json.data).toMatchObject({
      notes: null,
      user: null,
      attachments: null,
      auroraProjectLinks: null,
    });
    const asked = (await get(`/customers/${id}?withRelations=notes,user,auroraProjectLinks`)).json.data as Json;
    expect(asked).toMatchObject({ notes: [], auroraProjectLinks: [], attachments: null, user: { id: asked.userId } });
  });

  it("prints notes of a customer as plain texts with the relation, in lists too", async () => {
    const { walk, simulator } = await open();
    const note = simulator.holds("notes")[0];
    const customer = (await walk("/customers?withRelations=notes")).find((row) => row.id === note?.customerId);
    expect(customer?.notes).toContain(note?.note);
  });

  it("puts custom fields at the top level under snake_case keys, by type, while their definitions carry a uuid in the name", async () => {
    const { get, simulator } = await open();
    const names = (await get("/custom-fields/lead")).rows.map((field) => String(field.internalName));
    expect(names).toContainEqual(expect.stringMatching(/^roof_age_[0-9a-f]{8}-[0-9a-f-]{27}$/));
    const customers = simulator.holds("customers");
    expect(customers.find((row) => row.type === 1)).toHaveProperty("lead_priority");
    expect(customers.find((row) => row.type === 2)).not.toHaveProperty("lead_priority");
    expect(customers.find((row) => row.type === 2)).toHaveProperty("install_crew");
  });

  it("writes phones in ten digits in customers and in E.164 in users and in an appointment's contact", async () => {
    const { simulator } = await open();
    const appointment = simulator.holds("appointments").find((row) => (row.contact as Json).phoneNumber !== "");
    const contact = appointment?.contact as Json;
    const customer = simulator.holds("customers").find((row) => row.id === contact.id);
    expect(customer?.phoneNumber).toMatch(/^\d{10}$/);
    expect(contact.phoneNumber).toBe(`+1${customer?.phoneNumber}`);
    expect(simulator.holds("users")[0]?.phoneNumber).toMatch(/^\+1\d{10}$/);
  });

  it("prints an appointment's start in UTC without saying so, beside a zone's name", async () => {
    const { simulator } = await open({ now: "2026-03-10T15:00:00Z" });
    const row = simulator.add("appointments", {
      startAt: "2026-03-11 20:45:00",
      endAt: "2026-03-11 21:15:00",
      startAtTimezone: "America/Phoenix",
    });
    expect(row).toMatchObject({
      startAt: "2026-03-11 20:45:00",
      startAtTimezone: "America/Phoenix",
      endAtTimezone: "America/Phoenix",
      durationTime: 30,
      status: null,
    });
    expect(row.createdAt).toBe("2026-03-10T15:00:00.000000Z");
  });

  it("lists status logs oldest first under Mongo-like ids, the first of each customer with statusFrom null", async () => {
    const { walk } = await open();
    const logs = await walk(`/customers/status-logs?${allTime}`);
    const times = logs.map((log) => String(log.createdAt));
    expect(times).toEqual([...times].sort());
    for (const log of logs) expect(log._id).toMatch(/^[0-9a-f]{24}$/);
    const seen = new Set<unknown>();
    for (const log of logs) {
      expect(log.statusFrom === null).toBe(!seen.has(log.customerId));
      seen.add(log.customerId);
    }
    expect(seen.size).toBe(400);
  });

  it("gives notes of other users too, with unix seconds as createdAt, and requires userId and customerId", async () => {
    const { get, simulator } = await open();
    const note = simulator.holds("notes")[0] as Json;
    const other = note.userId === 9101 ? 9102 : 9101;
    const { rows } = await get(`/customers/notes?userId=${other}&customerId=${note.customerId}&page=1&per_page=100`);
    const { customerId: _asked, ...row } = note;
    expect(rows).toContainEqual(row);
    expect(Number(note.createdAt)).toBeLessThan(4e9);
    expect((await get("/customers/notes?customerId=500001&page=1&per_page=5")).json).toMatchObject({
      status: 0,
      message: "The user id field is required.",
    });
  });

  it("lists attachments without times, and one customer's own with title, times and the customer as resourceId", async () => {
    const { get, simulator } = await open();
    const [customers, appointments] = ["customer_attachments", "appointment_attachments"].map(
      (stream) => simulator.holds(stream)[0] as Json,
    );
    expect(Object.keys(customers ?? {})).toEqual(["id", "attachmentUrl", "userId", "customerId"]);
    expect(Object.keys(appointments ?? {})).toEqual(["id", "attachmentUrl", "type", "userId", "appointmentId"]);
    const own = (await get(`/customers/${customers?.customerId}/attachments`)).rows.find((row) => row.id === customers?.id);
    expect(own).toMatchObject({
      resourceId: customers?.customerId,
      attachmentUrl: customers?.attachmentUrl,
      title: expect.any(String),
      createdAt: expect.stringMatching(/\.000000Z$/),
    });
  });

  it("names the people of a calendar only when asked, and knows users by two addresses", async () => {
    const { get } = await open();
    expect((await get("/calendar/1")).result).not.toHaveProperty("closers");
    expect((await get("/calendar/1?with=closers,setters")).result).toMatchObject({
      closers: expect.any(Array),
      setters: expect.any(Array),
    });
    for (const path of ["/users/9101/details", "/event-users/9101"])
      expect((await get(path)).result).toMatchObject({ id: 9101, rating: expect.any(String) });
    const unknown = await get("/users/1/details");
    expect([unknown.status, unknown.json]).toEqual([
      404,
      { status: 0, statusCode: 404, message: "User not found. Please make sure the user is registered to the Event.", result: {} },
    ]);
  });

  it("ranks everybody on the leaderboards, those without activity with zeros and an empty id", async () => {
    const { get } = await open();
    const [board] = (await get("/leaderboards?from_date=2026-03-09&to_date=2026-03-10")).rows as [{ stats: { stats: Json[] } }];
    expect(board.stats.stats).toHaveLength(24);
    expect(board.stats.stats.at(-1)).toMatchObject({ _id: "", appointment_count: 0, item_type: "user" });
  });
});

describe("a company that holds together", () => {
  it("names only customers, users, offices, teams, statuses and appointments that exist", async () => {
    const { simulator } = await open();
    const ids = (stream: string): Set<unknown> => new Set(simulator.holds(stream).map((row) => row.id));
    const [users, customers, offices, teams, appointments, statuses] = [
      "users",
      "customers",
      "offices",
      "teams",
      "appointments",
      "statuses",
    ].map(ids) as [Set<unknown>, Set<unknown>, Set<unknown>, Set<unknown>, Set<unknown>, Set<unknown>];
    for (const row of simulator.holds("customers"))
      expect([row.userId, row.ownerId].every((id) => users.has(id)) && statuses.has(row.statusId)).toBe(true);
    for (const row of simulator.holds("status_logs")) expect(customers.has(row.customerId) && users.has(row.userId)).toBe(true);
    for (const row of simulator.holds("appointments")) {
      expect(users.has(row.userId) && customers.has((row.contact as Json).id) && (row.closerId === null || users.has(row.closerId))).toBe(
        true,
      );
    }
    for (const row of simulator.holds("users"))
      expect(offices.has(row.officeId) && (row.officeTeamId === null || teams.has(row.officeTeamId))).toBe(true);
    for (const row of simulator.holds("customer_attachments")) expect(customers.has(row.customerId) && users.has(row.userId)).toBe(true);
    for (const row of simulator.holds("appointment_attachments")) expect(appointments.has(row.appointmentId)).toBe(true);
    for (const row of simulator.holds("notes")) expect(customers.has(row.customerId)).toBe(true);
  });

  it("shows each customer in the status of its last log, and the same history inside the row", async () => {
    const { simulator } = await open();
    const last = new Map(simulator.holds("status_logs").map((log) => [log.customerId, log.statusTo as Json]));
    for (const row of simulator.holds("customers")) {
      expect(row.statusId).toBe(last.get(row.id)?.id);
      expect((row.statusChangeLogs as readonly Json[]).at(-1)?.statusTo).toBe(row.statusTitle);
    }
  });

  it('has the awkward ones: blank phones, position "0", no team, unicode, quotes, long notes, null beside ""', async () => {
    const { simulator } = await open();
    const customers = simulator.holds("customers");
    const some = (test: (row: Json) => boolean): boolean => customers.some((row) => test(row as Json));
    expect(some((row) => row.phoneNumber === "")).toBe(true);
    expect(some((row) => row.latitude === "0" && row.longitude === "0")).toBe(true);
    expect(some((row) => row.email === null) && some((row) => row.email === "")).toBe(true);
    expect(some((row) => row.address2 === null) && some((row) => row.address2 === "")).toBe(true);
    expect(some((row) => /["']/.test(String(row.fullName)))).toBe(true);
    expect(some((row) => /[^\x20-\x7e]/.test(String(row.fullName)))).toBe(true);
    expect(simulator.holds("users").some((row) => row.team === null)).toBe(true);
    expect(simulator.holds("users").some((row) => row.status === "INACTIVE")).toBe(true);
    expect(simulator.holds("notes").some((row) => String(row.note).length > 5000)).toBe(true);
  });

  it("can have customers of users who are gone", async () => {
    const { simulator } = await open({ customersOfGoneUsers: 7 });
    const users = new Set(simulator.holds("users").map((row) => row.id));
    expect(simulator.holds("customers").filter((row) => !users.has(row.ownerId))).toHaveLength(7);
  });

  it("is the same company for the same seed at another time, and another one for another seed", async () => {
    const names = async (seed: number): Promise<unknown[]> => {
      const { simulator } = await open({ seed, until: "2026-01-31" });
      return simulator.holds("customers").map((row) => [row.fullName, row.updatedAt]);
    };
    expect(await names(5)).toEqual(await names(5));
    expect(await names(5)).not.toEqual(await names(6));
  });

  it("gives through its lists exactly what it holds, in pages of any size, with well under 100 requests for a whole read", async () => {
    const { walk, simulator } = await open();
    const lists = {
      users: "/users/minimal",
      offices: "/offices",
      customers: "/customers",
      appointments: `/appointments?${allTime}`,
      status_logs: `/customers/status-logs?${allTime}`,
      customer_attachments: "/customers/attachments",
      appointment_attachments: "/appointments/attachments",
    };
    for (const [stream, path] of Object.entries(lists)) expect(await walk(path)).toEqual(simulator.holds(stream));
    expect(simulator.traffic.requests).toBeLessThan(60);
    for (const size of [1, 7]) expect(await walk("/customers/attachments", size)).toEqual(simulator.holds("customer_attachments"));
  });
});
