import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { call, databases, type Place, pages } from "./databases.js";

describe.each(databases("read"))("on %s", (_, open) => {
  let place: Place;
  let t: (name: string) => string;

  beforeAll(async () => {
    place = await open();
    t = (name) => `"${place.schema}"."${name}"`;
  });
  afterAll(() => place.close());

  const ids = (read: Awaited<ReturnType<typeof pages>>, name = "id") => read.flatMap((page) => page.records.map((record) => record[name]));

  test.each([1, 3, 10, 11, 1000])("reads every row once with pages of %i, and proves that it did", async (pageSize) => {
    await place.database.run(
      `create table if not exists ${t("ten")} as select n as id, 'n' || n as name from generate_series(1, 10) n; alter table ${t("ten")} drop constraint if exists ten_key; alter table ${t("ten")} add constraint ten_key primary key (id)`,
    );
    const read = await pages(await place.stream("ten"), { pageSize });
    expect(ids(read)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(read.map((page) => page.complete)).toEqual([...Array.from({ length: Math.ceil(10 / pageSize) - 1 }, () => undefined), true]);
    expect(read[0]?.total).toBe(10);
  });

  test("goes on from any page", async () => {
    const stream = await place.stream("ten");
    const read = await pages(stream, { pageSize: 3 });
    for (const [index, page] of read.slice(0, -1).entries()) {
      const rest = await pages(stream, { pageSize: 4, ...(page.next ? { position: JSON.parse(JSON.stringify(page.next)) } : {}) });
      expect(ids(rest)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10].slice(3 * (index + 1)));
      expect(rest.at(-1)?.complete).toBe(true);
    }
  });

  test("loses no row, and takes none for gone, though rows come and go while pages are read", async () => {
    await place.database.run(
      `create table ${t("busy")} as select n * 10 as id from generate_series(1, 20) n; alter table ${t("busy")} add primary key (id)`,
    );
    const stream = await place.stream("busy");
    const seen: unknown[] = [];
    let complete: boolean | undefined;
    for await (const page of stream.read?.({ pageSize: 6 }, call) ?? []) {
      seen.push(...page.records.map((record) => record.id));
      complete = page.complete;
      if (seen.length === 6)
        await place.database.run(`delete from ${t("busy")} where id in (10, 60, 70); insert into ${t("busy")} values (5), (65), (999)`);
    }
    expect(seen).toEqual([10, 20, 30, 40, 50, 60, 65, 80, 90, 100, 110, 120, 130, 140, 150, 160, 170, 180, 190, 200, 999]);
    expect(complete).toBe(true);
  });

  test("an empty table is a complete listing of nothing", async () => {
    await place.database.run(`create table ${t("none")} (id int4 primary key); create table ${t("none loose")} (id int4)`);
    expect(await pages(await place.stream("none"))).toEqual([{ records: [], total: 0, complete: true }]);
    expect(await pages(await place.stream("none loose"))).toEqual([{ records: [], complete: true }]);
  });

  test.each([
    ["text with signs and case", "text", ["", "'; --", "B", "a", "a/b", "ä", "a%2Fb", "\\", '"', "10", "9"]],
    ["64-bit integers", "int8", ["-9223372036854775808", "9007199254740993", "9007199254740994", "2", "10"]],
    ["exact decimals", "numeric", ["0.1", "0.10000000000000000000000001", "12345678901234567890.5", "-1"]],
    ["uuids", "uuid", ["ffffffff-0000-4000-8000-000000000000", "00000000-0000-4000-8000-000000000001"]],
    [
      "moments to the microsecond",
      "timestamptz",
      ["2025-01-01T00:00:00.000001Z", "2025-01-01T00:00:00.000002Z", "2025-01-01T00:00:00Z", "infinity"],
    ],
    ["dates", "date", ["2025-01-01", "0001-01-01", "infinity"]],
    ["floats", "float8", ["0.1", "0.30000000000000004", "1e+300", "-Infinity"]],
    ["bytes", "bytea", ["\\x00", "\\xff00", "\\x5c"]],
    ["times", "time", ["00:00:00", "23:59:59.999999"]],
  ])("pages by keys that are %s, in the database's own order", async (title, type, values) => {
    await place.database.run(`create table ${t(title)} (id ${type} primary key)`);
    const stream = await place.stream(title);
    const outcomes = await stream.create?.(
      values.map((id) => ({ id })),
      call,
    );
    const made = outcomes?.map((outcome) => (outcome.ok ? outcome.key : outcome.error.message));
    const read = await pages(stream, { pageSize: 1 });
    expect(ids(read).map(String).toSorted()).toEqual(values.toSorted());
    expect(made).toEqual(values);
    expect(await stream.get?.(values, call)).toHaveLength(values.length);
    expect(await stream.find?.("id", [...values, null, "no such thing"], call)).toHaveLength(values.length);
  });

  test("pages by keys over several columns", async () => {
    await place.database.run(
      `create table ${t("pairs")} (a text, b int4, primary key (a, b)); insert into ${t("pairs")} values ('x/y', 10), ('x/y', 9), ('x', 100), ('%2F', 1)`,
    );
    const read = await pages(await place.stream("pairs"), { pageSize: 1 });
    expect(ids(read, "a+b").toSorted()).toEqual(["%252F/1", "x%2Fy/10", "x%2Fy/9", "x/100"]);
  });

  describe("what changed since", () => {
    const moment = (microseconds: number) => `2025-03-01T12:00:00.${String(microseconds).padStart(6, "0")}Z`;
    beforeAll(async () => {
      await place.database.run(`create table ${t("changes")} (id int4 primary key, updated_at timestamptz);
        insert into ${t("changes")} select n, '2025-03-01T12:00:00Z'::timestamptz + n * interval '1 microsecond' from generate_series(1, 9) n;
        insert into ${t("changes")} values (10, null), (11, '2025-03-01T12:00:00.000004Z'), (12, '2025-03-01T12:00:00.000004Z')`);
    });

    test.each([1, 2, 100])("includes both bounds, to the microsecond, with pages of %i", async (pageSize) => {
      const read = await pages(await place.stream("changes"), { pageSize, since: moment(4), until: moment(7) });
      expect(ids(read)).toEqual([4, 11, 12, 5, 6, 7]);
      expect(read.at(-1)?.complete).toBe(false);
      expect(read[0]?.total).toBe(6);
    });

    test("understands bounds with more digits than the database keeps", async () => {
      expect(ids(await pages(await place.stream("changes"), { since: "2025-03-01T12:00:00.000008000Z" }))).toEqual([8, 9]);
    });

    test("a full read has the rows whose change time is blank too", async () => {
      expect(ids(await pages(await place.stream("changes"), { pageSize: 5 }))).toHaveLength(12);
    });

    test("follows an integer column, and one without an offset", async () => {
      await place.database.run(
        `create table ${t("versions")} (id int4 primary key, v int8, updated_at timestamp); insert into ${t("versions")} select n, 9007199254740990 + n, '2025-03-01'::timestamp + n * interval '1 hour' from generate_series(1, 5) n`,
      );
      expect(
        ids(
          await pages(await place.stream("versions", { cursor: { versions: "v" } }), {
            since: "9007199254740993",
            until: "9007199254740994",
          }),
        ),
      ).toEqual([3, 4]);
      expect(ids(await pages(await place.stream("versions"), { since: "2025-03-01T04:00:00.000000000Z", pageSize: 1 }))).toEqual([4, 5]);
    });
  });

  describe("rows without a key", () => {
    beforeAll(async () => {
      await place.database.run(
        `create table ${t("loose")} (t text, fw int4, updated_at timestamptz default '2025-01-01'); insert into ${t("loose")} select 'row ' || n, n from generate_series(1, 25) n; create view ${t("odd")} as select fw, t from ${t("loose")} where fw % 2 = 1`,
      );
    });

    test("come through one cursor, page by page and complete, and cannot be resumed", async () => {
      const read = await pages(await place.stream("loose"), { pageSize: 10 });
      expect(read.map((page) => [page.records.length, page.next, page.complete])).toEqual([
        [10, undefined, undefined],
        [10, undefined, undefined],
        [5, undefined, true],
      ]);
      expect(new Set(ids(read, "row_digest")).size).toBe(25);
      expect(await pages(await place.stream("odd"), { pageSize: 100 })).toMatchObject([{ complete: true }]);
    });

    test("show one state of the table, though it changes while pages are worked on", async () => {
      const stream = await place.stream("loose");
      const seen: unknown[] = [];
      for await (const page of stream.read?.({ pageSize: 10 }, call) ?? []) {
        await place.database.run(`delete from ${t("loose")} where fw = 25`);
        seen.push(...page.records);
      }
      expect(seen).toHaveLength(25);
      await place.database.run(`insert into ${t("loose")} values ('row 25', 25)`);
    });

    test("can be left half-way, and the database is free again", async () => {
      const stream = await place.stream("loose");
      for await (const page of stream.read?.({ pageSize: 10 }, call) ?? []) {
        expect(page.records).toHaveLength(10);
        break;
      }
      await place.database.run(`alter table ${t("loose")} add column later int4`); // waits for any reader that is still in a transaction
    });

    test("are read in the caller's transaction when there is one", async () => {
      const stream = await place.stream("odd");
      await place.database.transaction(async (transaction) => {
        const read: unknown[] = [];
        for await (const page of stream.read?.({ pageSize: 4 }, { ...call, transaction }) ?? []) read.push(...page.records);
        expect(read).toHaveLength(13);
      });
    });

    test("are found by a column", async () => {
      expect(await (await place.stream("odd")).find?.("fw", [1, 2, 3, "x"], call)).toHaveLength(2);
    });
  });

  describe("finding", () => {
    beforeAll(async () => {
      await place.database.run(`create type ${t("hue")} as enum ('red', 'blue');
        create table ${t("things")} (id int4 primary key, name text, hue ${t("hue")}, at timestamptz, price numeric, tags text[], raw jsonb, old json, code uuid, yes bool, net inet, letters char(4));
        insert into ${t("things")} values (1, 'Ann', 'red', '2025-01-01T10:00:00.5Z', 1.50, '{a,b}', '{"a":1}', '{}', '00000000-0000-4000-8000-00000000000a', true, '10.0.0.1', 'ab'), (2, 'ann', 'blue', null, null, null, null, null, null, false, null, null)`);
    });

    test.each([
      ["name", ["Ann", "ANN", "A%"], 1],
      ["hue", ["red", "green", ""], 1],
      ["at", ["2025-01-01T11:00:00.5+01:00", "2025-01-01T10:00:00.500Z", "yesterday-ish", "2025-99-01"], 1],
      ["price", [1.5, "1.500", "1,5", "abc"], 1],
      ["tags", [["a", "b"], ["b"]], 1],
      ["raw", [{ a: 1 }, { a: 2 }], 1],
      ["code", ["00000000-0000-4000-8000-00000000000A", "nonsense", 5], 1],
      ["yes", [true, "true", "maybe"], 1],
      ["net", ["10.0.0.1", "not a net"], 1],
      ["letters", ["ab", "ab  "], 1],
      ["id", [1, "1", "2", 3, "1.5", "99999999999", "0x1", null, undefined, true], 2],
    ])("by %s is exact by the column's type, and what cannot be of that type is not found", async (field, values, count) => {
      expect(await (await place.stream("things")).find?.(field, values, call)).toHaveLength(count);
    });

    test("by a field that is none, or that has no equality, stops the stream", async () => {
      const things = await place.stream("things");
      await expect(things.find?.("nope", [1], call)).rejects.toMatchObject({ code: "sql/unknown-column", next: "stop-stream" });
      await expect(things.find?.("old", [{}], call)).rejects.toMatchObject({ code: "sql/42883", next: "stop-stream" });
    });

    test("asks for thousands at once", async () => {
      await place.database.run(
        `create table ${t("thousands")} as select n as id from generate_series(1, 6000) n; alter table ${t("thousands")} add primary key (id)`,
      );
      const stream = await place.stream("thousands");
      expect(
        await stream.get?.(
          Array.from({ length: 5000 }, (_, index) => String(index * 2)),
          call,
        ),
      ).toHaveLength(3000);
      expect(await stream.get?.([], call)).toEqual([]);
    });
  });
});
