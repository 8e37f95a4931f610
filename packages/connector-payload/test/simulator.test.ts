import { createSimulator, type PayloadSimulator, type PayloadSimulatorOptions } from "@fieldwright/connector-payload/simulator";
import { describe, expect, onTestFinished, test } from "vitest";
import { oddCollections, vault } from "./oddities.js";

// What the fact sheet says of Payload, told of the simulator; real-servers/payload asks both the same and compares whole answers.

interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

interface Asking {
  readonly simulator: PayloadSimulator;
  ask(method: string, path: string, json?: unknown, headers?: Readonly<Record<string, string>>): Promise<Answer>;
}

async function begin(options: PayloadSimulatorOptions = {}): Promise<Asking> {
  const simulator = await createSimulator({ size: 12, collections: [...oddCollections, vault], ...options });
  onTestFinished(() => simulator.close());
  const authorization = `users API-Key ${simulator.options.apiKey}`;
  return {
    simulator,
    async ask(method, path, json, headers) {
      const answer = await fetch(simulator.url + path, {
        method,
        headers: { authorization, "content-type": "application/json", ...headers },
        ...(json === undefined ? {} : { body: JSON.stringify(json) }),
      });
      return { status: answer.status, body: (await answer.json()) as Answer["body"] };
    },
  };
}

const idsOf = ({ body }: Answer): readonly unknown[] => (body.docs as readonly { readonly id: number }[]).map((doc) => doc.id);
const wentWrong = { errors: [{ message: "Something went wrong." }] };

describe("auth", () => {
  test.each([
    ["another key", "users API-Key another-demo-key"],
    ["the scheme in small letters", "users api-key demo-key-0001-0002-0003"],
    ["another collection", "members API-Key demo-key-0001-0002-0003"],
    ["a token that nobody gave", "JWT made-up"],
    ["nothing", ""],
  ])("%s is a stranger: 403 and never 401, and /me says who that is", async (_what, authorization) => {
    const { ask } = await begin();
    const notAllowed = { status: 403, body: { errors: [{ message: "You are not allowed to perform this action." }] } };
    expect(await ask("GET", "/contacts", undefined, { authorization })).toEqual(notAllowed);
    expect(await ask("GET", "/users/me", undefined, { authorization })).toEqual({ status: 200, body: { user: null, message: "Account" } });
  });

  test("a login gives a token that both schemes take, until it ends", async () => {
    const { ask, simulator } = await begin({ now: "2026-03-10T15:00:00Z", tokenSeconds: 100 });
    const { status, body } = await ask("POST", "/users/login", simulator.login);
    expect([status, body.message, body.exp]).toEqual([200, "Authentication Passed", Date.parse("2026-03-10T15:01:40Z") / 1000]);
    const statusWith = async (scheme: string) =>
      (await ask("GET", "/contacts", undefined, { authorization: `${scheme} ${body.token}` })).status;
    expect([await statusWith("JWT"), await statusWith("Bearer")]).toEqual([200, 200]);
    simulator.clock.advance(101_000);
    expect(await statusWith("JWT")).toBe(403);
    expect((await ask("POST", "/users/login", { ...simulator.login, password: "x" })).status).toBe(401);
  });

  test("strangers see a part of what a rule lets through, and /access tells of what is allowed only", async () => {
    const { ask, simulator } = await begin();
    const part = simulator.holds("news").filter((record) => record.published === true);
    expect(part.length).toBeGreaterThan(0);
    expect((await ask("GET", "/news", undefined, { authorization: "" })).body.totalDocs).toBe(part.length);
    expect((await ask("GET", "/news")).body.totalDocs).toBe(12);
    const ours = (await ask("GET", "/access")).body.collections as Record<string, unknown>;
    const theirs = (await ask("GET", "/access", undefined, { authorization: "" })).body.collections as Record<string, unknown>;
    expect(Object.keys(ours)).toEqual(["pipelines", "contacts", "opportunities", "news"]);
    expect(theirs).toMatchObject({ news: { read: { permission: true, where: { published: { equals: true } } } } });
    expect(Object.keys(theirs)).toEqual(["news"]);
  });
});

describe("lists", () => {
  test("ten of them, the newest first, with related records whole, unless something else is asked", async () => {
    const { ask } = await begin();
    const usual = await ask("GET", "/opportunities");
    expect(idsOf(usual)).toEqual([12, 11, 10, 9, 8, 7, 6, 5, 4, 3]);
    expect(usual.body).toMatchObject({
      hasNextPage: true,
      nextPage: 2,
      totalDocs: 12,
      totalPages: 2,
      limit: 10,
      page: 1,
      pagingCounter: 1,
    });
    const contacts = (usual.body.docs as readonly { readonly contact: unknown }[]).map((doc) => typeof doc.contact);
    expect(contacts).toContain("object");
    expect(contacts).not.toContain("number");
    expect(idsOf(await ask("GET", "/opportunities?limit=0&sort=id"))).toHaveLength(12);
    expect((await ask("GET", "/opportunities?page=9")).body).toMatchObject({ docs: [], totalDocs: 12 });
    expect((await ask("GET", "/opportunities?limit=5&pagination=false")).body).toMatchObject({ totalDocs: 5, hasNextPage: false });
  });

  test("a plus sign in an address is a blank", async () => {
    const { ask } = await begin();
    await ask("POST", "/contacts", { lastName: "P", phone: "+15550100099" });
    expect(idsOf(await ask("GET", "/contacts?where[phone][equals]=+15550100099"))).toEqual([]);
    expect(idsOf(await ask("GET", "/contacts?where[phone][equals]=%2B15550100099"))).toEqual([13]);
  });

  test("the moment of a change is compared to the millisecond", async () => {
    const { ask, simulator } = await begin();
    simulator.clock.set("2026-07-01T00:00:00.007Z");
    simulator.change("contacts", "3", {});
    const by = async (operator: string) => idsOf(await ask("GET", `/contacts?where[updatedAt][${operator}]=2026-07-01T00:00:00.007Z`));
    expect([await by("greater_than_equal"), await by("greater_than")]).toEqual([[3], []]);
  });

  test.each([
    ["an unknown field", "/contacts?where[nope][equals]=1", 400, { name: "QueryError", data: [{ path: "nope" }] }],
    ["a choice that is none", "/opportunities?where[status][in]=open,nix", 500, { message: "Something went wrong." }],
    ["an id that is none", "/contacts/abc", 500, { message: "Something went wrong." }],
    ["an id that nobody has", "/contacts/99", 404, { message: "Not Found" }],
  ])("%s is refused", async (_what, path, status, error) => {
    const { ask } = await begin();
    expect(await ask("GET", path)).toMatchObject({ status, body: { errors: [error] } });
  });

  test("an unknown collection has another kind of 404", async () => {
    const { ask } = await begin();
    expect(await ask("GET", "/nosuch")).toEqual({ status: 404, body: { message: 'Route not found "/api/nosuch"' } });
  });
});

describe("writes", () => {
  test("201 for a create only, and what is no field or no number is dropped without a word", async () => {
    const { ask } = await begin();
    const made = await ask("POST", "/opportunities?depth=0", { name: "O", amount: "a lot", nope: 1, contact: 1 });
    expect(made).toMatchObject({
      status: 201,
      body: { doc: { id: 13, amount: null, contact: 1 }, message: "Opportunity successfully created." },
    });
    expect(made.body.doc).not.toHaveProperty("nope");
    expect(await ask("PATCH", "/opportunities/13", { amount: 5 })).toMatchObject({ status: 200, body: { doc: { contact: { id: 1 } } } });
  });

  test("a duplicate is a 400 that names its table and no label, and burns an id", async () => {
    const { ask } = await begin();
    const error = { message: "Value must be unique", path: "externalId", tableName: "contacts" };
    expect(await ask("POST", "/contacts", { lastName: "D", externalId: "externalId-0000001" })).toMatchObject({
      status: 400,
      body: { errors: [{ name: "ValidationError", data: { collection: "contacts", errors: [error] } }] },
    });
    expect((await ask("POST", "/contacts", { lastName: "D" })).body).toMatchObject({ doc: { id: 14 } });
    expect((await ask("POST", "/pipelines", { name: "a", key: "" })).status).toBe(201);
    expect((await ask("POST", "/pipelines", { name: "b", key: "" })).status).toBe(400);
  });

  test("a relation must be of the right type of JSON, and one to nothing makes the database fail", async () => {
    const { ask } = await begin();
    const message = "This relationship field has the following invalid relationships: 1 0";
    expect(await ask("POST", "/opportunities", { name: "O", contact: "1" })).toMatchObject({
      status: 400,
      body: { errors: [{ data: { errors: [{ label: "Contact", message, path: "contact" }] } }] },
    });
    expect(await ask("POST", "/opportunities", { name: "O", contact: 4711 })).toEqual({ status: 500, body: wentWrong });
  });

  test("one record that fails in bulk fails all of them", async () => {
    const { ask, simulator } = await begin();
    const before = simulator.holds("contacts");
    const answer = await ask("PATCH", "/contacts?where[id][in]=1,2", { email: "bad" });
    expect(answer).toMatchObject({ status: 400, body: { docs: [], message: "Unable to update 2 out of 2 Contacts." } });
    expect(simulator.holds("contacts")).toEqual(before);
    expect((await ask("PATCH", "/contacts", { phone: "1" })).body).toEqual({
      errors: [{ message: "Missing 'where' query of documents to update." }],
    });
  });
});

test("the same seed gives the same records, and another one others", async () => {
  const records = async (seed: number) => (await begin({ seed })).simulator.holds("contacts");
  expect(await records(7)).toEqual(await records(7));
  expect(await records(7)).not.toEqual(await records(8));
});
