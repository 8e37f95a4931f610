import type { DataRecord } from "@fieldwright/connector-kit";
import { describe, expect, test } from "vitest";
import { type Connected, connect, doneOf, errorOf } from "./connect.js";
import { address, firstIds } from "./trials.js";

const withStatus = ({ simulator }: Connected, stream: string, field: string, status: string): DataRecord =>
  simulator.holds(stream).find((row) => row[field] === status && row.active === true) ?? {};

describe("a job's status", () => {
  test("is put on hold and cancelled with a reason, and its appointments follow", async () => {
    const connected = await connect();
    const { simulator, update } = connected;
    const { id } = withStatus(connected, "jobs", "jobStatus", "Scheduled");
    doneOf(await update("jobs", String(id), { jobStatus: "Hold", reasonId: 1, memo: "Parts" }));
    const { record } = doneOf(
      await update("jobs", String(id), { jobStatus: "canceled", reasonId: 2, memo: "Moved away", summary: "Was: no heat" }),
    );
    expect(record).toMatchObject({ jobStatus: "Canceled", summary: "Was: no heat" });
    expect(simulator.canceledLog).toEqual([{ jobId: id, reasonId: 2, memo: "Moved away" }]);
    expect(
      simulator
        .holds("appointments")
        .filter((row) => row.jobId === id && row.active === true)
        .map((row) => row.status),
    ).not.toContain("Scheduled");
    doneOf(await update("jobs", String(id), { jobStatus: "Scheduled" }));
  });

  test.each([
    [{ jobStatus: "Hold" }, "reasonId"],
    [{ jobStatus: "Canceled", reasonId: 1 }, "memo"],
    [{ jobStatus: "Completed" }, "completedOn"],
    [{ jobStatus: "Dispatched" }, "jobStatus"],
    [{ jobStatus: "InProgress" }, "jobStatus"],
    [{ reasonId: 1 }, "reasonId"],
  ])("is not touched by %j: the error names %s, and nothing was written", async (set, field) => {
    const connected = await connect();
    const job = withStatus(connected, "jobs", "jobStatus", "Scheduled");
    expect(errorOf(await connected.update("jobs", String(job.id), set))).toMatchObject({
      code: "servicetitan/not-writable",
      next: "hold-record",
      field,
    });
    expect(connected.simulator.holds("jobs").find(({ id }) => id === job.id)).toEqual(job);
  });

  test("is as wished already: nothing is asked of the vendor a second time", async () => {
    const connected = await connect();
    const { id } = withStatus(connected, "jobs", "jobStatus", "InProgress");
    connected.simulator.traffic.reset();
    doneOf(await connected.update("jobs", String(id), { jobStatus: "In Progress" }));
    expect(connected.simulator.traffic.paths().every((path) => path.includes("/jobs?"))).toBe(true);
  });

  test.each(["hold", "complete"])("says so where %s is no longer offered, and does not take it for a missing job", async (action) => {
    const connected = await connect({ tenant: { withdrawn: ["hold", "complete"] } });
    const { id } = withStatus(connected, "jobs", "jobStatus", "Scheduled");
    const set =
      action === "hold" ? { jobStatus: "Hold", reasonId: 1, memo: "x" } : { jobStatus: "Completed", completedOn: "2026-03-10T12:00:00Z" };
    expect(errorOf(await connected.update("jobs", String(id), set))).toMatchObject({
      code: "servicetitan/not-offered",
      next: "hold-record",
    });
    expect(errorOf(await connected.update("jobs", "987654321", set)).code).toBe("servicetitan/not-found");
  });

  test("fails after its fields were changed: the error says what is done, and is in doubt", async () => {
    const connected = await connect();
    const { id } = withStatus(connected, "jobs", "jobStatus", "Completed");
    const error = errorOf(
      await connected.update("jobs", String(id), { summary: "Done twice", jobStatus: "Canceled", reasonId: 1, memo: "x" }),
    );
    expect(error).toMatchObject({ code: "servicetitan/half-done", next: "hold-record", inDoubt: true });
    expect(error.message).toContain("its fields were changed");
    expect(connected.simulator.holds("jobs").find((row) => row.id === id)).toMatchObject({ summary: "Done twice", jobStatus: "Completed" });
  });
});

describe("a new job", () => {
  const record = {
    customerId: firstIds.customers,
    locationId: firstIds.locations,
    businessUnitId: firstIds.business_units,
    jobTypeId: firstIds.job_types,
    campaignId: firstIds.campaigns,
    priority: "Normal",
    appointments: [{ start: "2026-04-01T15:00:00Z", end: "2026-04-01T17:00:00Z" }],
  };

  test("comes with its appointment, and turns its lead into a converted one", async () => {
    const connected = await connect();
    const lead = withStatus(connected, "leads", "status", "Open");
    const made = doneOf(await connected.create("jobs", { ...record, leadId: lead.id }));
    expect(made).toMatchObject({ created: true, record: { jobStatus: "Scheduled", appointmentCount: 1, active: true } });
    expect(connected.simulator.holds("appointments").filter((row) => String(row.jobId) === made.key)).toHaveLength(1);
    expect(connected.simulator.holds("leads").find(({ id }) => id === lead.id)).toMatchObject({ status: "Converted" });
  });

  test.each(["appointments", "campaignId", "customerId"])("is not sent without %s", async (field) => {
    const { create, simulator } = await connect();
    simulator.traffic.reset();
    expect(errorOf(await create("jobs", { ...record, [field]: undefined }))).toMatchObject({ next: "hold-record", field });
    expect(simulator.traffic.requests).toBe(0);
  });

  test("for an unknown customer is refused with the vendor's words", async () => {
    const { create } = await connect();
    const error = errorOf(await create("jobs", { ...record, customerId: 987654321 }));
    expect(error).toMatchObject({ code: "servicetitan/refused", next: "hold-record" });
    expect(error.message).toContain("There is no customer 987654321");
  });

  test("whose answer is lost is in doubt, and was sent once", async () => {
    const { create, simulator } = await connect();
    const before = simulator.holds("jobs").length;
    simulator.faults.next("cut", 1, (path) => path.endsWith("/jobs"));
    expect(errorOf(await create("jobs", record))).toMatchObject({ next: "hold-record", inDoubt: true });
    expect(simulator.holds("jobs").length).toBe(before + 1);
  });
});

describe("an estimate", () => {
  test("is sold, taken back and dismissed", async () => {
    const connected = await connect();
    const { id } = withStatus(connected, "estimates", "name", "Good");
    const open = connected.simulator.holds("estimates").find((row) => (row.status as { name: string }).name === "Open") ?? { id };
    const set = (fields: DataRecord) => connected.update("estimates", String(open.id), fields);
    const sold = doneOf(await set({ statusName: "Sold", soldBy: firstIds.technicians }));
    expect(sold.record).toMatchObject({ statusName: "Sold", soldBy: firstIds.technicians });
    expect(doneOf(await set({ statusName: "Open" })).record).toMatchObject({ statusName: "Open", soldOn: null });
    expect(doneOf(await set({ statusName: "Dismissed" })).record).toMatchObject({ statusName: "Dismissed" });
    expect(errorOf(await set({ statusName: "Open" }))).toMatchObject({ field: "statusName", next: "hold-record" });
  });

  test("that was sold is not dismissed: the vendor's refusal reaches the record", async () => {
    const { simulator, update } = await connect();
    const sold = simulator.holds("estimates").find((row) => (row.status as { name: string }).name === "Sold");
    const error = errorOf(await update("estimates", String(sold?.id), { statusName: "Dismissed" }));
    expect(error).toMatchObject({ code: "servicetitan/refused", next: "hold-record" });
    expect(error.message).toContain("is sold and cannot be dismissed");
  });

  test("keeps its items and everything else when one field of it changes, though a PUT replaces it", async () => {
    const { simulator, update } = await connect();
    const before = simulator.holds("estimates")[0] ?? {};
    doneOf(await update("estimates", String(before.id), { summary: "As agreed" }));
    const after = simulator.holds("estimates")[0] ?? {};
    const prices = (row: DataRecord) =>
      (row.items as readonly DataRecord[]).map(({ id, qty, unitRate, sku }) => ({ id, qty, unitRate, sku }));
    expect(prices(after)).toEqual(prices(before));
    expect(after).toMatchObject({
      name: before.name,
      tax: before.tax,
      soldBy: before.soldBy,
      status: before.status,
      subtotal: before.subtotal,
      summary: "As agreed",
    });
  });
});

describe("what ServiceTitan drops without a word", () => {
  test("is refused before it is sent where the field is not known", async () => {
    const { update, simulator } = await connect();
    simulator.traffic.reset();
    expect(errorOf(await update("customers", firstIds.customers, { favouriteColour: "red" }))).toMatchObject({
      code: "servicetitan/not-writable",
      field: "favouriteColour",
    });
    expect(simulator.traffic.requests).toBe(0);
  });

  test("is an error after an update, which names the field and says that the rest was done", async () => {
    const { update, simulator } = await connect({ tenant: { dropped: { customers: ["active"] } } });
    const error = errorOf(await update("customers", firstIds.customers, { active: false, name: "Orla Violant" }));
    expect(error).toMatchObject({ code: "servicetitan/not-taken", next: "hold-record", field: "active" });
    expect(simulator.holds("customers")[0]).toMatchObject({ name: "Orla Violant", active: true });
  });

  test("is told after a create, which is done and must not be done again", async () => {
    const { create, notices } = await connect({ tenant: { dropped: { tag_types: ["importance"] } } });
    const made = doneOf(await create("tag_types", { name: "VIP", color: "#ffffff", importance: "High" }));
    expect(made).toMatchObject({ created: true, record: { importance: null } });
    expect(notices).toEqual([expect.stringContaining("did not take importance")]);
  });
});

describe("addresses", () => {
  test("a customer without locations gets one of its own name and address, for there is none without", async () => {
    const { create, simulator } = await connect();
    const { key } = doneOf(
      await create("customers", { name: "Rhea Dockleaf", address, contacts: [{ type: "Phone", value: "+14155550111" }] }),
    );
    expect(simulator.holds("locations").filter((row) => String(row.customerId) === key)).toMatchObject([
      { name: "Rhea Dockleaf", address },
    ]);
    expect(simulator.holds("customer_contacts").filter((row) => String(row.customerId) === key)).toHaveLength(1);
  });

  test("a part of one is sent with the rest of it, and an absent unit as empty text", async () => {
    const { update, simulator } = await connect();
    const before = simulator.holds("locations")[0]?.address as DataRecord;
    doneOf(await update("locations", firstIds.locations, { address: { street: "9 Fir Avenue" } }));
    expect(simulator.holds("locations")[0]?.address).toMatchObject({ street: "9 Fir Avenue", city: before.city, unit: before.unit ?? "" });
  });

  test("a customer's new address without coordinates is held, or keeps the old pin where the connection says so", async () => {
    const change = { address: { street: "9 Fir Avenue" } };
    const { update } = await connect();
    expect(errorOf(await update("customers", firstIds.customers, change))).toMatchObject({ field: "address", next: "hold-record" });
    const keeping = await connect({ options: { assumptions: { addressWithoutCoordinates: "keep" } } });
    const before = keeping.simulator.holds("customers")[0]?.address as DataRecord;
    doneOf(await keeping.update("customers", firstIds.customers, change));
    expect(keeping.simulator.holds("customers")[0]?.address).toMatchObject({ street: "9 Fir Avenue", latitude: before.latitude });
  });
});

test("custom fields that are not given are sent along, as ServiceTitan may take them for removed", async () => {
  const { update, simulator } = await connect();
  doneOf(await update("customers", firstIds.customers, { customFields: [{ typeId: 5, value: "new" }] }));
  expect(simulator.holds("customers")[0]?.customFields).toMatchObject([{ typeId: 901 }, { typeId: 5, value: "new" }]);
});

test("a customer that was merged away is not changed: the outcome is the vendor's refusal", async () => {
  const { simulator, update } = await connect();
  simulator.change("customers", String(firstIds.customers), { active: false, mergedToId: firstIds.customers + 1 });
  const error = errorOf(await update("customers", firstIds.customers, { name: "Nobody" }));
  expect(error).toMatchObject({ code: "servicetitan/refused", next: "hold-record" });
  expect(error.message).toContain(`merged into ${firstIds.customers + 1}`);
});

test("one bad record of a batch does not hinder the others", async () => {
  const { stream, call } = await connect();
  const outcomes = await stream("locations").create?.(
    [
      { customerId: firstIds.customers, name: "A", address },
      { customerId: 987654321, name: "B", address },
      { name: "C", address },
      { customerId: firstIds.customers, name: "D", address },
    ],
    call,
  );
  expect(outcomes?.map(({ ok }) => ok)).toEqual([true, false, false, true]);
});

test("what stops the stream is told of the rest of a batch, which is not tried", async () => {
  const { stream, call, simulator } = await connect({ tenant: { connected: false } });
  simulator.traffic.reset();
  const outcomes = await stream("locations").create?.(
    [1, 2, 3].map((n) => ({ customerId: firstIds.customers, name: `L${n}`, address })),
    call,
  );
  expect(outcomes?.map((outcome) => outcome.ok === false && outcome.error.code)).toEqual(Array(3).fill("servicetitan/forbidden"));
  expect(simulator.traffic.requests).toBe(1);
});

test("a contact added to a location is copied to its customer", async () => {
  const { create, simulator } = await connect();
  const before = simulator.holds("customer_contacts").length;
  doneOf(await create("location_contacts", { locationId: firstIds.locations, type: "Phone", value: "+14155550112" }));
  expect(simulator.holds("customer_contacts")).toHaveLength(before + 1);
});

test("a key of contacts without the customer's id in it is refused as such", async () => {
  const { update } = await connect();
  expect(errorOf(await update("customer_contacts", String(firstIds.customer_contacts), { memo: "x" }))).toMatchObject({
    code: "servicetitan/not-writable",
  });
});

test("a technician is assigned once, and the second time is a conflict", async () => {
  const { create } = await connect();
  const record = { appointmentId: firstIds.appointments, technicianId: firstIds.technicians + 9 };
  expect(doneOf(await create("appointment_assignments", record)).record).toMatchObject(record);
  expect(errorOf(await create("appointment_assignments", record))).toMatchObject({ code: "servicetitan/conflict", next: "hold-record" });
});

test("the only appointment of a job stays", async () => {
  const { stream, call, create } = await connect({ tenant: { sizes: { jobs: 50, appointments: 50 } } });
  const [outcome] = (await stream("appointments").delete?.([String(firstIds.appointments)], call)) ?? [];
  expect(outcome?.ok === false && outcome.error.code).toBe("servicetitan/conflict");
  await create("appointments", { jobId: firstIds.jobs, start: "2026-04-01T10:00:00Z", end: "2026-04-01T11:00:00Z" });
  expect((await stream("appointments").delete?.([String(firstIds.appointments)], call))?.[0]?.ok).toBe(true);
});

test("what cannot be emptied is refused, and a text is emptied", async () => {
  const { update, simulator } = await connect();
  expect(errorOf(await update("locations", firstIds.locations, { taxZoneId: null }))).toMatchObject({
    field: "taxZoneId",
    next: "hold-record",
  });
  doneOf(await update("jobs", firstIds.jobs, { summary: null, tagTypeIds: null }));
  expect(simulator.holds("jobs")[0]).toMatchObject({ summary: "", tagTypeIds: [] });
});

test("a booking belongs to a provider: the record's own, or the connection's", async () => {
  const booking = {
    source: "Web",
    name: "Cato Fernwick",
    summary: "Leak",
    isFirstTimeClient: true,
    externalId: "w-1",
    contacts: [{ type: "Phone", value: "+14155550113" }],
  };
  const without = await connect();
  expect(errorOf(await without.create("bookings", booking))).toMatchObject({ field: "bookingProviderId" });
  const { create } = await connect({ options: { bookingProviderId: 502 } });
  expect(doneOf(await create("bookings", booking)).record).toMatchObject({ bookingProviderId: 502, status: "New" });
});

test("a lead is dismissed with a reason, and never converted by itself", async () => {
  const connected = await connect();
  const { id } = withStatus(connected, "leads", "status", "Open");
  const set = (fields: DataRecord) => connected.update("leads", String(id), fields);
  expect(errorOf(await set({ status: "Dismissed" }))).toMatchObject({ field: "dismissingReasonId" });
  expect(errorOf(await set({ status: "Converted" })).hint).toContain("leadId");
  expect(doneOf(await set({ status: "Dismissed", dismissingReasonId: 4 })).record).toMatchObject({
    status: "Dismissed",
    dismissingReasonId: 4,
  });
});
