import { describe, expect, test } from "vitest";
import { connect } from "./connect.js";

describe("records", () => {
  test("are flat, their keys are text, and a relationship is its id and name", async () => {
    const { read, simulator } = await connect();
    const [company] = await read("companies");
    expect(company).toMatchObject({ id: "1001", _way: "api", accountId: "7" });
    const withManager = (await read("companies")).find((record) => record.manager !== null);
    const manager = withManager?.manager as { id: string; name: string };
    expect(simulator.holds("employees").find((employee) => employee.id === manager.id)?.name).toBe(manager.name);
  });

  test("a relationship that leads to nobody keeps its id and has no name, and is not taken for none", async () => {
    const { read } = await connect();
    const lost = (await read("properties")).filter((record) => (record.manager as { id?: string } | null)?.id === "999999");
    expect(lost.length).toBeGreaterThan(0);
    expect(lost[0]?.manager).toEqual({ id: "999999", name: null });
  });

  test("of the three kinds of jobs share one space of ids, and a get never gives one of another stream", async () => {
    const { stream, call, simulator } = await connect();
    const service = String(simulator.holds("services")[0]?.id);
    expect(await stream("services").get?.([service], call)).toHaveLength(1);
    expect(await stream("opportunities").get?.([service], call)).toEqual([]);
  });

  test("show a field on demand only where it is named, and all others all the same", async () => {
    const plain = await connect();
    expect((await plain.read("companies"))[0]).not.toHaveProperty("soldValue");
    const asked = await connect({ options: { onDemand: { companies: ["soldValue"] } } });
    const [company] = await asked.read("companies");
    expect(company?.soldValue).toMatch(/^\d+\.\d\d$/);
    const [usual] = await plain.read("companies");
    const { soldValue: _, ...rest } = company ?? {};
    expect(rest).toEqual(usual);
  });
});

describe("what changed", () => {
  test("is asked for from just before, because Centerpoint leaves out the second that is named", async () => {
    const { read, simulator } = await connect();
    simulator.change("companies", "1005", {});
    const records = await read("companies", { since: "2026-03-10T15:00:00Z" });
    expect(records.map((record) => record.id)).toEqual(["1005"]);
    expect(decodeURIComponent(simulator.traffic.paths().at(-1) ?? "")).toContain("filter[updated_at][gt]=2026-03-10+14:59:59");
  });

  test("of services, which have no such filter, is read from the newest on, and the walk stops at the first old one", async () => {
    const { pages, simulator } = await connect({ size: 60 });
    for (const id of ["9001", "9004"]) simulator.change("services", id, {});
    simulator.traffic.reset();
    const read = await pages("services", { since: "2026-03-10T14:00:00Z", pageSize: 10 });
    expect(read.flatMap((page) => page.records.map((record) => record.id)).sort()).toEqual(["9001", "9004"]);
    expect(simulator.traffic.requests).toBe(1);
    expect(read.at(-1)).not.toHaveProperty("complete", true);
  });

  test("can be asked of services by the filter where an account has it", async () => {
    const options = { assumptions: { incremental: { services: "filter" } } };
    const { read, simulator } = await connect({ account: { jobsFilterByUpdate: true }, options });
    simulator.change("services", "9001", {});
    expect(await read("services", { since: "2026-03-10T14:00:00Z" })).toHaveLength(1);
    const refused = await connect({ options });
    await expect(refused.read("services", { since: "2026-03-10T14:00:00Z" })).rejects.toMatchObject({ code: "centerpoint/bad-request" });
  });

  test("after the end of the span is left for the next read", async () => {
    const { read, simulator } = await connect();
    simulator.change("companies", "1005", {});
    expect(await read("companies", { since: "2026-03-10T14:00:00Z", until: "2026-03-10T14:59:59Z" })).toEqual([]);
  });

  test("is not lost when another row is deleted while it is read, though that pulls rows across pages", async () => {
    const { stream, simulator, call } = await connect({ size: 30 });
    const seen: string[] = [];
    let page = 0;
    for await (const { records } of stream("companies").read?.({ pageSize: 5 }, call) ?? []) {
      seen.push(...records.map((record) => String(record.id)));
      page += 1;
      if (page === 2) for (const id of ["1001", "1002", "1007"]) simulator.remove("companies", id);
    }
    const left = simulator.holds("companies").map((record) => String(record.id));
    expect(left.filter((id) => !seen.includes(id))).toEqual([]);
    expect(new Set(seen).size).toBe(seen.length);
  });
});

describe("a listing is complete", () => {
  const ends = (pages: readonly { complete?: boolean }[]) => pages.at(-1)?.complete;

  test("when every page told the same total and as many rows came, also after it was taken up again", async () => {
    const { pages } = await connect();
    const whole = await pages("companies", { pageSize: 5 });
    expect(ends(whole)).toBe(true);
    const position = JSON.parse(JSON.stringify(whole[1]?.next));
    expect(ends(await pages("companies", { pageSize: 5, position }))).toBe(true);
  });

  test("never when it ends early, whatever its count says", async () => {
    const { pages, simulator } = await connect();
    simulator.api.endsAfter = { path: "companies", page: 2 };
    const short = await pages("companies", { pageSize: 5 });
    expect(short.flatMap((page) => page.records)).toHaveLength(10);
    expect(ends(short)).toBe(false);
  });

  test("never when a row went and another came meanwhile, though the total stayed", async () => {
    const { stream, simulator, call } = await connect();
    let complete: boolean | undefined;
    let page = 0;
    for await (const read of stream("companies").read?.({ pageSize: 5 }, call) ?? []) {
      complete = read.complete;
      page += 1;
      if (page !== 2) continue;
      simulator.remove("companies", "1001");
      simulator.add("companies", { id: "5000", name: "New", createdAt: "2026-03-10T15:00:00.000000Z" });
    }
    expect(complete).toBe(false);
  });

  test("never when its total changed meanwhile, because nobody knows what else did", async () => {
    const { stream, simulator, call } = await connect();
    let complete: boolean | undefined;
    let page = 0;
    for await (const read of stream("companies").read?.({ pageSize: 5 }, call) ?? []) {
      complete = read.complete;
      page += 1;
      if (page === 2) simulator.add("companies", { id: "5000", name: "Dated back", createdAt: "2023-01-02T08:00:00.000000Z" });
    }
    expect(complete).toBe(false);
  });

  test("never when a page was passed over, and never of a part", async () => {
    const { stream, pages } = await connect();
    const [first] = await pages("companies", { pageSize: 5 });
    const position = stream("companies").listing.skip?.(first?.next);
    expect(ends(await pages("companies", { pageSize: 5, ...(position ? { position } : {}) }))).toBe(false);
    expect(ends(await pages("companies", { since: "2020-01-01T00:00:00Z" }))).toBe(false);
  });

  test("where the vendor cuts the size of pages without a word", async () => {
    const { pages } = await connect({ account: { pageSizeLimit: 4 } });
    const whole = await pages("companies", { pageSize: 100 });
    expect(whole).toHaveLength(6);
    expect(ends(whole)).toBe(true);
  });
});

describe("what the API does not have", () => {
  test.each(["equipment", "estimates", "communications"])("%s is declared, without any operation, and says the way in", async (name) => {
    const { stream } = await connect({ size: 1 });
    const { read, get, find, create, update, delete: remove, about } = stream(name);
    expect([read, get, find, create, update, remove].every((operation) => operation === undefined)).toBe(true);
    expect(about).toContain("file connector");
  });
});

test("find by a field that Centerpoint cannot look for says which it can", async () => {
  const { stream, call } = await connect({ size: 2 });
  await expect(stream("companies").find?.("website", ["x"], call)).rejects.toMatchObject({
    code: "centerpoint/cannot-find-by",
    hint: expect.stringContaining("id, name"),
  });
});
