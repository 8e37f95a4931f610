import { describe, expect, it } from "vitest";
import { type Stream, VendorError } from "../src/index.js";
import { conformanceCases, fits, fitsStream, promises, type Subject } from "../src/testing/index.js";
import { allPromises } from "../src/testing/promises.js";
import { acornSubject } from "./acorn/subject.js";
import {
  leaking,
  whenReadFails,
  withConnection,
  withLimit,
  withPages,
  withRead,
  withRequest,
  withSideRequests,
  withStreams,
} from "./acorn/variants.js";

interface Control {
  readonly promise: string;
  readonly broken: string;
  readonly subject: Subject;
  /** What the judge has to say of it. */
  readonly says: RegExp;
}

const control = (promise: string, broken: string, subject: Subject, says: RegExp): Control => ({ promise, broken, subject, says });

const later = (text: string | undefined, ms: number): string | undefined =>
  text === undefined ? undefined : new Date(Date.parse(text) + ms).toISOString();

const operations = (change: (stream: Stream) => Partial<Stream>): Subject =>
  withStreams((stream) => (stream.name === "trees" ? change(stream) : {}));

const controls: readonly Control[] = [
  control(
    "check() is content with the right key, and says what to do with a wrong one",
    "it is content with any key",
    withConnection((connection) => ({ ...connection, check: async () => [{ what: "credentials", ok: true, says: "Fine." }] })),
    /content with a wrong key/,
  ),
  control(
    "check() is content with the right key, and says what to do with a wrong one",
    "it throws",
    withConnection((connection, key) => ({
      ...connection,
      check: async (call) => {
        if (!key.startsWith("acorn")) throw new Error("no");
        return connection.check(call);
      },
    })),
    /threw with a wrong key/,
  ),
  control(
    "references lead to a declared stream",
    "a reference leads nowhere",
    withStreams(() => ({ references: { id: "gardens" } })),
    /no such stream/,
  ),
  control(
    "the values fit the declared fields",
    "a field has another type",
    withStreams((stream) => ({ fields: { ...stream.fields, id: { type: "boolean" } } })),
    /id: .* is not true or false/,
  ),
  control(
    "reads every record exactly once whatever the page size",
    "the last row of a page is dropped",
    withPages((page) => ({ ...page, records: page.records.slice(0, -1) })),
    /missing/,
  ),
  control(
    "reads every record exactly once whatever the page size",
    "a row comes twice",
    withPages((page, index) => (index === 0 ? { ...page, records: [...page.records, ...page.records.slice(0, 1)] } : page)),
    /1 read twice \((g-)?1\)/,
  ),
  control(
    "reads every record exactly once whatever the page size",
    "it believes a size that the vendor clamps",
    withPages((page, index) => (index === 0 ? page : { records: [] })),
    /missing/,
  ),
  control(
    "an incremental read misses no boundary row",
    "the lower bound is exclusive",
    withRequest((request) => ({ ...request, ...(request.since ? { since: later(request.since, 1000) as string } : {}) })),
    /missed 1 /,
  ),
  control(
    "an incremental read misses no boundary row",
    "the upper bound is exclusive",
    withRequest((request) => ({ ...request, ...(request.until ? { until: later(request.until, -1000) as string } : {}) })),
    /missed 3 /,
  ),
  control(
    "an incremental read misses no boundary row",
    "the filter is not sent",
    withRequest(({ since: _, until: __, ...request }) => request),
    /filters nothing/,
  ),
  control(
    "a read of a span of days misses no record of its first and last day",
    "the span is not closed",
    operations((stream) => ({
      window: { field: "planted" },
      async *read(request, call) {
        for await (const page of stream.read?.(request, call) ?? [])
          yield {
            ...page,
            records: page.records.filter(
              ({ planted }) => !request.window || (String(planted) >= request.window.from && String(planted) < request.window.to),
            ),
          };
      },
    })),
    /missed/,
  ),
  control(
    "goes on from any page",
    "the position is ignored",
    withRequest(({ position: _, ...request }) => request),
    /Resumed after page 1: .*not there at all/,
  ),
  control(
    "goes on from any page",
    "a page does not say where it goes on",
    withPages(({ next: _, ...page }) => page),
    /does not say where to go on/,
  ),
  control(
    "goes on after a page that could not be read",
    "two pages are passed over",
    withStreams((stream) => ({ listing: { ...stream.listing, skip: (position) => ({ page: Number(position?.page ?? 1) + 2 }) } })),
    /passed over: .*missing/,
  ),
  control(
    "says that a listing is complete on its last page only, and only where it can prove it",
    "every page says so",
    withPages((page) => ({ ...page, complete: true })),
    /page 1 of \d says/,
  ),
  control(
    "says that a listing is complete on its last page only, and only where it can prove it",
    "none says so",
    withPages(({ complete: _, ...page }) => page),
    /does not say that it is complete/,
  ),
  control(
    "loses no record when pages shift while they are read, or does not call the listing complete",
    "the last page always says so",
    withPages((page) => ({ ...page, complete: page.next === undefined })),
    /would be taken for deleted/,
  ),
  control(
    "get gives the records asked for, and leaves out those that do not exist",
    "it gives the first only",
    operations((stream) => ({ get: async (keys, call) => (await stream.get?.(keys.slice(0, 1), call)) ?? [] })),
    /missing/,
  ),
  control(
    "find gives every record with the values asked for, and no other",
    "it gives everything",
    operations((stream) => ({ find: async (_field, _values, call) => (await stream.find?.("id", [""], call)) ?? [] })),
    /not there at all/,
  ),
  control(
    "writes round-trip: what was created, updated and deleted is read so afterwards",
    "an update forgets a field",
    operations((stream) => ({
      update: async (updates, call) =>
        (await stream.update?.(
          updates.map(({ key, set: { height: _, ...set } }) => ({ key, set })),
          call,
        )) ?? [],
    })),
    /after update height is/,
  ),
  control(
    "writes round-trip: what was created, updated and deleted is read so afterwards",
    "an upsert always creates",
    operations((stream) => ({ upsert: async (records, _on, call) => (await stream.create?.(records, call)) ?? [] })),
    /upsert/,
  ),
  control(
    "writes round-trip: what was created, updated and deleted is read so afterwards",
    "a delete does nothing",
    operations(() => ({ delete: async (keys) => keys.map((key) => ({ ok: true, key, created: false })) })),
    /still read after it was deleted/,
  ),
  control(
    "an operation that is missing is declared missing",
    "it is there and throws",
    withStreams(() => ({
      restore: async () => {
        throw new Error("Acorn cannot restore.");
      },
    })),
    /restore is declared, and throws/,
  ),
  ...[
    "a 429",
    "a 500",
    "an error page in HTML",
    "JSON that stops in the middle",
    "a connection cut in the middle of an answer",
    "a connection reset before any answer",
    "a slow answer",
  ].map((fault) =>
    control(
      `survives ${fault}`,
      fault === "a slow answer" ? "it has no patience" : "a failure becomes an empty page",
      fault === "a slow answer" ? tooSoon() : swallowing(),
      /did not survive it/,
    ),
  ),
  control(
    "takes a web page where data was due for a failure, never for an empty page",
    "it is taken for an empty page",
    whenReadFails(() => ({ records: [] })),
    /did not survive it: trees: of 23 records .*missing|did not survive it: growers/,
  ),
  control(
    "keeps the budget, whatever is read at the same time",
    "some requests go past the budget",
    withSideRequests(),
    /refused \d+ of \d+ requests/,
  ),
  control(
    "asks for no more than the vendor allows when nobody sets a limit",
    "its own limit is too high",
    withLimit(500),
    /500 requests in 60 s, and the vendor allows 120/,
  ),
  control(
    "an aborted call stops at once",
    "the signal is not passed on",
    withRead((read) => (request) => read(request, { signal: new AbortController().signal })),
    /aborted already/,
  ),
  control(
    "an aborted call stops at once",
    "it ends as if it were whole",
    whenReadFails((error) => ({ records: error ? [] : [] })),
    /aborted/,
  ),
  control(
    "every failure is a vendor error that says what to do next",
    "a bare error comes through",
    whenReadFails((error) => {
      throw new TypeError("cannot read properties of undefined", { cause: error });
    }),
    /bare TypeError/,
  ),
  control(
    "every failure is a vendor error that says what to do next",
    "a failure is swallowed",
    whenReadFails(() => ({ records: [] })),
    /as if all were well/,
  ),
  control(
    "secrets never show",
    "the key is in the message",
    whenReadFails((error, key) => {
      throw leaking(error, key);
    }),
    /a secret shows: .*<THE SECRET>/,
  ),
  control(
    "secrets never show",
    "the key is in the cause of an error",
    whenReadFails((_error, key) => {
      throw new VendorError("Acorn does not take the key.", {
        code: "acorn/leak",
        next: "stop-run",
        cause: { headers: { "x-acorn-key": key } },
      });
    }),
    /a secret shows/,
  ),
  control(
    "secrets never show",
    "check() quotes the key",
    withConnection((connection, key) => ({
      ...connection,
      check: async () => [{ what: "credentials", ok: false, says: `Not good: ${encodeURIComponent(key)}` }],
    })),
    /a secret shows/,
  ),
];

/** Asks once only, so that no retry repairs what then becomes an empty page. */
function swallowing(): Subject {
  const subject = whenReadFails(() => ({ records: [] }));
  return {
    ...subject,
    connector: { ...subject.connector, open: (options, world) => subject.connector.open({ ...(options as object), attempts: 1 }, world) },
  };
}

function tooSoon(): Subject {
  return withRead(
    (read) => (request, call) => read(request, { ...call, signal: AbortSignal.any([call.signal, AbortSignal.timeout(150)]) }),
  );
}

async function judged({ promise, subject }: Control): Promise<string> {
  const cases = (await conformanceCases(subject)).filter(
    ({ title, judge }) => judge && (title === promise || title.endsWith(`: ${promise}`)),
  );
  if (cases.length === 0) throw new Error(`Nothing judges "${promise}".`);
  const words: string[] = [];
  for (const { judge } of cases)
    await judge?.().catch((error: unknown) => words.push(error instanceof Error ? error.message : String(error)));
  return words.join("\n");
}

describe("the suite finds a connector out", () => {
  it.each(controls.map((each) => [each.promise, each.broken, each] as const))("%s: not kept when %s", async (_promise, _broken, each) => {
    expect(await judged(each)).toMatch(each.says);
  });

  it("has a broken connector for every promise: a judge that nobody has seen fail judges nothing", () => {
    const shown = new Set(controls.map((each) => each.promise));
    expect(promises().filter((text) => !shown.has(text))).toEqual([]);
    expect(allPromises.map((promise) => promise.text)).toEqual(promises());
  });
});

describe("a promise that cannot be kept", () => {
  it("appears with its reason, for all streams or for one", async () => {
    const cases = await conformanceCases(acornSubject, {
      "growers: goes on from any page": "Acorn's growers have no order",
      "survives a 429": "Acorn never says so",
    });
    const titles = cases.filter(({ judge }) => !judge).map(({ title }) => title);
    expect(titles).toContain("growers: goes on from any page: not promised, because Acorn's growers have no order");
    expect(titles).toContain("survives a 429: not promised, because Acorn never says so");
    expect(titles).toContain("growers: an incremental read misses no boundary row: not promised, because the stream has no cursor");
    expect(cases.some(({ title, judge }) => judge && title === "trees: goes on from any page")).toBe(true);
  });

  it("must be one: a misspelt skip would skip nothing and look as if it did", async () => {
    await expect(conformanceCases(acornSubject, { "goes on from any pgae": "no" })).rejects.toThrow("goes on from any pgae");
    await expect(conformanceCases({ ...acornSubject, streams: ["tree"] })).rejects.toThrow('no stream "tree". It has: growers, trees');
  });
});

describe("fits", () => {
  it.each([
    ["text", "x", 1],
    ["integer", "9007199254740993", "12"],
    ["integer", -4, 1.5],
    ["number", 1.5, "1.5"],
    ["decimal", "-12.50", 12.5],
    ["boolean", false, 0],
    ["date", "2024-02-29", "2023-02-29"],
    ["datetime", "2025-01-13T13:35:13.000000Z", "2025-01-13 13:35:13"],
    ["datetime", "2025-01-13T13:35:13+02:00", "2025-02-30T10:00:00Z"],
    ["time", "23:59:59", "24:00:00"],
    ["uuid", "0f8fad5b-d9cb-469f-a165-70867728950e", "0f8fad5b"],
    ["list", [], {}],
    ["object", {}, []],
  ] as const)("%s takes %j and refuses %j", (type, good, bad) => {
    expect(fits({ type }, good)).toBeUndefined();
    expect(fits({ type }, bad)).toMatch(/is not|carries no offset/);
    expect(fits({ type }, null)).toBeUndefined();
  });

  it("looks at options, length, zones and members", () => {
    expect(fits({ type: "text", options: ["a", "b"] }, "c")).toBe('"c" is none of "a", "b"');
    expect(fits({ type: "text", maxLength: 2 }, "\u{1f332}\u{1f332}")).toBeUndefined();
    expect(fits({ type: "text", maxLength: 2 }, "abc")).toContain("longer than 2");
    expect(fits({ type: "datetime", zoneless: true }, "2024-05-17 20:45:00")).toBeUndefined();
    expect(fits({ type: "datetime", zoneless: true }, "2024-05-17T20:45:00Z")).toContain("zoneless");
    expect(fits({ type: "list", of: { type: "object", fields: { n: { type: "integer" } } } }, [{ n: 1 }, { n: "x" }])).toBe(
      '[1]: .n: "x" is not a whole number (beyond 2^53: as decimal text)',
    );
  });

  it("misses nothing in a record: what is required, and what nobody declared", () => {
    const stream = { key: "id", fields: { id: { type: "integer" }, name: { type: "text", required: true } } } as const;
    expect(fitsStream(stream, { id: 1, name: "x" })).toEqual([]);
    expect(fitsStream(stream, { name: null, more: 1 })).toEqual([
      "id: is required and missing",
      "name: is required and missing",
      "more: is not declared, and the stream is not open",
    ]);
    expect(fitsStream({ ...stream, open: true }, { id: 1, name: "x", more: 1 })).toEqual([]);
  });
});
