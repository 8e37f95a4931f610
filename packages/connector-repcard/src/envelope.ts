import { type DataRecord, VendorError } from "@fieldwright/connector-kit";

/** A page of any of the vendor's seven list shapes. */
export interface Items {
  readonly items: readonly DataRecord[];
  /** From 1; `null` where the shape has no paging. */
  readonly page: number | null;
  readonly pageCount: number | null;
  /** Known to differ from the rows at times. */
  readonly total: number | null;
  readonly last: boolean;
}

type Node = Readonly<Record<string, unknown>>;

/**
 * The rows of a list, by the keys that are present and never by the path that was asked:
 * `{result: {data, totalPages}}`, `{result: {data}}`, `{result: []}`, `{result: {data, links, meta}}`,
 * `{current_page, data, last_page}` and the same without its end.
 */
export function itemsOf(body: unknown): Items {
  const inner = withoutStatus(body);
  if (Array.isArray(inner)) return everything(inner);
  if (!isNode(inner) || !Array.isArray(inner.data)) throw unreadable("a list of records", body);
  const records = rows(inner.data);
  const meta = isNode(inner.meta) ? inner.meta : inner;
  const page = wholeNumber(meta.currentPage ?? meta.current_page);
  const pageCount = wholeNumber(meta.totalPages ?? meta.last_page);
  const total = wholeNumber(meta.totalCount ?? meta.total);
  return { items: records, page, pageCount, total, last: records.length === 0 || isLast(inner, { page, pageCount }) };
}

/** The one record of an answer: `{result: {...}}`, `{data: {...}}`, or both. */
export function recordOf(body: unknown): DataRecord {
  const inner = withoutStatus(body);
  const record = isNode(inner) && isNode(inner.data) ? inner.data : inner;
  if (!isNode(record) || Object.keys(record).length === 0 || Array.isArray(record.data)) throw unreadable("one record", body);
  return record;
}

/** What the vendor says in an answer whose body calls itself a failure, whatever its HTTP status. */
export function refusalOf(body: unknown): { readonly statusCode: number; readonly message: string } | undefined {
  if (!isNode(body) || (body.status !== 0 && body.status !== "0" && body.status !== false) || "data" in body) return undefined;
  return { statusCode: wholeNumber(body.statusCode) ?? 0, message: typeof body.message === "string" ? body.message : "" };
}

function isLast(inner: Node, at: { page: number | null; pageCount: number | null }): boolean {
  if (at.page !== null && at.pageCount !== null) return at.page >= at.pageCount;
  if ("next_page_url" in inner) return inner.next_page_url === null;
  if (isNode(inner.links) && "next" in inner.links) return inner.links.next === null;
  // No paging keys at all: the answer is everything. A page number without an end: only an empty page tells.
  return at.page === null;
}

function withoutStatus(body: unknown): unknown {
  return isNode(body) && "result" in body ? body.result : body;
}

function everything(data: readonly unknown[]): Items {
  return { items: rows(data), page: null, pageCount: null, total: null, last: true };
}

function rows(data: readonly unknown[]): readonly DataRecord[] {
  const records = data.filter(isNode);
  if (records.length !== data.length) throw unreadable("records in a list", data);
  return records;
}

function wholeNumber(value: unknown): number | null {
  const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  return typeof number === "number" && Number.isInteger(number) && number >= 0 ? number : null;
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function unreadable(what: string, body: unknown): VendorError {
  const keys = isNode(body)
    ? `an object with ${Object.keys(body).slice(0, 8).join(", ") || "no keys"}`
    : Array.isArray(body)
      ? "a list of something else"
      : typeof body;
  return new VendorError(`RepCard's answer should hold ${what}, but is ${keys}.`, {
    code: "repcard/unknown-shape",
    next: "retry",
    hint: "If it stays so, the vendor has changed its answers and the connector has to learn the new shape.",
  });
}
