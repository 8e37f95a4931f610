import { expect, test } from "vitest";
import { connect } from "./connect.js";
import { firstIds, streams } from "./trials.js";

const paths = (simulator: { readonly traffic: { paths(): readonly string[] } }): readonly string[] => simulator.traffic.paths();

test("a first read makes no more calls than there are pages, and none for a single record", async () => {
  const sizes = { customers: 5000, jobs: 8000, appointments: 10_000, estimates: 6000 };
  for (const [source, perPage] of [
    ["feed", 1000],
    ["list", 5000],
  ] as const) {
    const { simulator, read } = await connect({ tenant: { size: 5, sizes, feedPageSize: 1000 }, options: { source } });
    for (const [name, size] of Object.entries(sizes)) {
      simulator.traffic.reset();
      expect(await read(name)).toHaveLength(size);
      expect(simulator.traffic.requests, `${name} by ${source}`).toBeLessThanOrEqual(Math.ceil(size / perPage));
    }
  }
});

test.each(["feed", "list"])("a read after nothing has changed makes one call a stream (%s)", async (source) => {
  const { simulator, read } = await connect({ tenant: { size: 200, feedPageSize: 1000 }, options: { source } });
  for (const name of streams) {
    const latest =
      simulator
        .holds(name)
        .map((row) => String(row.modifiedOn))
        .sort()
        .at(-1) ?? "";
    simulator.traffic.reset();
    const since = new Date(Date.parse(latest) - 60_000).toISOString();
    expect((await read(name, { since })).length, name).toBeLessThanOrEqual(1);
    expect(simulator.traffic.requests, name).toBe(1);
  }
});

test("feeds tell what is inactive and deleted, where lists by their own default tell neither", async () => {
  const { simulator, read } = await connect({ options: { sources: { leads: "list" } } });
  simulator.remove("appointments", String(firstIds.appointments));
  simulator.remove("leads", String(firstIds.leads));
  expect((await read("appointments")).find((row) => row.id === firstIds.appointments)).toMatchObject({ active: false });
  expect((await read("customers")).some((row) => row.active === false)).toBe(true);
  const leads = await read("leads");
  expect(leads.every((row) => row.active === true)).toBe(true);
  expect(leads.some((row) => row.id === firstIds.leads)).toBe(false);
});

test("a list of which it cannot be asked what is inactive never proves that a record is gone", async () => {
  const { stream, pages } = await connect({ options: { source: "list" } });
  expect(stream("leads").listing.complete).toBe("never");
  expect((await pages("leads")).at(-1)?.complete).toBeFalsy();
  expect((await pages("customers")).at(-1)?.complete).toBe(true);
});

test("without recent changes a change shows 15 minutes later, nothing proves complete, and the overlap covers the lag", async () => {
  const { simulator, pages, stream } = await connect({ options: { recentChanges: false } });
  const name = "Tova Sedgeley";
  simulator.change("customers", String(firstIds.customers), { name });
  const seen = async () => (await pages("customers")).flatMap((page) => page.records).some((row) => row.name === name);
  expect(await seen()).toBe(false);
  expect((await pages("customers")).at(-1)?.complete).toBe(false);
  simulator.clock.advance(15 * 60_000 + 1000);
  expect(await seen()).toBe(true);
  expect(stream("customers").cursor?.overlap).toBeGreaterThanOrEqual(15 * 60_000);
});

test("rows that a feed repeats from page to page are given once, and one that changed meanwhile is given again", async () => {
  const { simulator, stream, call } = await connect({ tenant: { size: 2, feedPageSize: 4 } });
  const added = Array.from({ length: 11 }, (_, n) =>
    simulator.add("tag_types", { name: `T${n}`, color: "#000000", code: "", active: true }),
  );
  const seen: string[] = [];
  for await (const page of stream("tag_types").read?.({ pageSize: 4 }, call) ?? []) {
    seen.push(...page.records.map((row) => String(row.name)));
    if (seen.length === 4) simulator.change("tag_types", String(added[0]?.id), { name: "renamed" });
  }
  expect(new Set(seen).size).toBe(seen.length);
  expect(seen).toEqual(expect.arrayContaining(["T1", "T10", "renamed"]));
  // The repeats did happen: 14 rows fit four pages of four, and took five.
  expect(simulator.traffic.requests).toBeGreaterThan(4);
});

test("goes on after a restart with the feed's own token", async () => {
  const { pages, simulator } = await connect({ tenant: { size: 12, feedPageSize: 5 } });
  const [first] = await pages("customers");
  simulator.traffic.reset();
  const position = JSON.parse(JSON.stringify(first?.next)) as { token: string };
  const rest = await pages("customers", { position });
  expect(rest.flatMap((page) => page.records)).toHaveLength(7);
  expect(rest.at(-1)?.complete).toBe(true);
  expect(paths(simulator)[0]).toContain(`from=${position.token}`);
});

test("a moment with more than seven digits is cut off, never rounded up", async () => {
  const { simulator, read } = await connect({ options: { sources: { campaigns: "list" } } });
  for (const name of ["campaigns", "customers"]) {
    const row = simulator.holds(name).find((one) => /\.\d{7}Z$/.test(String(one.modifiedOn)));
    const since = String(row?.modifiedOn).replace("Z", "99Z");
    expect((await read(name, { since })).map(({ id }) => id)).toContain(row?.id);
  }
  const asked = paths(simulator).map((path) => new URL(path, "http://example.test").searchParams);
  for (const query of asked) expect(query.get("from") ?? query.get("modifiedOnOrAfter")).toMatch(/\.\d{7}Z$/);
});

test("a list is not bounded above: a row that changes meanwhile would leave the filter and shift the others", async () => {
  const { simulator, stream, call } = await connect({ tenant: { size: 12 }, options: { source: "list" } });
  const seen = new Set<unknown>();
  for await (const page of stream("customers").read?.(
    { pageSize: 5, since: "2020-01-01T00:00:00Z", until: "2026-03-10T14:00:00Z" },
    call,
  ) ?? []) {
    for (const row of page.records) seen.add(row.id);
    if (seen.size === 5) simulator.change("customers", String(firstIds.customers), { name: "Changed" });
  }
  expect(seen.size).toBe(12);
});

test("a customer that was merged away is read inactive, with where it went", async () => {
  const { simulator, read } = await connect();
  simulator.change("customers", String(firstIds.customers), { active: false, mergedToId: firstIds.customers + 1 });
  const since = "2026-03-10T14:00:00Z";
  expect(await read("customers", { since })).toMatchObject([{ id: firstIds.customers, active: false, mergedToId: firstIds.customers + 1 }]);
});

test("fifty keys are asked for at once, and what is no id is not asked for at all", async () => {
  const { simulator, stream, call } = await connect({ tenant: { size: 120 } });
  const keys = simulator.holds("customers").map(({ id }) => String(id));
  simulator.traffic.reset();
  expect(await stream("customers").get?.([...keys, "no-id"], call)).toHaveLength(120);
  expect(simulator.traffic.requests).toBe(3);
  expect(await stream("customers").get?.(["no-id"], call)).toEqual([]);
  expect(simulator.traffic.requests).toBe(3);
});

test("external data is read where the connection names its application", async () => {
  const externalDataApplication = "5e0d3ad6-2c07-4a6c-9a5a-0d0c6d8b7a10";
  const { update, stream, call } = await connect({ options: { externalDataApplication } });
  await update("customers", firstIds.customers, { externalData: [{ key: "crm", value: "7" }] });
  expect(await stream("customers").get?.([String(firstIds.customers)], call)).toMatchObject([
    { externalData: [{ key: "crm", value: "7" }] },
  ]);
});
