import { expect, test } from "vitest";
import { asked, connect, ids } from "./connect.js";

const quick = { bulkFrom: 300, assumptions: { bulkPollMs: 1 } };

test("a large first load goes by a bulk job, with the values that a list gives, and proves that it is whole", async () => {
  const { simulator, pages } = await connect({ org: { sizes: { Contacts: 450 } }, options: quick });
  const all = await pages("Contacts");
  const records = all.flatMap((page) => page.records);
  expect(all.at(-1)?.complete).toBe(true);
  expect(asked(simulator, /^\/crm\/v8\/Contacts\?/)).toHaveLength(1 + 2);
  expect(ids(records)).toEqual(ids(simulator.holds("Contacts")));
  const idOnly = (value: unknown) => (value === null || value === undefined ? null : { id: (value as { id: string }).id });
  const names = (value: unknown) => (value as { name: string }[]).map(({ name }) => ({ name }));
  for (const held of simulator.holds("Contacts").slice(0, 20)) {
    const { Owner, Created_By, Modified_By, Account_Name, Tag, ...plain } = held;
    const people = { Owner: idOnly(Owner), Created_By: idOnly(Created_By), Modified_By: idOnly(Modified_By) };
    expect(records.find((record) => record.id === held.id)).toEqual({
      ...plain,
      ...people,
      Account_Name: idOnly(Account_Name),
      Tag: names(Tag),
    });
  }
});

test("texts with commas, quotes and line breaks come through the CSV", async () => {
  const { simulator, read } = await connect({ org: { sizes: { Accounts: 310 } }, options: quick });
  const text = 'one, "two"\nthree; four';
  const made = simulator.add("Accounts", { Account_Name: "Odd", Description: text });
  expect((await read("Accounts")).find((record) => record.id === made.id)?.Description).toBe(text);
});

test("more than one job's worth is read job by job, and goes on from any row", async () => {
  const org = { sizes: { Accounts: 520 }, bulkRows: 200 };
  const { stream, call, pages } = await connect({ org, options: quick });
  const all = await pages("Accounts", { pageSize: 90 });
  expect(new Set(all.flatMap((page) => ids(page.records))).size).toBe(520);
  expect(all.at(-1)?.complete).toBe(true);
  const accounts = await stream("Accounts");
  for (const [index, page] of all.entries()) {
    if (page.next === undefined) continue;
    const rest: string[] = [];
    const position = JSON.parse(JSON.stringify(page.next)) as typeof page.next;
    for await (const later of accounts.read?.({ pageSize: 90, position }, call) ?? []) rest.push(...ids(later.records));
    expect(rest.sort()).toEqual(
      all
        .slice(index + 1)
        .flatMap((later) => ids(later.records))
        .sort(),
    );
  }
});

test("many changes go by a bulk job too, with the bound in its criteria", async () => {
  const { simulator, read } = await connect({ org: { sizes: { Accounts: 700 } }, options: quick });
  simulator.clock.advance(86_400_000);
  const since = simulator.clock.now().toISOString();
  for (const account of simulator.holds("Accounts").slice(0, 350))
    simulator.change("Accounts", String(account.id), { Account_Site: "North" });
  expect(await read("Accounts", { since })).toHaveLength(350);
  expect(asked(simulator, /^\/crm\/bulk\/v8\/read$/)).toHaveLength(1);
});

test("fewer than that stay with the list, and cost no job", async () => {
  const { simulator, read } = await connect({ org: { sizes: { Accounts: 299 } }, options: quick });
  expect(await read("Accounts")).toHaveLength(299);
  expect(asked(simulator, /^\/crm\/bulk/)).toEqual([]);
});

test("a result that Zoho hands out too slowly for its limit of downloads can be asked for again", async () => {
  const { simulator, read } = await connect({ org: { sizes: { Accounts: 310 } }, options: quick });
  simulator.faults.next("429", 1, (path) => path.endsWith("/result"));
  await expect(read("Accounts")).rejects.toMatchObject({ code: "http/429", next: "retry" });
  expect(await read("Accounts")).toHaveLength(310);
});

test("a list that would end at 100,000 records, because more came meanwhile, goes on as a job from the start", async () => {
  const { simulator, read } = await connect({ org: { sizes: { Accounts: 310 } }, options: { assumptions: { bulkPollMs: 1 } } });
  const position = { page: 1, perPage: 200, read: 99_900, startedMs: simulator.clock.now().getTime(), whole: true, again: 1 };
  expect(await read("Accounts", { position })).toHaveLength(310);
  expect(asked(simulator, /^\/crm\/bulk\/v8\/read$/)).toHaveLength(1);
});
