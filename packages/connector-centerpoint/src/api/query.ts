import type { Query, ReadRequest } from "@fieldwright/connector-kit";
import type { Collection } from "../collections/collection.js";
import type { Api } from "./api.js";
import { howChanges } from "./changes.js";

/** What a read asks for beside its place in the list. */
export function queryOf(api: Api, collection: Collection, request: ReadRequest): Query {
  const way = request.since === undefined ? "none" : howChanges(api, collection);
  const sort = way === "sortStop" ? "-updatedAt" : collection.sorts ? api.options.assumptions.wholeReadSort : "";
  return {
    ...shapeOf(api, collection),
    ...(sort === "" ? {} : { sort }),
    // No upper bound: a row that changes while it is read would leave the list, and pull others across the border of a page.
    ...(way === "filter" ? { "filter[updated_at][gt]": justBefore(request.since ?? "") } : {}),
  };
}

/** What a record is to carry. */
export function shapeOf(api: Api, collection: Collection): Query {
  const include = api.options.assumptions.include[collection.name] ?? collection.include;
  const onDemand = api.options.onDemand[collection.name] ?? [];
  // To name one field is to leave out all that are not named.
  const own = Object.keys(collection.fields).filter((name) => name !== "id" && !name.startsWith("_"));
  return {
    ...(include.length > 0 ? { include: include.join(",") } : {}),
    ...(onDemand.length > 0 ? { [`fields[${collection.type}]`]: [...new Set([...own, ...include, ...onDemand])].join(",") } : {}),
  };
}

export function pageSizeOf({ options }: Api, { isJob }: Collection, { pageSize }: Pick<ReadRequest, "pageSize">): number {
  return Math.max(1, Math.min(pageSize, isJob ? options.assumptions.maxJobPageSize : options.assumptions.maxPageSize));
}

/** "2025-01-13 09:59:59" in UTC: the filter has no zone, and leaves out the very second that it names. */
function justBefore(since: string): string {
  const ms = Math.floor(Date.parse(since) / 1000) * 1000 - 1000;
  return new Date(ms).toISOString().slice(0, 19).replace("T", " ");
}
