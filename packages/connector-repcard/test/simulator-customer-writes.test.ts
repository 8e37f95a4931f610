import { describe, expect, it } from "vitest";
import { allTime, type Json, open } from "./simulator-calls.js";

const lead = {
  firstName: "Ivy",
  userEmail: "user9102@example.test",
  statusName: "New",
  type: "1",
  phoneNumber: "5550109999",
  companyName: "-",
};

describe("creating customers", () => {
  it("answers 200 with the customer bare, without the status's title, which is there when read again", async () => {
    const { send, get } = await open();
    const { status, json } = await send("POST", "/customers", { ...lead, roof_age: "12" });
    const made = json.data as Json;
    expect(status).toBe(200);
    expect(made).toMatchObject({
      statusId: 77,
      statusTitle: null,
      type: 1,
      ownerId: 9102,
      userId: 9102,
      externalId: null,
      address2: null,
      image: null,
      notes: null,
      roof_age: "12",
      latitude: "0",
    });
    expect((await get(`/customers/${made.id}`)).json.data).toMatchObject({ statusTitle: "New", createdAt: "2026-03-10T15:00:00.000000Z" });
  });

  it("makes two customers of the same body sent twice: nothing is compared", async () => {
    const { send, simulator } = await open();
    const ids = [await send("POST", "/customers", lead), await send("POST", "/customers", lead)].map(({ json }) => (json.data as Json).id);
    expect(new Set(ids).size).toBe(2);
    expect(simulator.holds("customers")).toHaveLength(402);
  });

  it("puts new customers on the last page and logs their first status", async () => {
    const { send, walk } = await open();
    const { json } = await send("POST", "/customers", lead);
    const id = (json.data as Json).id;
    expect((await walk("/customers")).at(-1)?.id).toBe(id);
    expect(await walk(`/customers/status-logs?${allTime}&customer_ids=${id}`)).toMatchObject([
      { statusFrom: null, statusTo: { statusName: "New" } },
    ]);
  });

  it.each([
    [{ firstName: "" }, "The first name field is required."],
    [{ userEmail: "nobody@example.test" }, "The selected user email is invalid."],
    [{ phoneNumber: undefined }, "The phone number field is required."],
    [{ statusName: "Signed" }, "The selected status name is invalid."],
  ])("refuses %j with 400 and the first message only", async (change, message) => {
    const { send, simulator } = await open();
    const { status, json } = await send("POST", "/customers", { ...lead, ...change });
    expect([status, json]).toEqual([400, { status: 0, statusCode: 400, message, result: {} }]);
    expect(simulator.holds("customers")).toHaveLength(400);
  });
});

describe("upserting customers", () => {
  it("updates what is named and keeps the rest, with 200", async () => {
    const { send, get, simulator } = await open();
    const before = simulator.holds("customers")[4] as Json;
    const { status } = await send("POST", "/customers/upsert", { id: before.id, contactIdentifierField: "id", city: "Elsewhere" });
    const after = (await get(`/customers/${before.id}`)).json.data as Json;
    expect(status).toBe(200);
    expect(after).toMatchObject({
      city: "Elsewhere",
      firstName: before.firstName,
      phoneNumber: before.phoneNumber,
      address: before.address,
      updatedAt: "2026-03-10T15:00:00.000000Z",
    });
  });

  it("finds by e-mail text in id, where contactIdentifierField says so", async () => {
    const { send, simulator } = await open();
    const known = simulator.holds("customers").find((row) => row.email) as Json;
    const { status, json } = await send("POST", "/customers/upsert", { id: known.email, contactIdentifierField: "email", title: "Mrs" });
    expect([status, (json.data as Json).id]).toEqual([200, known.id]);
  });

  it("makes a new customer under a new id with 201 where the id is not known, instead of failing", async () => {
    const { send, simulator } = await open();
    const { status, json } = await send("POST", "/customers/upsert", {
      id: 77,
      contactIdentifierField: "id",
      firstName: "Noor",
      ownerEmail: "user9103@example.test",
      type: 1,
    });
    const made = json.data as Json;
    expect(status).toBe(201);
    expect(made.id).not.toBe(77);
    expect(made.fullName).toBeNull();
    expect(simulator.holds("customers").at(-1)).toMatchObject({ id: made.id, fullName: "Noor", ownerId: 9103 });
  });

  it("keeps type and owner whatever the body says, and looks the status up among those of the type that stays", async () => {
    const { send, simulator } = await open();
    const before = simulator.holds("customers").find((row) => row.type === 1) as Json;
    const body = { id: before.id, contactIdentifierField: "id", type: 3, ownerEmail: "user9124@example.test", statusName: "Callback" };
    const { json } = await send("POST", "/customers/upsert", body);
    expect(json.data).toMatchObject({ type: 1, ownerId: before.ownerId, statusId: 79 });
    const wrong = await send("POST", "/customers/upsert", { ...body, statusName: "Hired" });
    expect([wrong.status, wrong.json.message]).toEqual([400, "The selected status name is invalid."]);
  });

  it('leaves "" where there was null, and names India in the answer only', async () => {
    const { send, get, simulator } = await open();
    const before = simulator
      .holds("customers")
      .find((row) => row.externalId === null && row.address2 === null && row.image === null) as Json;
    const { json } = await send("POST", "/customers/upsert", { id: before.id, contactIdentifierField: "id", city: "Mesa" });
    const drifted = { externalId: "", address2: "", image: "" };
    expect(json.data).toMatchObject({ ...drifted, isoCountryCode: "IN" });
    expect((await get(`/customers/${before.id}`)).json.data).toMatchObject({ ...drifted, isoCountryCode: "US" });
  });

  it("refuses an owner it does not know", async () => {
    const { send } = await open();
    const { status, json } = await send("POST", "/customers/upsert", { firstName: "A", ownerEmail: "nobody@example.test" });
    expect([status, json.message, json.result]).toEqual([400, "Contact creator email not found.", {}]);
  });
});

describe("statuses", () => {
  const body = {
    statusName: "Paid",
    shortName: "PD",
    type: 2,
    statusShape: "circle",
    colour: "#112233",
    isBaseStatus: 0,
    isGlobal: 1,
    iconName: "",
  };

  it("adds, changes and removes a status", async () => {
    const { send, get } = await open();
    const added = await send("POST", "/customers/status", body);
    expect([added.status, added.json.message]).toEqual([200, "Status added successfully."]);
    expect(added.result).toMatchObject({ statusName: "Paid", createdAt: expect.any(String), statusOrder: 15 });
    const id = added.result.id;
    await send("PATCH", `/customers/status/${id}`, { ...body, statusName: "Paid in full" });
    expect((await get("/contact-statuses?type=customer")).rows).toContainEqual({
      id,
      statusName: "Paid in full",
      shortName: "PD",
      type: "customer",
    });
    await send("DELETE", `/customers/status/${id}`);
    expect((await get("/customers/status")).rows).toHaveLength(14);
  });

  it("refuses a short name of more than four characters", async () => {
    const { send } = await open();
    const { status, json } = await send("POST", "/customers/status", { ...body, shortName: "PAIDX" });
    expect([status, json.message]).toEqual([400, "The short name may not be greater than 4 characters."]);
  });
});

describe("notes", () => {
  it("adds notes without telling their ids, changes and removes them, and has words for each mistake", async () => {
    const { send, get } = await open();
    const added = await send("POST", "/customers/notes", { customerId: 500001, userId: 9101, notes: ["one", "two"] });
    expect(added.json).toEqual({ status: 1, statusCode: 200, message: "Notes add successfully", result: {} });
    const list = async (): Promise<readonly Json[]> =>
      (await get("/customers/notes?userId=9101&customerId=500001&page=1&per_page=100")).rows;
    const [one, two] = (await list()).slice(-2);
    expect([one?.note, two?.note]).toEqual(["one", "two"]);
    expect((await send("PUT", `/customers/notes/${one?.id}`, { note: "changed" })).json.message).toBe("Note update successfully");
    expect((await send("DELETE", `/customers/notes/${two?.id}`)).json.message).toBe("Note Delete successfully");
    expect((await list()).at(-1)?.note).toBe("changed");

    const messages = [
      await send("POST", "/customers/notes", { customerId: 500001, notes: ["x"] }),
      await send("PUT", `/customers/notes/${one?.id}`, ""),
      await send("PUT", `/customers/notes/${one?.id}`, "{broken"),
      await send("DELETE", `/customers/notes/${two?.id}`),
    ].map(({ status, json }) => `${status} ${json.message}`);
    expect(messages).toEqual(["400 The user id field is required.", "400 Invalid JSON.", "400 Invalid JSON.", "400 Invalid Note ID."]);
  });
});

describe("files of custom fields", () => {
  it("takes a multipart upload and gives a public address that serves the same bytes", async () => {
    const { simulator } = await open();
    const form = new FormData();
    form.set("attachment", new File([new Uint8Array([1, 2, 3])], "bill.pdf"));
    const answer = await fetch(`${simulator.url}/custom-field/attachments`, {
      method: "POST",
      headers: { "x-api-key": simulator.options.apiKey },
      body: form,
    });
    const json = (await answer.json()) as { readonly message: string; readonly result: { readonly fileUrl: string } };
    expect(json.message).toBe("Attachment added successfully.");
    expect(json.result.fileUrl).toMatch(/\/custom-fields\/attachments\/[0-9a-f]+\.pdf$/);
    expect(new Uint8Array(await (await fetch(json.result.fileUrl)).arrayBuffer())).toEqual(new Uint8Array([1, 2, 3]));
  });
});
