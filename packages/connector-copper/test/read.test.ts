import { describe, expect, test } from "vitest";
import { connect } from "./connect.js";

const few = { companies: 30, leads: 0, people: 5, opportunities: 0, projects: 0, tasks: 0, files: 0, related_items: 0, activities: 0 };

function ids(records: readonly Readonly<Record<string, unknown>>[]): readonly unknown[] {
  return records.map((record) => record.id);
}

describe("a walk by the date of creation", () => {
  test("reads beyond what one search shows, since each page is a search of its own", async () => {
    const { read, simulator } = await connect({ account: { sizes: few, reach: 8 }, options: { assumptions: { reach: 8 } } });
    const records = await read("companies", { pageSize: 4 });
    expect(ids(records)).toEqual(ids(simulator.holds("companies")));
  });

  test("reads records of the same second that fill several pages, but then claims no proof", async () => {
    const { pages, simulator } = await connect({ account: { sizes: few }, options: { assumptions: { maxPageSize: 5 } } });
    for (const record of simulator.holds("companies").slice(3, 22))
      simulator.change("companies", String(record.id), { date_created: 1_700_000_000 });
    const all = await pages("companies", { pageSize: 2 });
    const got = ids(all.flatMap((page) => page.records));
    expect([...got].sort()).toEqual([...ids(simulator.holds("companies"))].sort());
    expect(all.at(-1)?.complete).toBe(false);
  });

  test("goes on from the middle of such a second after a restart", async () => {
    const { pages, stream, call, simulator } = await connect({ account: { sizes: few }, options: { assumptions: { maxPageSize: 5 } } });
    for (const record of simulator.holds("companies")) simulator.change("companies", String(record.id), { date_created: 1_700_000_000 });
    const all = await pages("companies", { pageSize: 3 });
    for (const [index, page] of all.entries()) {
      if (!page.next) continue;
      const rest: unknown[] = [];
      const position = JSON.parse(JSON.stringify(page.next));
      for await (const later of stream("companies").read?.({ pageSize: 3, position }, call) ?? []) rest.push(...ids(later.records));
      expect(rest).toEqual(ids(all.slice(index + 1).flatMap((later) => later.records)));
    }
  });

  test("stops with a plain word where one second holds more than a search shows, and does not end as if that were all", async () => {
    const options = { assumptions: { reach: 10, maxPageSize: 5 } };
    const { read, simulator } = await connect({ account: { sizes: few, reach: 10 }, options });
    for (const record of simulator.holds("companies")) simulator.change("companies", String(record.id), { date_created: 1_700_000_000 });
    await expect(read("companies")).rejects.toMatchObject({ code: "copper/beyond-reach", next: "stop-stream" });
  });

  test("proves a full listing over many pages, even while records go away and come", async () => {
    const { stream, call, simulator } = await connect({ account: { sizes: few } });
    const seen = new Set<unknown>();
    let complete: boolean | undefined;
    let page = 0;
    for await (const { records, complete: said } of stream("companies").read?.({ pageSize: 4 }, call) ?? []) {
      for (const id of ids(records)) seen.add(id);
      complete = said;
      page += 1;
      if (page === 2) simulator.remove("companies", "9600001");
      if (page === 3) await stream("companies").create?.([{ name: "Late" }], call);
    }
    expect(complete).toBe(true);
    expect(simulator.holds("companies").filter((record) => !seen.has(record.id))).toEqual([]);
  });

  test("reads on where Copper cuts pages smaller than they were asked for, as long as it claims more", async () => {
    const { read, simulator } = await connect({ account: { sizes: { ...few, companies: 450 } } });
    const shown = simulator.holds("companies").length;
    expect(await read("companies", { pageSize: 200 })).toHaveLength(shown);
  });

  test("only one answer proves that all activities came, since people move them to other days", async () => {
    const { pages } = await connect({ account: { sizes: { ...few, activities: 30 } } });
    expect((await pages("activities", { pageSize: 10 })).at(-1)?.complete).toBe(false);
    expect((await pages("activities", { pageSize: 200 })).at(-1)?.complete).toBe(true);
  });
});

describe("what changed", () => {
  test("is asked for by the second, each bound a second wider, and what is beyond is left out again", async () => {
    const { read, simulator } = await connect({ account: { sizes: few } });
    const at = (seconds: number) => new Date(seconds * 1000).toISOString();
    for (const [index, seconds] of [1_772_000_000, 1_772_000_001, 1_772_000_009, 1_772_000_010].entries()) {
      simulator.clock.set(at(seconds));
      simulator.change("companies", String(9_600_001 + index), {});
    }
    const got = await read("companies", { since: at(1_772_000_001), until: at(1_772_000_009) });
    expect(ids(got)).toEqual([9_600_002, 9_600_003]);
  });

  test("is not asked for where the filter is not trusted: then a read is a full one, and the cursor says so", async () => {
    const { stream, read } = await connect({ account: { sizes: few }, options: { assumptions: { modifiedFilterOn: ["leads"] } } });
    expect([stream("companies").cursor?.filter, stream("leads").cursor?.filter]).toEqual([false, true]);
    expect(await read("companies")).toHaveLength(30);
  });

  test("never proves a full listing, nor does a span of days", async () => {
    const { pages } = await connect({ account: { sizes: few } });
    expect((await pages("companies", { since: "2020-01-01T00:00:00Z" })).at(-1)?.complete).toBe(false);
    expect((await pages("companies", { window: { from: "2020-01-01", to: "2030-01-01" } })).at(-1)?.complete).toBe(false);
  });
});

describe("leads", () => {
  const sizes = { ...few, leads: 22 };
  test("that were converted are read with the day and the person, and left out where the options say so", async () => {
    const all = await (await connect({ account: { sizes } })).read("leads");
    expect(all).toHaveLength(22);
    expect(all.filter((lead) => lead.converted_at !== null)).toHaveLength(2);
    expect(await (await connect({ account: { sizes }, options: { convertedLeads: false } })).read("leads")).toHaveLength(20);
  });

  test("that were converted are found by id too, though their own address is gone", async () => {
    const { stream, call } = await connect({ account: { sizes } });
    const [lead] = (await stream("leads").get?.(["9000011"], call)) ?? [];
    expect(lead).toMatchObject({ id: 9_000_011, converted_at: expect.stringMatching(/Z$/) });
  });
});

describe("get", () => {
  test("asks for few one by one, which shows a fresh write at once, though searches lag behind", async () => {
    const { stream, call, simulator } = await connect({ account: { sizes: few, searchLagMs: 60_000 } });
    await stream("companies").update?.([{ key: "9600001", set: { name: "Fresh" } }], call);
    expect((await stream("companies").get?.(["9600001"], call))?.[0]?.name).toBe("Fresh");
    expect((await stream("companies").find?.("name", ["Fresh"], call)) ?? []).toEqual([]);
    simulator.clock.advance(61_000);
    expect(await stream("companies").find?.("name", ["Fresh"], call)).toHaveLength(1);
  });

  test("asks for many with one search, and one by one only for those that it does not show", async () => {
    const { stream, call, simulator } = await connect({ account: { sizes: few, searchLagMs: 60_000 } });
    const made = await stream("companies").create?.([{ name: "New" }], call);
    const fresh = made?.[0]?.ok === true ? made[0].key : "";
    simulator.traffic.reset();
    const keys = [...Array.from({ length: 20 }, (_, n) => String(9_600_001 + n)), fresh, "no-key"];
    expect(await stream("companies").get?.(keys, call)).toHaveLength(21);
    expect(simulator.traffic.requests).toBe(2);
  });
});

describe("find", () => {
  test("leaves out what Copper finds by a part of the name", async () => {
    const { stream, call, simulator } = await connect({ account: { sizes: few } });
    simulator.change("companies", "9600001", { name: "Acorn" });
    simulator.change("companies", "9600002", { name: "Acorn North" });
    expect(ids((await stream("companies").find?.("name", ["Acorn"], call)) ?? [])).toEqual([9_600_001]);
  });

  test("says which fields can be searched where one cannot, since text fields of the account cannot", async () => {
    const { stream, call } = await connect({ account: { sizes: few } });
    await expect(stream("companies").find?.("Region code", ["x"], call)).rejects.toMatchObject({
      code: "copper/cannot-find-by",
      next: "stop-stream",
      hint: expect.stringContaining("email_domain, Trade"),
    });
  });
});

describe("files and relations", () => {
  test("of a record that went away while they were read are passed over, and the rest is read", async () => {
    const { stream, call, simulator } = await connect({ account: { sizes: { ...few, companies: 5, people: 4, files: 30 } } });
    simulator.faults.onRequest(3, () => simulator.remove("people", "27000002"));
    const got: string[] = [];
    for await (const page of stream("files").read?.({ pageSize: 200 }, call) ?? [])
      got.push(...page.records.map((record) => String(record.key)));
    expect(got.some((key) => key.startsWith("people/27000001/"))).toBe(true);
    expect(got.some((key) => key.startsWith("people/27000002/"))).toBe(false);
    expect(got.some((key) => key.startsWith("companies/"))).toBe(true);
  });

  test("each relation is one record, though it shows on both sides", async () => {
    const { read, simulator } = await connect({ account: { sizes: { ...few, companies: 3, people: 6 } } });
    const keys = (await read("related_items")).map((record) => record.key);
    expect(new Set(keys).size).toBe(keys.length);
    expect([...keys].sort()).toEqual(
      simulator
        .holds("related_items")
        .map((record) => record.key)
        .sort(),
    );
    expect(keys.length).toBeGreaterThan(0);
  });
});
