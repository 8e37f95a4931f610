import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { call, databases, errors, type Place, pages } from "./databases.js";

const text = fc.string({ unit: "grapheme", maxLength: 20 }).filter((value) => !value.includes("\0") && encodable(value));
const moment = fc.date({ min: new Date("0001-01-02T00:00:00Z"), max: new Date("9998-12-31T00:00:00Z"), noInvalidDate: true });
const micro = fc.integer({ min: 1, max: 999_999 }).map((value) => String(value).padStart(6, "0"));

/** Values by column type, in the very form in which they come back. */
const kinds: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  text,
  // One sign to the eye can be several to Postgres, which counts code points.
  "varchar(20)": text.map((value) => [...value].slice(0, 20).join("")),
  int2: fc.integer({ min: -32768, max: 32767 }),
  int4: fc.integer(),
  int8: fc
    .bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })
    .map((value) => (Number.isSafeInteger(Number(value)) ? Number(value) : String(value))),
  numeric: fc.tuple(fc.bigInt(), fc.nat({ max: 999999 })).map(([whole, part]) => `${whole === 0n ? "0" : whole}.${part}`),
  float8: fc.double({ noNaN: true }).map((value) => (Number.isFinite(value) ? (value === 0 ? 0 : value) : String(value))),
  bool: fc.boolean(),
  date: moment.map((value) => value.toISOString().slice(0, 10)),
  timestamptz: fc.tuple(moment, micro).map(([value, fraction]) => `${value.toISOString().slice(0, 19)}.${fraction}Z`),
  timestamp: fc.tuple(moment, micro).map(([value, fraction]) => `${value.toISOString().slice(0, 19)}.${fraction.replace(/0+$/, "")}`),
  time: moment.map((value) => value.toISOString().slice(11, 19)),
  uuid: fc.uuid(),
  jsonb: jsonValue(),
  json: jsonValue(),
  bytea: fc.uint8Array({ maxLength: 20 }).map((bytes) => `\\x${Buffer.from(bytes).toString("hex")}`),
  mood: fc.constantFrom("glad", "so so", 'the "worst"'),
  "text[]": fc.array(fc.option(text), { maxLength: 4 }),
  "int4[]": fc.array(fc.option(fc.integer()), { maxLength: 4 }),
  "numeric[]": fc.array(fc.bigInt().map(String), { maxLength: 3 }),
  "timestamptz[]": fc.array(
    fc.tuple(moment, micro).map(([value, fraction]) => `${value.toISOString().slice(0, 19)}.${fraction}Z`),
    { maxLength: 3 },
  ),
  "mood[]": fc.array(fc.constantFrom("glad", 'the "worst"'), { maxLength: 3 }),
  "jsonb[]": fc.array(fc.dictionary(text, fc.integer()), { maxLength: 3 }),
  "bool[]": fc.array(fc.boolean(), { maxLength: 3 }),
  inet: fc.ipV4(),
  "inet[]": fc.array(fc.ipV4(), { maxLength: 3 }),
  interval: fc.nat({ max: 23 }).map((hours) => `${String(hours).padStart(2, "0")}:00:01`),
  int4range: fc.nat({ max: 1000 }).map((from) => `[${from},${from + 5})`),
};

/** No half of a surrogate pair: UTF-8 has no place for one. */
function encodable(value: string): boolean {
  return Buffer.from(value).toString() === value;
}

/** JSON without zero bytes, which jsonb refuses, and without null at the top, which is a blank. */
function jsonValue(): fc.Arbitrary<unknown> {
  return fc
    .jsonValue({ maxDepth: 2 })
    .filter((value) => value !== null && !JSON.stringify(value).includes("\\u") && !JSON.stringify(value).includes("__proto__"))
    .map((value) => JSON.parse(JSON.stringify(value), (_, member: unknown) => (Object.is(member, -0) ? 0 : member)) as unknown);
}

describe.each(databases("values"))("on %s", (_, open) => {
  let place: Place;
  let t: (name: string) => string;
  const names = Object.keys(kinds);

  beforeAll(async () => {
    place = await open();
    t = (name) => `"${place.schema}"."${name}"`;
    await place.database.run(`set search_path = "${place.schema}"; create type mood as enum ('glad', 'so so', 'the "worst"');
      create table kinds (id int4 primary key, ${names.map((name) => `"a ${name}" ${name}`).join(", ")}); reset search_path`);
  });
  afterAll(() => place.close());

  const record = fc.record(Object.fromEntries(names.map((name) => [`a ${name}`, fc.option(kinds[name] ?? text)])), {
    noNullPrototype: true,
  });

  test.each([2, 310])("values of every type come back as they went in, by create, update and upsert, %i at a time", async (count) => {
    const stream = await place.stream("kinds");
    await fc.assert(
      fc.asyncProperty(
        fc.array(record, { minLength: count, maxLength: count }),
        fc.array(record, { minLength: count, maxLength: count }),
        async (first, second) => {
          await place.database.run(`truncate ${t("kinds")}`);
          const stored = async () => (await pages(stream)).flatMap((page) => page.records);
          const before = first.map((values, id) => ({ id, ...values }));
          expect(errors(await stream.create?.(before, call))).toEqual([]);
          expect(await stored()).toEqual(before);
          expect(await stream.get?.(["1"], call)).toEqual([before[1]]);
          expect(
            errors(
              await stream.update?.(
                second.map((set, id) => ({ key: String(id), set })),
                call,
              ),
            ),
          ).toEqual([]);
          const after = second.map((values, id) => ({ id, ...values }));
          expect(await stored()).toEqual(after);
          expect(errors(await stream.upsert?.(before, ["id"], call))).toEqual([]);
          expect(await stored()).toEqual(before);
        },
      ),
      { numRuns: count > 50 ? 2 : 15, endOnFailure: count > 50 },
    );
  });

  test("of a batch with random bad rows exactly the good ones are written", async () => {
    await place.database.run(`create table ${t("picky")} (id int4 primary key, name varchar(5) not null, age int2, code text unique)`);
    const stream = await place.stream("picky");
    const good = { name: "fine", age: 5 };
    const bad = fc.constantFrom(
      { name: null },
      { name: "too long" },
      { name: "zero\0" },
      { age: 70_000 },
      { age: "old" },
      { age: 1.5 },
      { code: "taken" },
    );
    const row = fc.oneof({ weight: 5, arbitrary: fc.constant({}) }, { weight: 1, arbitrary: bad });
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 120 }), async (changes) => {
        await place.database.run(`truncate ${t("picky")}; insert into ${t("picky")} values (-1, 'x', 1, 'taken')`);
        const outcomes = await stream.create?.(
          changes.map((change, id) => ({ id, code: `c${id}`, ...good, ...change })),
          call,
        );
        const wanted = changes.flatMap((change, id) => (Object.keys(change).length === 0 ? [id] : []));
        expect(outcomes?.flatMap((outcome, id) => (outcome.ok ? [id] : []))).toEqual(wanted);
        expect((await place.database.query(`select id from ${t("picky")} where id >= 0 order by id`)).map((one) => one.id)).toEqual(wanted);
      }),
      { numRuns: 25 },
    );
  });

  test.each([1, 60])("a megabyte of text, and blank beside empty, in batches of %i", async (count) => {
    await place.database.run(
      `drop table if exists ${t("large")}; create table ${t("large")} (id int4 primary key, body text, data jsonb, tags text[])`,
    );
    const stream = await place.stream("large");
    const body = 'a"b\\c\n\té€😀'.repeat(80_000);
    const records = [
      { id: 0, body, data: { body }, tags: [body, "", null, "NULL", "\\N", "null"] },
      ...Array.from({ length: count }, (_unused, index) => ({
        id: index + 1,
        body: index % 2 ? "" : null,
        data: index % 2 ? "" : null,
        tags: index % 2 ? [] : null,
      })),
    ];
    expect(errors(await stream.create?.(records, call))).toEqual([]);
    expect((await pages(stream)).flatMap((page) => page.records)).toEqual(records);
  });

  test("a batch beyond what one COPY takes goes in as several", async () => {
    await place.database.run(`create table ${t("heavy")} (id int4 primary key, body text)`);
    const stream = await place.stream("heavy");
    const body = "x".repeat(400_000);
    expect(
      errors(
        await stream.create?.(
          Array.from({ length: 55 }, (_unused, id) => ({ id, body })),
          call,
        ),
      ),
    ).toEqual([]);
    expect(await place.database.query(`select count(*) as rows, sum(length(body)) as length from ${t("heavy")}`)).toEqual([
      { rows: 55, length: 22_000_000 },
    ]);
  });

  test("a moment without an offset is taken as UTC, whatever the session's zone", async () => {
    await place.database.run(`create table ${t("zones")} (id int4 primary key, at timestamptz)`);
    const stream = await place.stream("zones");
    await place.database.transaction(async (transaction) => {
      await transaction.run("set local timezone = 'America/Phoenix'");
      await stream.create?.(
        ["2025-01-01T10:00:00", "2025-01-01 10:00", "2025-01-01", "2025-01-01T10:00:00-07:00", new Date(0)].map((at, id) => ({ id, at })),
        { ...call, transaction },
      );
    });
    expect((await pages(stream)).flatMap((page) => page.records.map((one) => one.at))).toEqual([
      "2025-01-01T10:00:00Z",
      "2025-01-01T10:00:00Z",
      "2025-01-01T00:00:00Z",
      "2025-01-01T17:00:00Z",
      "1970-01-01T00:00:00Z",
    ]);
  });
});
