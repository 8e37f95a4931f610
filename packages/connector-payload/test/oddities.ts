import type { Simulator } from "@fieldwright/connector-kit/testing";
import { type CollectionDefinition, crmCollections } from "@fieldwright/connector-payload/simulator";
import { describe, expect, onTestFinished, test } from "vitest";
import { connect, errorsOf, recordOf } from "./connect.js";

/** Of which strangers see a part. */
export const oddCollections: readonly CollectionDefinition[] = [
  ...crmCollections,
  {
    slug: "news",
    rule: "published-to-strangers",
    fields: [
      { name: "title", type: "text" },
      { name: "published", type: "checkbox" },
    ],
  },
];
/** Into which nobody may look. */
export const vault: CollectionDefinition = { slug: "vault", rule: "nobody", fields: [{ name: "name", type: "text" }] };

/** How Payload is odd, and what the connector makes of it: judged on the simulator and on the real server alike. */
export function oddities(start: (size: number) => Promise<Simulator>): void {
  const begin = async (size = 8): Promise<Simulator> => {
    const simulator = await start(size);
    onTestFinished(() => simulator.close());
    return simulator;
  };
  describe("relations", () => relations(begin));
  describe("refusals", () => refusals(begin));
  describe("values", () => values(begin));
  describe("searches", () => searches(begin));
  describe("reads while others write", () => concurrentReads(begin));
  describe("who asks", () => identity(begin));
}

type Begin = (size?: number) => Promise<Simulator>;

function relations(begin: Begin): void {
  test("a key in text becomes the number that Payload wants, also in lists and where a relation names its collection", async () => {
    const { create } = await connect(await begin());
    const sent = { name: "O", contact: "1", pipeline: "2", helpers: ["3", 1], subject: { relationTo: "pipelines", value: "1" } };
    expect(recordOf(await create("opportunities", sent))).toMatchObject({
      contact: 1,
      pipeline: 2,
      helpers: [3, 1],
      subject: { relationTo: "pipelines", value: 1 },
    });
  });

  test.each([
    ["contact", { contact: "smith" }, "contact"],
    ["a list of contacts", { helpers: [1, "smith"] }, "helpers.1"],
    ["subject without a collection", { subject: 1 }, "subject"],
    ["subject in a collection it does not lead to", { subject: { relationTo: "news", value: 1 } }, "subject"],
  ])("%s that cannot be a relation is refused by its field before anything is sent", async (_what, fields, field) => {
    const simulator = await begin();
    const { create, stream } = await connect(simulator);
    await stream("opportunities");
    const before = simulator.traffic.requests;
    expect(errorsOf(await create("opportunities", { name: "O", ...fields }))).toMatchObject([
      { code: "payload/not-writable", next: "hold-record", field, inDoubt: false },
    ]);
    expect(simulator.traffic.requests).toBe(before);
  });

  test("a relation to a record that is gone is told by its field, where Payload only says that something went wrong", async () => {
    const simulator = await begin();
    const { create, update } = await connect(simulator);
    const gone = { code: "payload/no-such-relation", next: "hold-record", field: "contact", inDoubt: false };
    expect(errorsOf(await create("opportunities", { name: "O", contact: 4711 }, { name: "P", contact: 1 }))).toMatchObject([
      gone,
      undefined,
    ]);
    expect(errorsOf(await update("opportunities", "1", { contact: 4711 }))).toMatchObject([gone]);
    const writes = simulator.traffic.paths().filter((path) => /opportunities(\/1)?\?depth=0$/.test(path));
    expect(writes).toHaveLength(3); // no write that fails so is tried again
  });

  test("a deleted record leaves nothing where others led to it", async () => {
    const { create, stream, call } = await connect(await begin());
    const { id } = recordOf(await create("opportunities", { name: "O", contact: 1, helpers: [1, 2] }));
    const contacts = await stream("contacts");
    expect(await contacts.delete?.(["1"], call)).toMatchObject([{ ok: true, key: "1" }]);
    expect(await (await stream("opportunities")).get?.([String(id)], call)).toMatchObject([{ contact: null, helpers: [2] }]);
  });
}

function refusals(begin: Begin): void {
  test("a duplicate is told as one, by its field, and does not stop the records around it", async () => {
    const { create, find } = await connect(await begin());
    const outcomes = await create(
      "contacts",
      { lastName: "New", externalId: "new-1" },
      { lastName: "Twice", externalId: "externalId-0000002" },
      { lastName: "New", externalId: "new-2" },
    );
    const duplicate = { code: "payload/duplicate", next: "hold-record", field: "externalId", inDoubt: false };
    expect(errorsOf(outcomes)).toMatchObject([undefined, duplicate, undefined]);
    expect(await find("contacts", "externalId", "externalId-0000002")).toMatchObject([{ id: 2 }]);
    expect(await find("contacts", "externalId", "new-1", "new-2")).toHaveLength(2);
  });

  test("an update that makes a duplicate leaves the record as it was", async () => {
    const simulator = await begin();
    const { update } = await connect(simulator);
    const before = simulator.holds("contacts")[0];
    expect(errorsOf(await update("contacts", "1", { externalId: "externalId-0000002", firstName: "Other" }))).toMatchObject([
      { code: "payload/duplicate", field: "externalId" },
    ]);
    expect(simulator.holds("contacts")[0]).toEqual(before);
  });

  test("several wrong fields are all told, and the first is named", async () => {
    const { create } = await connect(await begin());
    const [error] = errorsOf(await create("contacts", { email: "not an address", subscribed: "perhaps" }));
    expect(error).toMatchObject({ code: "payload/invalid", next: "hold-record", field: "lastName" });
    for (const field of ["lastName", "email", "subscribed"]) expect(error?.message).toContain(`${field}: `);
  });

  test("a wrong value within a list is told by its whole path", async () => {
    const { create } = await connect(await begin());
    expect(errorsOf(await create("opportunities", { name: "O", lineItems: [{ title: "a" }, { price: 1 }] }))).toMatchObject([
      { code: "payload/invalid", field: "lineItems.1.title" },
    ]);
  });

  test("an update of a record that is gone fails by itself, and a delete of one is as good as done", async () => {
    const { stream, call } = await connect(await begin());
    const contacts = await stream("contacts");
    const updates = [
      { key: "4711", set: { phone: "1" } },
      { key: "no-such-id", set: { phone: "1" } },
      { key: "2", set: { phone: "1" } },
    ];
    const missing = { code: "payload/not-found", next: "hold-record" };
    expect(errorsOf((await contacts.update?.(updates, call)) ?? [])).toMatchObject([missing, missing, undefined]);
    expect(await contacts.delete?.(["2", "4711"], call)).toMatchObject([{ ok: true }, { ok: true }]);
    expect(await contacts.delete?.(["2"], call)).toMatchObject([{ ok: true }]);
    expect(await contacts.get?.(["2"], call)).toEqual([]);
  });

  test("a collection without the right to it stops its stream, and check names it", async () => {
    const { read, create, connection, call } = await connect(await begin(), { collections: { vault: { fields: {} }, contacts: {} } });
    await expect(read("vault")).rejects.toMatchObject({ code: "payload/forbidden", next: "stop-stream" });
    expect(errorsOf(await create("vault", { name: "a" }, { name: "b" }))).toMatchObject([
      { code: "payload/forbidden", next: "stop-stream" },
      { code: "payload/forbidden" },
    ]);
    const items = await connection.check(call);
    expect(items.filter((item) => !item.ok).map((item) => item.what)).toEqual(["vault"]);
  });

  test("a collection that does not exist is told from one without the right", async () => {
    const { read } = await connect(await begin(), { collections: { contakts: {} } });
    await expect(read("contakts")).rejects.toMatchObject({ code: "payload/no-such-collection", next: "stop-stream" });
  });
}

function values(begin: Begin): void {
  test("a number that is none is refused by its field, where Payload would store nothing without a word", async () => {
    const { create } = await connect(await begin());
    const outcomes = await create("opportunities", { name: "O", amount: "a lot" }, { name: "O", amount: "77.5" });
    expect(errorsOf(outcomes)).toMatchObject([{ code: "payload/not-writable", field: "amount" }, undefined]);
    expect(recordOf(outcomes.slice(1))).toMatchObject({ amount: 77.5 });
  });

  test("nothing clears lists, groups, dates, choices and relations, though Payload takes it for each in another way", async () => {
    const { create, update } = await connect(await begin());
    const full = { lastName: "A", tags: ["x"], address: { street: "s", city: "c", zip: "z" }, birthday: "2000-01-01", extra: { a: 1 } };
    const contact = String(recordOf(await create("contacts", full)).id);
    expect(recordOf(await update("contacts", contact, { tags: null, address: null, birthday: "", extra: null }))).toMatchObject({
      tags: [],
      address: { street: null, city: null, zip: null },
      birthday: null,
      extra: null,
    });
    const deal = {
      name: "O",
      status: "open",
      amount: 5,
      contact: 1,
      helpers: [1],
      lineItems: [{ title: "t" }],
      subject: { relationTo: "contacts", value: 1 },
    };
    const opportunity = String(recordOf(await create("opportunities", deal)).id);
    const cleared = recordOf(
      await update("opportunities", opportunity, { status: "", amount: "", contact: "", helpers: null, lineItems: null, subject: null }),
    );
    expect(cleared).toMatchObject({ name: "O", status: null, amount: null, contact: null, helpers: [], lineItems: [] });
    expect(cleared.subject ?? null).toBeNull();
  });

  test("a field that Payload does not have is told once, since it drops it without a word", async () => {
    const { create, notices } = await connect(await begin());
    await create("contacts", { lastName: "A", shoeSize: 44 }, { lastName: "B", shoeSize: 45 });
    expect(notices).toHaveLength(1);
    expect(notices[0]).toContain("contacts.shoeSize");
  });

  test("a write answers with plain ids of related records, and not with the records", async () => {
    const { update } = await connect(await begin());
    expect(recordOf(await update("opportunities", "1", { contact: 2 }))).toMatchObject({ contact: 2 });
  });
}

function searches(begin: Begin): void {
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

function concurrentReads(begin: Begin): void {
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

function identity(begin: Begin): void {
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
