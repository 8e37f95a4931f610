import { describe, expect, it } from "vitest";
import { allTime, type Json, open } from "./simulator-calls.js";

const visit = {
  calendarId: 1,
  setterEmail: "user9101@example.test",
  closerEmail: "user9102@example.test",
  title: "Visit",
  startAt: "2026-03-12 20:45:00",
  endAt: "2026-03-12 21:15:00",
  timezone: "America/New_York",
};

describe("appointments", () => {
  it("creates one for the contact with this phone number, in the setter's zone whatever the body says, and tells the people", async () => {
    const { send, simulator } = await open();
    const known = simulator.holds("customers").find((row) => row.phoneNumber !== "") as Json;
    const { status, result } = await send("POST", "/appointments", {
      ...visit,
      customer: { firstName: "x", phoneNumber: known.phoneNumber, countryCode: "+1" },
    });
    expect(status).toBe(200);
    expect(result).toMatchObject({
      contact: { id: known.id },
      userId: 9101,
      closerId: 9102,
      startAt: visit.startAt,
      startAtTimezone: "America/Phoenix",
      status: null,
    });
    expect(simulator.holds("appointments").at(-1)).toEqual(result);
    expect(simulator.messages).toHaveLength(1);
  });

  it("creates the contact where nobody has the number", async () => {
    const { send, simulator } = await open();
    const { result } = await send("POST", "/appointments", {
      ...visit,
      customer: { firstName: "Mei", phoneNumber: "5559990000", countryCode: "+1" },
    });
    expect(simulator.holds("customers").at(-1)).toMatchObject({
      id: (result.contact as Json).id,
      firstName: "Mei",
      type: 1,
      ownerId: 9101,
    });
  });

  it("answers a change with a different, raw object, by both forms, while the list goes on showing the row", async () => {
    const { send, walk } = await open();
    const patched = await send("PATCH", "/appointments/80001", {
      title: "Moved",
      startAt: "2026-03-13 18:00:00",
      endAt: "2026-03-13 19:00:00",
    });
    expect(patched.json.message).toBe("Appointment updated successfully.");
    expect(patched.result).toMatchObject({
      id: 80_001,
      remindAt: "2026-03-13 18:00:00",
      appointmentType: "REPCARD",
      resource: { id: expect.any(Number) },
    });
    for (const key of ["startAt", "setter", "contact", "status", "calendarId"]) expect(patched.result).not.toHaveProperty(key);
    const older = await send("POST", "/appointment/update", { reminderId: 80_001, notes: "later" });
    expect(Object.keys(older.result)).toEqual(Object.keys(patched.result));
    const row = (await walk(`/appointments?${allTime}`)).find((one) => one.id === 80_001);
    expect(row).toMatchObject({
      title: "Moved",
      notes: "later",
      startAt: "2026-03-13 18:00:00",
      durationTime: 60,
      updatedAt: "2026-03-10T15:00:00.000000Z",
    });
  });

  it("sets outcomes by id or title, and stops at the first bad one after the good ones before it", async () => {
    const { send, simulator } = await open();
    const status = (id: number): unknown => simulator.holds("appointments").find((row) => row.id === id)?.status;
    const good = await send("POST", "/appointments/set-outcome", {
      appointments: [
        { id: 80_001, outcomeId: 25 },
        { id: 80_002, outcome: "Signed Up" },
      ],
    });
    expect(good.json).toEqual({ status: 1, statusCode: 200, message: "Appointment updated successfully.", result: {} });
    expect([status(80_001), status(80_002)]).toMatchObject([{ title: "Not Interested", category: { title: "Sit" } }, { id: 26 }]);
    const bad = await send("POST", "/appointments/set-outcome", {
      appointments: [
        { id: 80_001, outcomeId: 28 },
        { id: 80_002, outcomeId: 999 },
      ],
    });
    expect([bad.status, bad.json.message]).toEqual([400, "Outcome 999 is invalid."]);
    expect([status(80_001), status(80_002)]).toMatchObject([{ id: 28 }, { id: 26 }]);
  });

  it("refuses a start that is not in the vendor's form", async () => {
    const { send } = await open();
    const { status, json } = await send("PATCH", "/appointments/80001", { startAt: "2026-03-13T18:00:00Z" });
    expect([status, json.message]).toEqual([400, "The start at does not match the format Y-m-d H:i:s."]);
  });
});

const person = {
  firstName: "Ada",
  lastName: "New",
  userEmail: "ada.new@example.test",
  phoneNumber: "5550107777",
  jobTitle: "Setter",
  roleName: "Setter",
  officeName: "Lakeside Office",
  teamName: "Blue",
  countryCode: "+1",
};

describe("users", () => {
  it("adds one with 200, not 201, and sends a mail to the person", async () => {
    const { send, simulator } = await open();
    const { status, json, result } = await send("POST", "/users", person);
    expect([status, json.message]).toEqual([
      200,
      "User Added successfully!. An email will be sent to ada.new@example.test with a link to create their password.",
    ]);
    expect(result).toMatchObject({ firstName: "Ada", office: "Lakeside Office", team: "Blue", phoneNumber: "+15550107777" });
    expect(simulator.messages).toEqual(["Mail to ada.new@example.test: create your password."]);
    expect((await send("POST", "/users", person)).json).toMatchObject({
      status: 0,
      statusCode: 400,
      message: "The user email has already been taken.",
    });
  });

  it("lets the ids of office and team win over their names", async () => {
    const { send } = await open();
    expect((await send("POST", "/users", { ...person, officeId: 202, officeTeamId: 602 })).result).toMatchObject({
      office: "Desert Office",
      officeTeamId: 602,
    });
  });

  it("replaces a user whole: what is left out is gone, and a required field that is left out refuses", async () => {
    const { send } = await open();
    const body = { ...person, username: "ada" };
    expect((await send("PUT", "/users/9101", body)).result).toMatchObject({ firstName: "Ada", externalId: null });
    const { username: _left, ...partial } = body;
    expect((await send("PUT", "/users/9101", partial)).json.message).toBe("The username field is required.");
  });

  it("deactivates a user, who stays in the list", async () => {
    const { send, simulator } = await open();
    expect((await send("PUT", "/users/9101/activate-deactivate", { status: 0 })).json).toMatchObject({
      message: "The user has been de-activated successfully.",
      result: {},
    });
    expect(simulator.holds("users")[0]).toMatchObject({ id: 9101, status: "INACTIVE" });
    expect((await send("PUT", "/users/9101/activate-deactivate", { status: 2 })).json.message).toBe(
      "Status must be either 1 (active) or 0 (in-active).",
    );
  });

  it("removes a user and hands the contacts over by type", async () => {
    const { send, simulator } = await open();
    const owned = simulator.holds("customers").filter((row) => row.ownerId === 9105) as readonly Json[];
    const heirs = { leadToUser: 9101, customerToUser: 9102, recruitToUser: 9103, otherToUser: 9104 };
    await send("POST", "/users/9105/unlink", { assignContact: 2, ...heirs });
    expect(simulator.holds("users").some((row) => row.id === 9105)).toBe(false);
    const after = new Map(simulator.holds("customers").map((row) => [row.id, row.ownerId]));
    expect(owned.length).toBeGreaterThan(3);
    for (const row of owned) expect(after.get(row.id)).toBe(9100 + Number(row.type));
  });
});

describe("people in the web app", () => {
  it("change customers at the moment of the clock, which the filter by change finds, and log a new status", async () => {
    const { simulator, walk } = await open();
    simulator.clock.set("2026-03-11T09:30:15Z");
    const row = simulator.change("customers", "500010", { city: "Nowhere", roof_age: "3", statusId: 78 });
    expect(row).toMatchObject({ city: "Nowhere", statusTitle: "Not Home", updatedAt: "2026-03-11T09:30:15.000000Z" });
    expect((await walk("/customers?last_updated_from=2026-03-11")).map((one) => one.id)).toEqual([500_010]);
    expect(simulator.holds("status_logs").at(-1)).toMatchObject({
      customerId: 500_010,
      statusTo: { id: 78 },
      createdAt: "2026-03-11T09:30:15.000000Z",
    });
  });

  it("remove customers, whose logs and appointments then point at nobody", async () => {
    const { simulator, get } = await open();
    simulator.remove("customers", "500001");
    const { status, json } = await get("/customers/500001");
    expect([status, json]).toMatchObject([404, { status: 0, statusCode: 404, result: {} }]);
    expect(simulator.holds("customers")).toHaveLength(399);
    expect(simulator.holds("status_logs").find((log) => log.customerId === 500_001)?.customer).toBeNull();
  });

  it.each([
    "users",
    "companies",
    "offices",
    "teams",
    "customers",
    "appointments",
    "status_logs",
    "customer_attachments",
    "appointment_attachments",
    "statuses",
    "calendars",
    "custom_fields",
    "notes",
  ])("add, change and remove %s", async (stream) => {
    const { simulator } = await open();
    const before = simulator.holds(stream);
    const key = stream === "status_logs" ? "_id" : "id";
    const added = simulator.add(stream, {});
    expect(simulator.holds(stream)).toEqual([...before, added]);
    expect(simulator.change(stream, String(added[key]), { colour: "changed" })).toMatchObject({ [key]: added[key], colour: "changed" });
    simulator.remove(stream, String(added[key]));
    expect(simulator.holds(stream)).toEqual(before);
    expect(simulator.count?.(stream)).toBe(before.length);
  });
});
