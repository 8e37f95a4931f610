import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { call, databases, type Place } from "./databases.js";

describe.each(databases("streams"))("on %s", (_, open) => {
  let place: Place;
  const other = "pg streams two";

  beforeAll(async () => {
    place = await open();
    await place.database.run(`set search_path = "${place.schema}";
      create type mood as enum ('glad', 'sad');
      create domain short_code as varchar(5) check (value <> '');
      create domain needed_code as short_code not null;
      create table offices (id uuid primary key default gen_random_uuid(), name varchar(40) not null, updated_at timestamptz);
      comment on table offices is 'Where people work.';
      create table users (
        id int8 generated always as identity primary key, email text not null unique, office_id uuid references offices (id),
        mood mood not null default 'glad', code needed_code, letters char(3), price numeric(10,2), weight float4, active bool, born date,
        seen timestamp, modified_at timestamptz not null default now(), starts time, raw jsonb, old json, tags varchar(8)[], moods mood[], spans interval,
        upper_email text generated always as (upper(email)) stored, bytes bytea);
      comment on column users.raw is 'As the vendor said it.';
      create index on users (modified_at);
      create table order_lines (order_no text, line int4, primary key (order_no, line));
      create table by_code (a int4, code text not null unique, nr int4 unique);
      create table loose (a int4, b text);
      create table logged (id int4 primary key, created_at timestamptz, "lastModified" timestamp, updated_by text);
      create view active_users as select id, email from users where active;
      create materialized view known_users as select id, email from users;
      create table pointing (id int4 primary key, by_nr int4 references by_code (nr), by_code text references by_code (code));
      reset search_path; drop schema if exists "${other}" cascade; create schema "${other}"; create table "${other}"."users" (id int4 primary key)`);
  });
  afterAll(async () => {
    await place.database.run(`drop schema "${other}" cascade`);
    await place.close();
  });

  test("describes every column by what a spec needs to know of it", async () => {
    const users = await place.stream("users");
    expect(users.fields).toEqual({
      id: { type: "integer", readOnly: true },
      email: { type: "text", required: true },
      office_id: { type: "uuid" },
      mood: { type: "text", options: ["glad", "sad"] },
      code: { type: "text", maxLength: 5, required: true },
      letters: { type: "text", maxLength: 3 },
      price: { type: "decimal" },
      weight: { type: "number" },
      active: { type: "boolean" },
      born: { type: "date" },
      seen: { type: "datetime", zoneless: true },
      modified_at: { type: "datetime" },
      starts: { type: "time" },
      raw: { type: "json", about: "As the vendor said it." },
      old: { type: "json" },
      tags: { type: "list", of: { type: "text", maxLength: 8 } },
      moods: { type: "list", of: { type: "text", options: ["glad", "sad"] } },
      spans: { type: "text" },
      upper_email: { type: "text", readOnly: true },
      bytes: { type: "text", about: "Bytes, as \\x and hexadecimal digits." },
    });
    expect(users.key).toBe("id");
    expect(users.references).toEqual({ office_id: "offices" });
    expect(users.cursor).toEqual({ field: "modified_at", type: "datetime", granularity: "microsecond", filter: true, overlap: 300_000 });
    expect((await place.stream("offices")).about).toBe("Where people work.");
    expect((await place.stream("offices")).fields.id).toEqual({ type: "uuid", readOnly: "after-create" });
  });

  test("takes the primary key, then a unique column that is never blank, then several columns as one text", async () => {
    expect((await place.stream("by_code")).key).toBe("code");
    const lines = await place.stream("order_lines");
    expect(lines.key).toBe("order_no+line");
    expect(lines.fields["order_no+line"]).toMatchObject({ type: "text", readOnly: true });
    expect((await place.stream("pointing")).references).toEqual({ by_code: "by_code" });
  });

  test("says why a table without a key cannot be a target, and how to change that", async () => {
    const loose = await place.stream("loose");
    expect(loose.about).toMatch(/no primary key .* cannot be a target.* under `keys`/);
    expect([loose.create, loose.update, loose.upsert, loose.delete, loose.get]).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
    expect(loose.key).toBe("row_digest");
    const named = await place.stream("loose", { keys: { loose: "a" } });
    expect([named.key, typeof named.update]).toEqual(["a", "function"]);
  });

  test("finds the change time by its name, and by the options where the name is unusual", async () => {
    expect((await place.stream("logged")).cursor).toMatchObject({ field: "lastModified", type: "datetime" });
    expect((await place.stream("logged", { cursor: { logged: "id" } })).cursor).toEqual({
      field: "id",
      type: "integer",
      granularity: "exact",
      filter: true,
    });
    expect((await place.stream("loose")).cursor).toBeUndefined();
    await expect(place.stream("logged", { cursor: { logged: "nope" } })).rejects.toThrow(
      'names the column "nope", which logged does not have',
    );
    await expect(place.stream("users", { cursor: { users: "raw" } })).rejects.toThrow("does not tell what changed since");
    await expect(place.stream("loose", { keys: { loose: ["a", "c"] } })).rejects.toThrow('names the column "c"');
  });

  test("offers views for reading only", async () => {
    const view = await place.stream("active_users");
    expect(view.create).toBeUndefined();
    expect(view.about).toMatch(/^A view/);
    expect((await place.stream("known_users", { keys: { known_users: "id" } })).get).toBeTypeOf("function");
    await expect(place.stream("active_users", { views: false })).rejects.toThrow("no stream active_users");
  });

  test("offers what `only` and `except` and `schema` ask for", async () => {
    const names = async (given: Parameters<Place["connect"]>[0]) =>
      (await (await place.connect(given)).streams(call)).map((stream) => stream.name);
    expect(await names({ only: ["users", "loose"] })).toEqual(["loose", "users"]);
    expect(await names({ only: ["users", "loose"], except: ["loose"] })).toEqual(["users"]);
    expect(await names({ schema: [place.schema, other], only: ["users", `${other}.users`] })).toEqual(["users", `${other}.users`]);
    expect(await names({ schema: "no such schema" })).toEqual([]);
  });

  test("sees a change of the schema with the next call", async () => {
    const connection = await place.connect();
    await connection.streams(call);
    await place.database.run(`alter table "${place.schema}".loose add column extra int4`);
    const streams = await connection.streams(call);
    expect(streams.find((stream) => stream.name === "loose")?.fields.extra).toEqual({ type: "integer" });
  });
});
