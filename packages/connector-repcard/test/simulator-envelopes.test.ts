import { describe, expect, it } from "vitest";
import { allTime, open } from "./simulator-calls.js";

describe("envelopes", () => {
  it("lists in A-list with totalPages, and has neither lastPage nor meta.total_pages, which made other clients stop after page 1", async () => {
    const { get } = await open();
    const { json, result } = await get("/customers?per_page=100&page=2");
    expect(json).toMatchObject({ status: 1, statusCode: 200, message: "success" });
    expect(Object.keys(result)).toEqual(["data", "totalCount", "currentPage", "totalPages"]);
    expect(result).toMatchObject({ totalCount: 400, currentPage: 2, totalPages: 4 });
  });

  it("answers with an empty message on users, though it went well", async () => {
    const { get } = await open();
    expect((await get("/users/minimal")).json).toMatchObject({ status: 1, message: "" });
  });

  it("gives one customer bare in data (B), without a status", async () => {
    const { get } = await open();
    expect(Object.keys((await get("/customers/500001")).json)).toEqual(["data"]);
  });

  it("gives companies and customer statuses as arrays (A-array), statuses of a type and custom fields in data without paging (A-data)", async () => {
    const { get } = await open();
    for (const path of ["/companies", "/customers/status"]) expect(Array.isArray((await get(path)).json.result)).toBe(true);
    for (const path of ["/contact-statuses?type=lead", "/custom-fields/lead"])
      expect(Object.keys((await get(path)).result)).toEqual(["data"]);
  });

  it("gives the teams of an office as a resource collection inside A", async () => {
    const { get } = await open();
    const { result } = await get("/offices/201/teams?per_page=1&page=2");
    expect(Object.keys(result)).toEqual(["data", "links", "meta"]);
    expect(result.meta).toMatchObject({ current_page: 2, last_page: 2, per_page: 1, total: 2, from: 2, to: 2 });
    expect(result.links).toMatchObject({ next: null, prev: expect.stringContaining("/api/offices/201/teams?page=1") });
  });

  it("gives calendars, and one customer's appointments and attachments, as a bare paginator (C)", async () => {
    const { get } = await open();
    for (const path of ["/calendar/lists", "/customers/500003/appointments", "/customers/500003/attachments"]) {
      const { json } = await get(`${path}?per_page=50`);
      expect(json).toMatchObject({ current_page: 1, last_page: 1, next_page_url: null, per_page: 50 });
      expect(json).not.toHaveProperty("status");
    }
  });

  it("gives notes in a paginator that does not know its end (C-simple)", async () => {
    const { get, simulator } = await open();
    const customerId = simulator.holds("notes")[0]?.customerId;
    const { json } = await get(`/customers/notes?userId=9101&customerId=${customerId}&page=1&per_page=10`);
    for (const key of ["total", "last_page", "last_page_url", "links", "status"]) expect(json).not.toHaveProperty(key);
    expect(json).toMatchObject({ current_page: 1, next_page_url: null, per_page: 10 });
  });
});

describe("paging", () => {
  it("clamps per_page at 100 without a word, and says the clamped size where the envelope has one", async () => {
    const { get } = await open();
    const customers = await get("/customers?per_page=1000");
    expect(customers.rows).toHaveLength(100);
    expect(customers.result.totalPages).toBe(4);
    expect((await get("/calendar/lists?per_page=1000")).json.per_page).toBe(100);
  });

  it("lets one customer's attachments have pages of 250, as the vendor's own example does", async () => {
    const { get } = await open();
    expect((await get("/customers/500003/attachments?per_page=250")).json.per_page).toBe(250);
    expect((await get("/customers/500003/attachments?per_page=1000")).json.per_page).toBe(250);
  });

  it("gives 50 status logs and 100 teams to whoever does not say how many", async () => {
    const { get } = await open();
    expect((await get(`/customers/status-logs?${allTime}`)).rows).toHaveLength(50);
    expect((await get("/offices/201/teams")).result.meta).toMatchObject({ per_page: 100 });
  });

  it("ignores limit and offset, which some clients send", async () => {
    const { get } = await open();
    expect((await get("/customers?per_page=5&limit=2&offset=3")).text).toBe((await get("/customers?per_page=5")).text);
  });

  it("claims a totalCount that is not the number of rows, while totalPages is right", async () => {
    const { get, walk, simulator } = await open();
    expect((await get("/users/minimal?per_page=100")).result.totalCount).toBe(simulator.holds("users").length - 1);
    expect((await get("/customers/attachments?per_page=100")).result.totalCount).toBe(simulator.holds("customer_attachments").length + 1);
    expect(await walk("/users/minimal", 6)).toHaveLength(24);
  });

  it("answers beyond the last page with no rows", async () => {
    const { get } = await open();
    const { result, rows } = await get("/customers?per_page=100&page=9");
    expect(rows).toEqual([]);
    expect(result).toMatchObject({ currentPage: 9, totalPages: 4 });
  });

  it("shifts the following pages when a row goes away while a list is being read", async () => {
    const { get, simulator } = await open();
    const ids = (rows: readonly { readonly id?: unknown }[]): unknown[] => rows.map((row) => row.id);
    const before = ids((await get("/customers?per_page=10&page=2")).rows);
    simulator.remove("customers", "500003");
    expect(ids((await get("/customers?per_page=10&page=2")).rows)).toEqual([...before.slice(1), 500_021]);
  });
});
