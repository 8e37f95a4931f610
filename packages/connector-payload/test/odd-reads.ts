import { expect, test } from "vitest";
import type { Begin } from "./begin.js";
import { connect, recordOf } from "./connect.js";

export function searches(begin: Begin): void {
  test("values with commas, plus signs, brackets and quotes are looked for as they are", async () => {
    const { create, find } = await connect(await begin());
    const names = ["a, b", "a", "+1 [x]=&%", `"it's"`, "b"];
    await create("contacts", ...names.map((lastName) => ({ lastName })));
    for (const name of names) expect((await find("contacts", "lastName", name)).map((record) => record.lastName)).toEqual([name]);
    expect(await find("contacts", "lastName", ...names)).toHaveLength(names.length);
  });

  test("hundreds of values are found by few requests, though no address may be that long", async () => {
    const simulator = await begin(60);
    const { find, stream } = await connect(simulator);
    await stream("contacts");
    const before = simulator.traffic.requests;
    const wanted = Array.from({ length: 300 }, (_, index) => `externalId-${String(index + 1).padStart(7, "0")}`);
    expect(await find("contacts", "externalId", ...wanted)).toHaveLength(60);
    expect(simulator.traffic.requests - before).toBe(2);
    expect(Math.max(...simulator.traffic.paths().map((path) => path.length))).toBeLessThan(2000);
  });

  test("more matches than a page holds are all given", async () => {
    const { find } = await connect(await begin(60), { assumptions: { maxPageSize: 7 } });
    const found = await find("contacts", "subscribed", true, false);
    expect(new Set(found.map((record) => record.id)).size).toBe(found.length);
    expect(found.length).toBeGreaterThan(30);
  });

  test.each([
    ["opportunities", "status", "no such status"],
    ["opportunities", "amount", "a lot"],
    ["opportunities", "contact", "smith"],
    ["opportunities", "closeDate", "someday"],
    ["contacts", "id", "smith"],
    ["contacts", "id", "99999999999"],
  ])("%s with a %s that cannot be is nobody, where Payload's database would fail", async (name, field, value) => {
    const { find } = await connect(await begin());
    expect(await find(name, field, value)).toEqual([]);
  });

  test("a field that is not there stops the stream and is named", async () => {
    const { find } = await connect(await begin());
    await expect(find("contacts", "shoeSize", 44)).rejects.toMatchObject({
      code: "payload/unknown-field",
      next: "stop-stream",
      field: "shoeSize",
    });
  });

  test.each([
    ["contacts", "extra"],
    ["contacts", "address"],
    ["opportunities", "subject"],
  ])("%s cannot be searched by %s, and that is said and not answered with nobody", async (name, field) => {
    const { find } = await connect(await begin());
    await expect(find(name, field, "x")).rejects.toMatchObject({ code: "payload/not-searchable", next: "stop-stream", field });
  });

  test("a field within a group is found with a dot", async () => {
    const { create, find } = await connect(await begin());
    await create("contacts", { lastName: "A", address: { city: "Nowhere, XY" } });
    expect(await find("contacts", "address.city", "Nowhere, XY")).toMatchObject([{ lastName: "A" }]);
  });

  test("without a schema the fields are those seen in records, and searching works all the same", async () => {
    const { stream, find, create } = await connect(await begin(), { collections: undefined });
    const { fields, cursor } = await stream("contacts");
    expect(fields).toMatchObject({ id: { type: "integer" }, lastName: { type: "json" }, updatedAt: { type: "datetime" } });
    expect(cursor).toMatchObject({ field: "updatedAt" });
    expect(await find("contacts", "externalId", "externalId-0000003")).toMatchObject([{ id: 3 }]);
    expect(recordOf(await create("opportunities", { name: "O", contact: 1 }))).toMatchObject({ contact: 1 });
  });
}

export function concurrentReads(begin: Begin): void {
  test("a full read misses none that was there, though others are added, changed and deleted before and behind it", async () => {
    const simulator = await begin(30);
    const { pages } = await connect(simulator);
    const before = simulator.holds("contacts").map((record) => Number(record.id));
    const seen: number[] = [];
    for await (const page of pages("contacts", { pageSize: 10 })) {
      seen.push(...page.records.map((record) => Number(record.id)));
      if (seen.length !== 10) continue;
      simulator.add("contacts", { lastName: "Added", createdAt: "2020-01-01T00:00:00.000Z" });
      simulator.change("contacts", "2", { lastName: "Changed" });
      simulator.change("contacts", "12", { lastName: "Changed" });
      simulator.remove("contacts", "1");
      simulator.remove("contacts", "25");
    }
    expect(seen).toEqual([...new Set(seen)]);
    expect(before.filter((id) => id !== 25 && !seen.includes(id))).toEqual([]);
  });

  test("an incremental read misses none, though records change while it is read and move out of its span", async () => {
    const simulator = await begin(30);
    const { pages } = await connect(simulator);
    const until = simulator.clock.now().toISOString();
    simulator.clock.advance(60_000);
    const seen = new Set<string>();
    let moved = false;
    for await (const page of pages("contacts", { pageSize: 5, since: "2020-01-01T00:00:00.000Z", until })) {
      for (const record of page.records) seen.add(String(record.id));
      if (!moved) for (const id of [1, 2, 3, 9]) simulator.change("contacts", String(id), {});
      moved = true;
    }
    const unmoved = simulator.holds("contacts").filter((record) => String(record.updatedAt) <= until);
    expect(unmoved.filter((record) => !seen.has(String(record.id)))).toEqual([]);
    expect(seen.has("9")).toBe(false); // it is past the span now, and the next read's
  });

  test("a total comes with every page and is counted once", async () => {
    const simulator = await begin(30);
    const { pages } = await connect(simulator);
    const totals: (number | undefined)[] = [];
    for await (const page of pages("contacts", { pageSize: 10 })) totals.push(page.total);
    expect(totals).toEqual([30, 30, 30]);
    const uncounted = simulator.traffic.paths().filter((path) => path.includes("pagination=false") && path.includes("sort=id"));
    expect(uncounted).toHaveLength(2);
  });
}

export function identity(begin: Begin): void {
  test("a wrong key stops the run and says what is wrong, though Payload takes it for a stranger and answers 200 and 403", async () => {
    const { connection, call } = await connect(await begin(), { apiKey: "demo-key-of-another-site" });
    await expect(connection.streams(call)).rejects.toMatchObject({ code: "payload/stranger", next: "stop-run" });
    expect((await connection.check(call)).map((item) => [item.what, item.ok])).toEqual([
      ["reach", true],
      ["credentials", false],
    ]);
  });

  test("a login with email and password reads and writes", async () => {
    const login = { apiKey: undefined, email: "sync@example.test", password: "demo-password" };
    const { read, create } = await connect(await begin(), login);
    expect(await read("contacts")).toHaveLength(8);
    expect(recordOf(await create("contacts", { lastName: "A" }))).toMatchObject({ lastName: "A" });
  });

  test("a wrong password stops the run", async () => {
    const login = { apiKey: undefined, email: "sync@example.test", password: "not-the-password" };
    const { connection, call } = await connect(await begin(), login);
    await expect(connection.streams(call)).rejects.toMatchObject({ code: "payload/unauthorized", next: "stop-run" });
  });

  test("a base address without its /api is said to be the trouble", async () => {
    const simulator = await begin();
    const { connection, call } = await connect(simulator, { baseUrl: `${simulator.url}/nothing` });
    const [reach] = await connection.check(call);
    expect(reach).toMatchObject({ what: "reach", ok: false, says: expect.stringContaining("baseUrl") });
  });
}
