import { describe, expect, test } from "vitest";
import { type Connected, connect, doneOf } from "./connect.js";
import { type Eavesdropper, eavesdrop } from "./openapi/eavesdrop.js";
import { type Exchange, judge } from "./openapi/judge.js";
import { address, firstIds, streams, writes } from "./trials.js";

/** A connection of which every exchange is kept. */
async function overheard(options: Readonly<Record<string, unknown>> = {}): Promise<Connected & { readonly ear: Eavesdropper }> {
  let ear: Eavesdropper | undefined;
  const connected = await connect({
    tenant: { feedPageSize: 20 },
    options,
    through: async (simulator) => {
      ear = await eavesdrop(simulator.url);
      return ear.url;
    },
  });
  if (ear === undefined) throw new Error("Nobody listens.");
  return { ...connected, ear };
}

const wrong = (exchanges: readonly Exchange[]): readonly string[] => exchanges.flatMap(judge);

describe("requests and answers are what ServiceTitan's own OpenAPI files say", () => {
  test.each(streams)("%s, read from the start and from a moment on, by feed and by list", async (name) => {
    for (const source of ["feed", "list"]) {
      const { ear, pages } = await overheard({ source });
      await pages(name, { pageSize: 20 });
      await pages(name, { pageSize: 20, since: "2025-01-01T00:00:00.1234567Z" });
      expect(ear.exchanges.length).toBeGreaterThan(2);
      expect(wrong(ear.exchanges)).toEqual([]);
    }
  });

  test.each(streams)("%s, looked up by key and by whatever it can be found by", async (name) => {
    const { ear, stream, simulator, call } = await overheard();
    const [first] = simulator.holds(name);
    const { get, find } = stream(name);
    await get?.([String(first?.id), `${first?.customerId ?? first?.locationId}-${first?.id}`], call);
    for (const field of Object.keys(stream(name).fields))
      await find?.(field, [first?.[field]], call).catch((error: { code?: string }) =>
        expect(error.code).toBe("servicetitan/cannot-find-by"),
      );
    expect(wrong(ear.exchanges)).toEqual([]);
    expect(ear.exchanges.length > 0 || get === undefined).toBe(true);
  });

  test.each(writes)("$stream, created, changed and deleted", async ({ stream: name, record, change }) => {
    const { ear, create, stream, call } = await overheard();
    const { key } = doneOf(await create(name, record(1)));
    const changed = await stream(name).update?.([{ key, set: change }], call);
    for (const outcome of changed ?? []) doneOf(outcome);
    for (const outcome of (await stream(name).delete?.([key], call)) ?? [])
      expect(outcome.ok || outcome.error.code === "servicetitan/conflict").toBe(true);
    expect(wrong(ear.exchanges)).toEqual([]);
  });

  test("a job from its booking through hold and cancellation to its end", async () => {
    const { ear, create, update } = await overheard();
    const { key } = doneOf(await create("jobs", newJob));
    doneOf(await update("jobs", key, { jobStatus: "Hold", reasonId: 1, memo: "Parts" }));
    doneOf(await update("jobs", key, { jobStatus: "Canceled", reasonId: 2, memo: "Moved" }));
    doneOf(await update("jobs", key, { jobStatus: "Scheduled" }));
    doneOf(
      await update("jobs", key, {
        summary: "No heat",
        soldById: null,
        customFields: [{ typeId: 5, value: "x" }],
        jobStatus: "Completed",
        completedOn: "2026-03-11T10:00:00Z",
      }),
    );
    expect(wrong(ear.exchanges)).toEqual([]);
  });

  test("an estimate sold, taken back and dismissed, and one changed with its items", async () => {
    const { ear, create, update } = await overheard();
    const items = [{ skuId: firstIds.services, quantity: 2, unitPrice: 40, description: "Filter", unitCost: 1 }];
    const { key } = doneOf(await create("estimates", { jobId: firstIds.jobs, name: "Good", items }));
    doneOf(await update("estimates", key, { statusName: "Sold", soldBy: firstIds.technicians, summary: "As agreed" }));
    doneOf(await update("estimates", key, { statusName: "Open" }));
    doneOf(await update("estimates", key, { statusName: "Dismissed" }));
    expect(wrong(ear.exchanges)).toEqual([]);
  });

  test("addresses, notes, holds, follow-ups and external data", async () => {
    const { ear, create, update, stream, call, simulator } = await overheard({
      externalDataApplication: "5e0d3ad6-2c07-4a6c-9a5a-0d0c6d8b7a10",
    });
    doneOf(
      await update("customers", firstIds.customers, {
        address: { ...address, street: "9 Fir Avenue" },
        externalData: [{ key: "crm", value: "7" }],
        customFields: [{ typeId: 5, value: "x" }],
      }),
    );
    doneOf(await update("locations", firstIds.locations, { address: { street: "9 Fir Avenue" } }));
    doneOf(await update("bookings", firstIds.bookings, { address: { street: "9 Fir Avenue" } }));
    doneOf(
      await update("leads", String(simulator.holds("leads").find((lead) => lead.status === "Open")?.id), {
        followUpDate: "2026-05-01T00:00:00Z",
        status: "Dismissed",
        dismissingReasonId: 4,
      }),
    );
    const { key } = doneOf(await create("customer_notes", { customerId: firstIds.customers, text: "Has a dog" }));
    expect(await stream("customer_notes").get?.([key], call)).toMatchObject([{ text: "Has a dog" }]);
    await stream("customer_notes").delete?.([key], call);
    doneOf(await create("lead_notes", { leadId: firstIds.leads, text: "Call on Monday", pinToTop: true }));
    const appointment = doneOf(
      await create("appointments", {
        jobId: firstIds.jobs,
        start: "2026-04-01T10:00:00Z",
        end: "2026-04-01T12:00:00Z",
        technicianIds: [firstIds.technicians],
      }),
    );
    doneOf(await update("appointments", appointment.key, { status: "Hold", reasonId: 1, memo: "Rain" }));
    doneOf(await update("appointments", appointment.key, { status: "Scheduled", isConfirmed: false }));
    expect(wrong(ear.exchanges)).toEqual([]);
  });

  test("refusals too", async () => {
    const { ear, create, update } = await overheard();
    await update("customers", 987654321, { name: "Nobody" });
    await create("jobs", { ...newJob, customerId: 987654321 });
    await update("estimates", firstIds.estimates, { statusName: "Sold", soldBy: 987654321 });
    expect(ear.exchanges.filter(({ status }) => status >= 400).length).toBeGreaterThanOrEqual(2);
    expect(wrong(ear.exchanges)).toEqual([]);
  });
});

describe("the judge sees", () => {
  const path = "/crm/v2/tenant/1/customers/7";
  const exchange = {
    method: "PATCH",
    path,
    requestBody: "{}",
    status: 404,
    responseBody: '{"type":"t","title":"t","status":404,"traceId":"x","errors":{},"data":{}}',
  };
  test("nothing wrong where nothing is", () => expect(judge(exchange)).toEqual([]));
  test.each([
    ["a wrong type", { requestBody: '{"name":7}' }, /body is wrong.*string/],
    ["null where none is taken", { requestBody: '{"name":null}' }, /body is wrong/],
    ["a field that nobody knows", { requestBody: '{"colour":"red"}' }, /colour, which the vendor does not know/],
    ["a half address", { requestBody: '{"address":{"street":"x"}}' }, /body is wrong.*required/],
    [
      "an answer with a field too many",
      { responseBody: '{"type":"t","title":"t","status":404,"traceId":"x","errors":{},"data":{},"more":1}' },
      /answer is wrong/,
    ],
    ["an unknown parameter", { path: `${path}?colour=red` }, /no query parameter colour/],
    ["an unknown path", { path: "/crm/v2/tenant/1/customer/7" }, /not in the vendor's description/],
    ["a status that is not described", { status: 418 }, /418 is not described/],
  ])("%s", (_, change, says) => expect(judge({ ...exchange, ...change }).join("\n")).toMatch(says));
});

const newJob = {
  customerId: firstIds.customers,
  locationId: firstIds.locations,
  businessUnitId: firstIds.business_units,
  jobTypeId: firstIds.job_types,
  campaignId: firstIds.campaigns,
  priority: "Normal",
  summary: "No cooling",
  appointments: [{ start: "2026-04-01T15:00:00Z", end: "2026-04-01T17:00:00Z", technicianIds: [firstIds.technicians] }],
};
