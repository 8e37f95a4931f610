import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { arrayLiteral, copyLine, openPg, openPglite, quoteName, type SqlDatabase, sqlTrouble } from "../src/sql/index.js";

describe.each([
  ["a Postgres server", () => Promise.resolve(openPg({ url: inject("databaseUrl") }))],
  ["the embedded Postgres", () => openPglite()],
])("on %s", (_, open) => {
  let database: SqlDatabase;
  const table = quoteName(`odd "name" ${process.pid}`);
  beforeAll(async () => {
    database = await open();
    await database.run(
      `create table ${table} (id text primary key, data jsonb, at timestamptz, local timestamp, day date, big int8, exact numeric, tags text[], moments timestamptz[])`,
    );
  });
  afterAll(async () => {
    await database.run(`drop table ${table}`);
    await database.close();
  });

  test("gives values without loss: microseconds, 64-bit numbers, exact decimals", async () => {
    const [row] = await database.query(
      "select '2025-01-13 13:35:13.123456+02'::timestamptz at, '2025-01-13 13:35:13.5'::timestamp local, '2024-02-29'::date as day, 9007199254740993::int8 big, 7::int8 small, 1.10::numeric exact, '{\"a\":[1]}'::jsonb data, array['x','y\"'] tags, array['2025-01-13 13:35:13+00'::timestamptz] moments, true yes",
    );
    expect(row).toEqual({
      at: "2025-01-13T11:35:13.123456Z",
      local: "2025-01-13T13:35:13.5",
      day: "2024-02-29",
      big: "9007199254740993",
      small: 7,
      exact: "1.10",
      data: { a: [1] },
      tags: ["x", 'y"'],
      moments: ["2025-01-13T13:35:13Z"],
      yes: true,
    });
  });

  test("copies text with every sign that COPY reads as structure", async () => {
    const odd = 'tab\there "quoted" \\N back\\slash\nline\r{end}';
    const lines = [
      copyLine(["1", { odd }, null, null, null, 5, "1.5"]),
      copyLine([odd, null, "2025-01-01T00:00:00Z", null, null, null, null]),
    ].join("");
    expect(await database.copyIn(table, ["id", "data", "at", "local", "day", "big", "exact"], lines)).toBe(2);
    const rows = await database.query(`select id, data from ${table} order by big`);
    expect(rows).toEqual([
      { id: "1", data: { odd } },
      { id: odd, data: null },
    ]);
  });

  test("takes arrays as literals, with quotes, nulls and commas inside", async () => {
    const values = ['a"b', "c,d", null, "", "{x}", "back\\slash", "NULL"];
    const rows = await database.query<{ value: string | null }>("select value from unnest($1::text[]) value", [arrayLiteral(values)]);
    expect(rows.map((row) => row.value)).toEqual(values);
  });

  describe("a statement that nobody waits for", () => {
    const odd = 'it\'s \\ $1 "odd"; --';
    const ids = async () =>
      (await database.query<{ id: string }>(`select id from ${table} where id like 'late%' order by id`)).map((row) => row.id);
    const insert = `insert into ${table} (id, big, data) values ($1, $2, $3::jsonb)`;

    test("goes along with the next one, in its order and with any value, and is there when that one looks", async () => {
      const seen = await database.transaction(async (session) => {
        session.later(insert, ["late 1", 9007199254740991, JSON.stringify({ odd })]);
        session.later(`update ${table} set day = $1 where id = $2`, [null, "late 1"]);
        const [row] = await session.query(`select id, big, data from ${table} where id = $1 and $2 = $2`, ["late 1", odd]);
        session.later(`delete from ${table} where id = $1`, ["late 1"]);
        return row;
      });
      expect(seen).toEqual({ id: "late 1", big: 9007199254740991, data: { odd } });
      expect(await ids()).toEqual([]);
    });

    test("goes before a COPY, and is asked how many rows it touched", async () => {
      const touched: number[] = [];
      await database.transaction(async (session) => {
        session.later(insert, ["late 2", 1, null], (rows) => touched.push(rows));
        session.later(`update ${table} set big = 3 where id = 'nobody'`, [], (rows) => touched.push(rows));
        await session.copyIn(table, ["id"], copyLine(["late 3"]));
      });
      expect([touched, await ids()]).toEqual([
        [1, 0],
        ["late 2", "late 3"],
      ]);
      await database.run(`delete from ${table} where id like 'late%'`);
    });

    test("is carried out and checked before the commit, even if it is the last one: what the check throws rolls all back", async () => {
      const fenced = database.transaction(async (session) => {
        session.later(insert, ["late 4", 1, null]);
        session.later(`update ${table} set big = 3 where id = 'nobody'`, [], (rows) => {
          if (rows !== 1) throw new Error("taken over");
        });
      });
      await expect(fenced).rejects.toThrow("taken over");
      expect(await ids()).toEqual([]);
      await database.transaction(async (session) => session.later(insert, ["late 5", 1, null]));
      expect(await ids()).toEqual(["late 5"]);
      await database.run(`delete from ${table} where id like 'late%'`);
    });

    test("fails with the next one, and leaves nothing behind; outside a transaction there is no next one", async () => {
      const failing = database.transaction(async (session) => {
        session.later(insert, ["late 6", 1, null]);
        session.later(insert, ["late 6", 1, null]);
        await session.run("select 1");
      });
      await expect(failing).rejects.toMatchObject({ code: "23505" });
      expect(await ids()).toEqual([]);
      expect(() => database.later("select 1")).toThrow("needs a transaction");
    });
  });

  test("rolls a failed transaction back and goes on", async () => {
    await expect(
      database.transaction(async (session) => {
        await session.run(`insert into ${table} (id) values ($1)`, ["lost"]);
        await session.run("select 1 / 0");
      }),
    ).rejects.toSatisfy((error) => sqlTrouble(error) === "data");
    expect(await database.query(`select id from ${table} where id = 'lost'`)).toEqual([]);
  });

  test("streams a result in batches through a cursor", async () => {
    const sizes: number[] = [];
    await database.transaction(async (session) => {
      for await (const rows of session.stream("select generate_series(1, $1::int) n", [25], 10)) sizes.push(rows.length);
    });
    expect(sizes).toEqual([10, 10, 5]);
  });

  test("counts the rows that a statement touched", async () => {
    await database.run(`insert into ${table} (id) select 'n' || n from generate_series(1, 3) n`);
    expect(await database.run(`delete from ${table} where id like $1`, ["n%"])).toBe(3);
  });
});

test("an unreachable server is a matter of the connection", async () => {
  const database = openPg({ url: "postgres://nobody@127.0.0.1:1/nothing" });
  await expect(database.query("select 1")).rejects.toSatisfy((error) => sqlTrouble(error) === "connection");
  await database.close();
});
