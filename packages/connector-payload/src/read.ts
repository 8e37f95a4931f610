import { type Call, type DataRecord, type Page, type ReadRequest, VendorError } from "@fieldwright/connector-kit";
import type { Collection } from "./collection.js";
import type { Site, Where } from "./site.js";

const dayMs = 86_400_000;

/**
 * By id, each page from the last id of the one before: a record that is added, changed or deleted meanwhile moves no other one across
 * the border of a page, as it would with numbered pages or in the order of `updatedAt`. What changes while it is read is past `until`
 * and belongs to the next read. The position is `{ after, total }`.
 */
export async function* readById(site: Site, { slug, rights }: Collection, walk: Walk): AsyncGenerator<Page> {
  const { request, call } = walk;
  const limit = Math.max(1, Math.min(request.pageSize, site.options.assumptions.maxPageSize));
  const range = rangeOf(request);
  let after = request.position?.after;
  let total = request.position?.total;
  for (;;) {
    const where = allOf([...range, ...(after === undefined ? [] : [{ id: { greater_than: after } }])]);
    const counted = typeof total !== "number";
    // One more than the page holds tells whether there is another page, without counting.
    const found = await site.find(slug, { ...(where === undefined ? {} : { where }), limit: limit + 1, sort: "id", counted }, call);
    if (after !== undefined && found.docs.some((record) => record.id === after)) throw stuck(slug);
    const records = found.docs.slice(0, limit);
    const isLast = found.docs.length <= limit;
    total = counted ? found.total : (total as number);
    after = idAfter(slug, records) ?? after;
    yield {
      records,
      total,
      ...(isLast || after === undefined ? {} : { next: { after, total } }),
      ...(isLast ? { complete: range.length === 0 && rights?.read === "all" && site.options.identity } : {}),
    };
    if (isLast) return;
  }
}

export interface Walk {
  readonly request: ReadRequest;
  readonly call: Call;
}

/** All records that a search gives, however many they are. */
export async function everyMatch(
  site: Site,
  { slug }: Pick<Collection, "slug">,
  search: { where: Where; call: Call },
): Promise<DataRecord[]> {
  const limit = site.options.assumptions.maxPageSize;
  const all: DataRecord[] = [];
  for (let where = search.where; ; ) {
    const { docs } = await site.find(slug, { where, limit, sort: "id" }, search.call);
    all.push(...docs);
    const after = idAfter(slug, docs);
    if (docs.length < limit || after === undefined) return all;
    where = { and: [search.where, { id: { greater_than: after } }] };
  }
}

function rangeOf({ since, until, window }: ReadRequest): readonly Where[] {
  const range: Where[] = [];
  if (since !== undefined) range.push({ updatedAt: { greater_than_equal: since } });
  if (until !== undefined) range.push({ updatedAt: { less_than_equal: until } });
  if (window !== undefined) {
    range.push({ createdAt: { greater_than_equal: `${window.from}T00:00:00.000Z` } });
    range.push({ createdAt: { less_than: new Date(Date.parse(`${window.to}T00:00:00.000Z`) + dayMs).toISOString() } });
  }
  return range;
}

function allOf(conditions: readonly Where[]): Where | undefined {
  return conditions.length === 0 ? undefined : { and: conditions };
}

function idAfter(slug: string, records: readonly DataRecord[]): string | number | undefined {
  const id = records.at(-1)?.id;
  if (records.length === 0 || typeof id === "string" || typeof id === "number") return id as string | number | undefined;
  throw new VendorError(`Payload gave a record of ${slug} without an id.`, {
    code: "payload/no-id",
    next: "stop-stream",
    hint: "A hook (afterRead) of the collection may take it out.",
  });
}

function stuck(slug: string): VendorError {
  return new VendorError(`The listing of ${slug} does not move on: a page begins again with records of the one before.`, {
    code: "payload/stuck",
    next: "stop-stream",
    hint: "The site ignores the condition on ids; report it to the author of the connector.",
  });
}
