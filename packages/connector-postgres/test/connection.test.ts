import { type Position, VendorError } from "@fieldwright/connector-kit";
import { openPg, type SqlDatabase } from "@fieldwright/connector-kit/sql";
import { tcpProxy } from "@fieldwright/connector-kit/testing";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import postgres from "../src/index.js";
import { options } from "../src/options.js";
import { isAboutData, troubleOf } from "../src/trouble.js";
import { call, world } from "./databases.js";

const schema = "pg connection";
let database: SqlDatabase;
let url: URL;

beforeAll(async () => {
  url = new URL(inject("databaseUrl"));
  database = openPg({ url: url.href });
  await database.run(
    `drop schema if exists "${schema}" cascade; create schema "${schema}"; create table "${schema}".notes (id int4 primary key, body text, updated_at timestamptz default now())`,
  );
});
afterAll(async () => {
  await database.run(`drop schema "${schema}" cascade`);
  await database.close();
});

function address(change: (copy: URL) => void): string {
  const copy = new URL(url);
  change(copy);
  return copy.href;
}

const connect = (given: object = {}) => postgres.open(options.parse({ url: url.href, schema, ...given }), world);

describe("options", () => {
  test.each([
    [{}, "Give either `database: store` or `url`"],
    [{ database: "store", url: "postgres://x" }, "Give either `database: store` or `url`"],
    [{ url: "" }, ">=1 characters"],
    [{ url: "postgres://x", shema: "a" }, "shema"],
  ])("%j is refused", (given, message) => {
    const parsed = options.safeParse(given);
    expect(parsed.success ? "" : parsed.error.issues.map((issue) => issue.message).join()).toContain(message);
  });

  test("the password is made known as a secret, as it is written and as it is meant", async () => {
    const secrets: string[] = [];
    const connection = await postgres.open(options.parse({ url: "postgres://u:p%40ss@127.0.0.1:1/x" }), {
      ...world,
      secret: (value) => secrets.push(value),
    });
    await connection.close();
    expect(secrets).toEqual(["postgres://u:p%40ss@127.0.0.1:1/x", "p%40ss", "p@ss"]);
  });

  test("a store that is not there, and an address that is none, are told in plain words", async () => {
    await expect(postgres.open(options.parse({ database: "store" }), world)).rejects.toMatchObject({ code: "sql/no-store" });
    await expect(postgres.open(options.parse({ url: "localhost" }), world)).rejects.toMatchObject({ code: "sql/bad-url" });
  });
});

describe("check", () => {
  test("says what works", async () => {
    const connection = await connect();
    const items = await connection.check(call);
    await connection.close();
    expect(items.map((item) => [item.what, item.ok])).toEqual([
      ["connection", true],
      ["version", true],
      [`schema ${schema}`, true],
      ["clock", true],
    ]);
    expect(items.map((item) => item.says).join()).not.toContain(url.password === "" ? "\0" : `:${url.password}@`);
  });

  test.each([
    ["a wrong password", () => ({ url: address((copy) => (copy.password = "wrong")) }), "refused the user's password"],
    ["a database that is missing", () => ({ url: address((copy) => (copy.pathname = "/no_such_database")) }), "no database of that name"],
    ["a port where nothing is", () => ({ url: address((copy) => (copy.port = "1")) }), "Nothing answers"],
    ["a host that does not exist", () => ({ url: address((copy) => (copy.hostname = "no-such-host.invalid")) }), "host name is not known"],
    ["TLS that the server does not offer", () => ({ ssl: true }), "TLS was asked for"],
    ["a schema that is missing", () => ({ schema: "nope" }), "does not exist"],
  ])("tells %s in plain words with the next step, and throws nothing", async (_, given, says) => {
    const connection = await connect(given());
    const items = await connection.check(call);
    await connection.close();
    const bad = items.filter((item) => !item.ok);
    expect(bad).toHaveLength(1);
    expect(bad[0]?.says).toContain(says);
    expect(bad[0]?.says.split(". ").length).toBeGreaterThan(1);
  });

  test("notices a clock that is far off", async () => {
    const connection = await postgres.open(options.parse({ url: url.href, schema }), {
      ...world,
      now: () => new Date(Date.now() - 3_600_000),
    });
    const clock = (await connection.check(call)).find((item) => item.what === "clock");
    await connection.close();
    expect(clock).toMatchObject({ ok: false, says: expect.stringMatching(/3[56]\d\d s ahead of this machine's/) });
  });

  test("a user's rights decide which operations there are", async () => {
    const role = "fieldwright_reader";
    await database.run(
      `do $$ begin create role ${role} login password 'reader'; exception when duplicate_object then null; end $$; grant usage on schema "${schema}" to ${role}; grant select, update on "${schema}".notes to ${role}`,
    );
    const connection = await connect({ url: address((copy) => Object.assign(copy, { username: role, password: "reader" })) });
    try {
      const [notes] = await connection.streams(call);
      expect([typeof notes?.read, notes?.create, typeof notes?.update, notes?.delete]).toEqual([
        "function",
        undefined,
        "function",
        undefined,
      ]);
      expect(notes?.about).toBe("The database user may not insert, delete here.");
      await expect(connection.applySchema?.([`create table "${schema}".mine (id int4)`], call)).rejects.toMatchObject({
        hint: expect.stringContaining("Grant"),
      });
    } finally {
      await connection.close();
      await database.run(`drop owned by ${role}; drop role ${role}`);
    }
  });
});

describe("trouble that is no record's fault", () => {
  test("a connection cut in mid-write stops the run, and says that the write is in doubt", async () => {
    const connection = await connect();
    const [notes] = await connection.streams(call);
    await database.run(`create function "${schema}".cut() returns trigger language plpgsql as $$ begin perform pg_terminate_backend(pg_backend_pid()); return new; end $$;
      create trigger cut after insert on "${schema}".notes for each row execute function "${schema}".cut()`);
    await expect(notes?.create?.([{ id: 1 }], call)).rejects.toMatchObject({
      next: "stop-run",
      inDoubt: true,
      code: expect.stringMatching(/^sql\//),
    });
    await database.run(`drop trigger cut on "${schema}".notes`);
    expect(await notes?.create?.([{ id: 1 }], call)).toMatchObject([{ ok: true }]); // and the pool has recovered
    await connection.close();
  });

  test("a database that goes away in mid-read stops the run, and the read goes on from the last page", async () => {
    const line = await tcpProxy(url.href);
    const connection = await connect({ url: address((copy) => (copy.port = String(line.port))) });
    await database.run(
      `create table "${schema}".many as select n as id from generate_series(1, 30) n; alter table "${schema}".many add primary key (id)`,
    );
    const many = (await connection.streams(call)).find((stream) => stream.name === "many");
    const seen: unknown[] = [];
    let position: Position | undefined;
    const read = async () => {
      for await (const page of many?.read?.({ pageSize: 10, ...(position ? { position } : {}) }, call) ?? []) {
        seen.push(...page.records.map((record) => record.id));
        position = page.next;
        if (seen.length === 10) line.cut();
      }
    };
    await expect(read()).rejects.toMatchObject({ next: "stop-run", hint: expect.stringContaining("goes on where it stopped") });
    line.heal();
    await read();
    expect(seen).toEqual(Array.from({ length: 30 }, (_, index) => index + 1));
    await connection.close();
    await line.close();
  });

  test("a statement that takes too long stops the stream, and nothing is left set on the connection", async () => {
    const connection = await connect({ statementTimeoutMs: 2_000 });
    await database.run(`create view "${schema}".slow as select 1 as id, pg_sleep(300)::text as slept`);
    const slow = (await connection.streams(call)).find((stream) => stream.name === "slow");
    const read = async () => {
      for await (const page of slow?.read?.({ pageSize: 1 }, call) ?? []) return page;
    };
    await expect(read()).rejects.toMatchObject({
      code: "sql/57014",
      next: "stop-stream",
      hint: expect.stringContaining("statementTimeoutMs"),
    });
    await connection.close();
  });

  test("a table that vanished stops the stream and names the next step", async () => {
    const connection = await connect();
    await database.run(`create table "${schema}".gone (id int4 primary key)`);
    const gone = (await connection.streams(call)).find((stream) => stream.name === "gone");
    await database.run(`drop table "${schema}".gone`);
    await expect(gone?.get?.(["1"], call)).rejects.toMatchObject({
      code: "sql/42P01",
      next: "stop-stream",
      hint: expect.stringContaining("migrate"),
    });
    await connection.close();
  });

  test("a replica or read-only database stops the run", async () => {
    const connection = await connect({ url: address((copy) => copy.searchParams.set("options", "-c default_transaction_read_only=on")) });
    const notes = (await connection.streams(call)).find((stream) => stream.name === "notes");
    await expect(notes?.create?.([{ id: 2 }], call)).rejects.toMatchObject({ code: "sql/25006", next: "stop-run" });
    await connection.close();
  });

  test("two writers that lock each other out: the loser is told to try again, and then gets in", async () => {
    const connection = await connect();
    const notes = (await connection.streams(call)).find((stream) => stream.name === "notes");
    await notes?.create?.([{ id: 10 }, { id: 11 }], call);
    const errors: unknown[] = [];
    const attempt = (first: string, second: string, met: () => Promise<void>) =>
      database
        .transaction(async (transaction) => {
          await transaction.run(`update "${schema}".notes set body = 'x' where id = ${first}`);
          await met();
          await transaction.run(`update "${schema}".notes set body = 'y' where id = ${second}`);
        })
        .catch((error: unknown) => errors.push(troubleOf(error)));
    let waiting = 0;
    let open: () => void = () => undefined;
    const both = new Promise<void>((resolve) => (open = resolve));
    const met = () => {
      if (++waiting === 2) open();
      return both;
    };
    await Promise.all([attempt("10", "11", met), attempt("11", "10", met)]);
    expect(errors).toMatchObject([{ code: "sql/40P01", next: "retry" }]);
    await connection.close();
  });

  test("an aborted call does not start a query", async () => {
    const connection = await connect();
    await expect(connection.streams({ signal: AbortSignal.abort() })).rejects.toMatchObject({ name: "AbortError" });
    await connection.close();
  });

  test.each([
    ["53100", "stop-run"],
    ["53200", "stop-run"],
    ["57P01", "stop-run"],
    ["08006", "stop-run"],
    ["40001", "retry"],
    ["55P03", "retry"],
    ["42501", "stop-stream"],
    ["42703", "stop-stream"],
  ])("%s means %s, with a hint or a time", (code, next) => {
    const error = Object.assign(new Error("in the server's words"), { code, detail: "Key (email)=(ann@x.test)" });
    const trouble = troubleOf(error);
    expect(isAboutData(error)).toBe(false);
    expect(trouble).toMatchObject({ code: `sql/${code}`, next });
    expect(trouble instanceof VendorError && (trouble.hint ?? trouble.retryAfterMs)).toBeTruthy();
    expect(trouble instanceof VendorError && trouble.cause).not.toHaveProperty("detail");
  });
});
