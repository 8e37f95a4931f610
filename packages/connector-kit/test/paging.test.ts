import { describe, expect, test } from "vitest";
import {
  allRecords,
  type DataRecord,
  type NumberedPage,
  type Page,
  type Position,
  pagesByNumber,
  pagesByToken,
  skipPage,
} from "../src/index.js";
import { aCall } from "./http-loopback.js";

const rows = (from: number, to: number): DataRecord[] => Array.from({ length: to - from + 1 }, (_, i) => ({ id: from + i }));

function numbered(pages: readonly Partial<NumberedPage>[], position?: Position) {
  const asked: number[] = [];
  const listing = pagesByNumber({
    request: position === undefined ? {} : { position },
    call: aCall(),
    fetch: async (page) => {
      asked.push(page);
      return { records: [], ...pages[page - 1] };
    },
  });
  return { asked, listing };
}

async function walked(listing: AsyncIterable<Page>): Promise<Page[]> {
  const pages: Page[] = [];
  for await (const page of listing) pages.push(page);
  return pages;
}

describe("pages with numbers", () => {
  const three = [1, 2, 3].map((page) => ({ records: rows(page * 2 - 1, page * 2), pageCount: 3, total: 6, complete: true }));

  test("are walked up to the count that the vendor gives, and only the last one proves anything", async () => {
    const { asked, listing } = numbered(three);
    expect(await walked(listing)).toEqual([
      { records: rows(1, 2), next: { page: 2 }, total: 6 },
      { records: rows(3, 4), next: { page: 3 }, total: 6 },
      { records: rows(5, 6), total: 6, complete: true },
    ]);
    expect(asked).toEqual([1, 2, 3]);
  });

  test("are resumed at any page", async () => {
    for (const { next } of await walked(numbered(three).listing)) {
      const records = await allRecords(numbered(three, next).listing);
      expect(records.at(-1)).toEqual({ id: 6 });
      expect(records[0]).toEqual({ id: next === undefined ? 1 : Number(next.page) * 2 - 1 });
    }
  });

  test("end with the first empty one where nobody counts them", async () => {
    expect(await allRecords(numbered([{ records: rows(1, 2) }, { records: rows(3, 3) }]).listing)).toEqual(rows(1, 3));
  });

  test("end where the vendor says that this is the last", async () => {
    const { asked, listing } = numbered([
      { records: rows(1, 2), last: false },
      { records: rows(3, 4), last: true, complete: true },
      { records: rows(5, 6) },
    ]);
    expect((await walked(listing)).at(-1)).toEqual({ records: rows(3, 4), complete: true });
    expect(asked).toEqual([1, 2]);
  });

  test("prove nothing when an empty one comes before the last, because the count and the records disagree", async () => {
    const { listing } = numbered([
      { records: rows(1, 2), pageCount: 3, complete: true },
      { pageCount: 3, complete: true },
    ]);
    expect((await walked(listing)).at(-1)).toEqual({ records: [], complete: false });
  });

  test.each([
    [
      "records",
      [
        { records: rows(1, 2), pageCount: 2, total: 4, complete: true },
        { records: rows(3, 3), pageCount: 2, total: 3, complete: true },
      ],
    ],
    [
      "pages",
      [
        { records: rows(1, 2), pageCount: 3, complete: true },
        { records: rows(3, 4), pageCount: 2, complete: true },
      ],
    ],
  ])(
    "prove nothing when there were fewer %s at the end than before, because records have moved to pages already read",
    async (_, pages) => {
      expect((await walked(numbered(pages).listing)).at(-1)?.complete).toBe(false);
    },
  );

  test("prove nothing when resumed behind the end of a listing that has shrunk", async () => {
    expect(await walked(numbered(three, { page: 5 }).listing)).toEqual([{ records: [] }]);
    const late = [...three, three[2], { records: [], pageCount: 3, complete: true }] as Partial<NumberedPage>[];
    expect(await walked(numbered(late, { page: 5 }).listing)).toEqual([{ records: [], complete: false }]);
  });

  test("of an empty listing are one page that may be complete", async () => {
    expect(await walked(numbered([{ records: [], pageCount: 0, total: 0, complete: true }]).listing)).toEqual([
      { records: [], total: 0, complete: true },
    ]);
  });

  test("of a vendor that ignores the number stop the stream instead of being read for ever", async () => {
    const listing = pagesByNumber({ request: {}, call: aCall(), fetch: async () => ({ records: rows(1, 2) }) });
    await expect(walked(listing)).rejects.toMatchObject({ code: "paging/stuck", next: "stop-stream" });
  });

  test("may begin with 0", async () => {
    const asked: number[] = [];
    const listing = pagesByNumber({
      request: {},
      call: aCall(),
      first: 0,
      fetch: async (page) => {
        asked.push(page);
        return { records: rows(page + 1, page + 1), pageCount: 2 };
      },
    });
    expect(await allRecords(listing)).toEqual(rows(1, 2));
    expect(asked).toEqual([0, 1]);
  });

  test("can be skipped one by one when one cannot be read", () => {
    expect(skipPage(undefined)).toEqual({ page: 2 });
    expect(skipPage({ page: 7 })).toEqual({ page: 8 });
  });
});

describe("pages with tokens", () => {
  const pages: Record<string, { records: DataRecord[]; next?: string | null; complete?: boolean }> = {
    start: { records: rows(1, 2), next: "b" },
    b: { records: [], next: "c", complete: true },
    c: { records: rows(3, 3), next: null, complete: true },
  };
  const listing = (position?: Position) =>
    pagesByToken({
      request: position === undefined ? {} : { position },
      call: aCall(),
      fetch: async (token = "start") => pages[token] ?? { records: [] },
    });

  test("are walked to the one that names no next, past an empty one", async () => {
    expect(await walked(listing())).toEqual([
      { records: rows(1, 2), next: { token: "b" } },
      { records: [], next: { token: "c" } },
      { records: rows(3, 3), complete: true },
    ]);
  });

  test("are resumed at any token", async () => {
    expect(await allRecords(listing({ token: "b" }))).toEqual(rows(3, 3));
  });

  test("that name themselves stop the stream", async () => {
    const stuck = pagesByToken({ request: {}, call: aCall(), fetch: async () => ({ records: rows(1, 1), next: "same" }) });
    await expect(walked(stuck)).rejects.toMatchObject({ code: "paging/stuck", next: "stop-stream" });
  });
});
