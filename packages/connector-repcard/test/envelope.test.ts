import { describe, expect, test } from "vitest";
import { itemsOf, recordOf, refusalOf } from "../src/envelope.js";

const rows = [{ id: 1 }, { id: 2 }];
const ok = { status: 1, statusCode: 200, message: "success" };

describe("a list is told by its keys, never by its path", () => {
  test("A-list: the pages are in totalPages, not in lastPage", () => {
    const result = { data: rows, totalCount: 5, currentPage: 1, totalPages: 3 };
    expect(itemsOf({ ...ok, result })).toEqual({ items: rows, page: 1, pageCount: 3, total: 5, last: false });
    expect(itemsOf({ ...ok, result: { ...result, currentPage: 3 } }).last).toBe(true);
  });

  test("A-data and A-array: no paging keys, so the answer is everything", () => {
    expect(itemsOf({ ...ok, result: { data: rows } })).toEqual({ items: rows, page: null, pageCount: null, total: null, last: true });
    expect(itemsOf({ ...ok, result: rows })).toEqual({ items: rows, page: null, pageCount: null, total: null, last: true });
  });

  test("A-resource: the pages are in meta", () => {
    const result = {
      data: rows,
      links: { first: "a", last: "b", prev: null, next: "c" },
      meta: { current_page: 1, from: 1, last_page: 2, links: [], path: "p", per_page: 2, to: 2, total: 4 },
    };
    expect(itemsOf({ ...ok, result })).toEqual({ items: rows, page: 1, pageCount: 2, total: 4, last: false });
    expect(itemsOf({ ...ok, result: { ...result, meta: { ...result.meta, current_page: 2 } } }).last).toBe(true);
    const { meta: _meta, ...withoutMeta } = result;
    expect(itemsOf({ ...ok, result: withoutMeta }).last).toBe(false);
  });

  test("C: a bare paginator; C-simple: the same without its end, which next_page_url tells", () => {
    const c = { current_page: 1, data: rows, last_page: 2, next_page_url: "x", per_page: 2, total: 3 };
    expect(itemsOf(c)).toEqual({ items: rows, page: 1, pageCount: 2, total: 3, last: false });
    const simple = { current_page: 1, data: rows, next_page_url: "x", per_page: 2 };
    expect(itemsOf(simple)).toEqual({ items: rows, page: 1, pageCount: null, total: null, last: false });
    expect(itemsOf({ ...simple, next_page_url: null }).last).toBe(true);
  });

  test("C inside the standard envelope, as one of the vendor's written schemas has it", () => {
    expect(itemsOf({ ...ok, result: { current_page: 2, data: rows, last_page: 2, total: 4 } })).toEqual({
      items: rows,
      page: 2,
      pageCount: 2,
      total: 4,
      last: true,
    });
  });

  test("an empty page ends the walk, whatever totalPages and totalCount say", () => {
    expect(itemsOf({ ...ok, result: { data: [], totalCount: 500, currentPage: 2, totalPages: 9 } }).last).toBe(true);
  });

  test("totalCount ends nothing: the vendor's own example has fewer than there are rows", () => {
    expect(itemsOf({ ...ok, result: { data: rows, totalCount: 1, currentPage: 1, totalPages: 2 } }).last).toBe(false);
  });

  test.each([[undefined], ["text"], [{}], [{ ...ok, result: {} }], [{ ...ok, result: { data: { id: 1 } } }], [{ ...ok, result: [1, 2] }]])(
    "%j is no list, and the message says what it is",
    (body) => {
      expect(() => itemsOf(body)).toThrow(expect.objectContaining({ code: "repcard/unknown-shape" }));
    },
  );
});

describe("one record", () => {
  test("comes as result, as data, or as data in result", () => {
    expect(recordOf({ ...ok, result: { id: 7 } })).toEqual({ id: 7 });
    expect(recordOf({ data: { id: 7 } })).toEqual({ id: 7 });
    expect(recordOf({ ...ok, result: { data: { id: 7 } } })).toEqual({ id: 7 });
  });

  test("is not an empty result, which is how failures look", () => {
    expect(() => recordOf({ ...ok, result: {} })).toThrow(expect.objectContaining({ code: "repcard/unknown-shape" }));
    expect(() => recordOf({ data: [{ id: 7 }] })).toThrow(expect.objectContaining({ code: "repcard/unknown-shape" }));
  });
});

describe("a body that calls itself a failure", () => {
  test("is one by status 0", () => {
    expect(refusalOf({ status: 0, statusCode: 400, message: "Invalid JSON.", result: {} })).toEqual({
      statusCode: 400,
      message: "Invalid JSON.",
    });
  });

  test("is none by status 1, and a bare record's own status is no envelope", () => {
    expect(refusalOf({ ...ok, result: [] })).toBeUndefined();
    expect(refusalOf({ data: { id: 1 }, status: 0 })).toBeUndefined();
    expect(refusalOf("text")).toBeUndefined();
  });
});
