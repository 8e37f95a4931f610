import { expect, test } from "vitest";
import type { Begin } from "./begin.js";
import { connect, errorsOf, recordOf } from "./connect.js";

export function relations(begin: Begin): void {
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

export function refusals(begin: Begin): void {
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

export function values(begin: Begin): void {
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
