import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { call, databases, type Place } from "./databases.js";

describe.each(databases("schema"))("on %s", (_, open) => {
  let place: Place;

  beforeAll(async () => {
    place = await open();
  });
  afterAll(() => place.close());

  const offices = { fields: { id: { type: "integer" }, name: { type: "text", maxLength: 5 } }, key: "id" } as const;
  const users = {
    fields: {
      email: { type: "text" },
      id: { type: "integer" },
      office_id: { type: "integer" },
      price: { type: "decimal" },
      share: { type: "number" },
      on: { type: "boolean" },
      born: { type: "date" },
      at: { type: "datetime" },
      local: { type: "datetime", zoneless: true },
      from: { type: "time" },
      token: { type: "uuid" },
      raw_data: { type: "json" },
      address: { type: "object" },
      tags: { type: "list", of: { type: "text" } },
      lines: { type: "list" },
    },
    key: "id",
    references: { office_id: { stream: "offices", field: "id" } },
  } as const;

  test("shows the SQL of a missing table, and does nothing by itself", async () => {
    const connection = await place.connect();
    expect(await connection.plannedSchema?.("users", users, call)).toEqual([
      `create table "${place.schema}"."users" (
  "email" text,
  "id" bigint primary key,
  "office_id" bigint references "${place.schema}"."offices" ("id"),
  "price" numeric,
  "share" double precision,
  "on" boolean,
  "born" date,
  "at" timestamptz,
  "local" timestamp,
  "from" time,
  "token" uuid,
  "raw_data" jsonb,
  "address" jsonb,
  "tags" text[],
  "lines" jsonb
)`,
    ]);
    expect(await connection.streams(call)).toEqual([]);
  });

  test("makes what it showed; then nothing is lacking, and the table is a target", async () => {
    const connection = await place.connect();
    for (const [stream, wanted] of [
      ["offices", offices],
      ["users", users],
    ] as const)
      await connection.applySchema?.((await connection.plannedSchema?.(stream, wanted, call)) ?? [], call);
    expect(await connection.plannedSchema?.("users", users, call)).toEqual([]);
    const stream = await place.stream("users");
    expect([stream.key, stream.references]).toEqual(["id", { office_id: "offices" }]);
    expect(await stream.create?.([{ id: 1, email: "a", tags: ["x"], raw_data: { a: 1 } }], call)).toMatchObject([{ ok: true, key: "1" }]);
  });

  test("adds missing columns, and leaves columns of another type as they are", async () => {
    const connection = await place.connect();
    const more = {
      fields: { ...users.fields, email: { type: "integer" }, 'new "one"': { type: "text" }, boss: { type: "integer" } },
      key: "id",
      references: { boss: { stream: "users", field: "id" } },
    } as const;
    const statements = await connection.plannedSchema?.("users", more, call);
    expect(statements).toEqual([
      `alter table "${place.schema}"."users"\n  add column "new ""one""" text,\n  add column "boss" bigint references "${place.schema}"."users" ("id")`,
    ]);
    await connection.applySchema?.(statements ?? [], call);
    expect((await place.stream("users")).fields).toMatchObject({
      email: { type: "text" },
      'new "one"': { type: "text" },
      boss: { type: "integer" },
    });
  });

  test("plans the key as text when no field gives its type, and the schema when it is missing", async () => {
    const connection = await place.connect({ schema: [place.schema, "pg schema new"] });
    expect(await connection.plannedSchema?.("pg schema new.things", { fields: { a: { type: "date" } }, key: "code" }, call)).toEqual([
      'create schema if not exists "pg schema new"',
      'create table "pg schema new"."things" (\n  "code" text primary key,\n  "a" date\n)',
    ]);
    expect(await connection.plannedSchema?.("things", { fields: { a: { type: "date" } } }, call)).toEqual([
      `create table "${place.schema}"."things" (\n  "a" date primary key\n)`,
    ]);
    await expect(connection.plannedSchema?.("things", { fields: {} }, call)).rejects.toMatchObject({ code: "sql/no-fields" });
  });

  test("carries out all statements or none, and names the one that was refused", async () => {
    const connection = await place.connect();
    await expect(
      connection.applySchema?.([`create table "${place.schema}".one (id int4)`, "create table nowhere.two (id int4)"], call),
    ).rejects.toThrow(/^Statement 2 of 2 was refused, and nothing was changed: .*nowhere/);
    expect((await connection.streams(call)).map((stream) => stream.name)).not.toContain("one");
  });

  test("does not touch a view", async () => {
    await place.database.run(`create view "${place.schema}".seen as select 1 as id`);
    const connection = await place.connect({ views: false });
    await expect(connection.plannedSchema?.("seen", { fields: { id: { type: "integer" }, name: { type: "text" } } }, call)).rejects.toThrow(
      'seen is a view without "name".',
    );
  });
});
