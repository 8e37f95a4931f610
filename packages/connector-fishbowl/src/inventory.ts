import { type Call, type DataRecord, defineStream, pagesByNumber, type Stream } from "@fieldwright/connector-kit";
import type { Api } from "./api.js";
import { isObject, unknownShape } from "./errors.js";

const path = "/api/parts/inventory";

/** How much there is of each part, over all locations, as the server itself adds it up. */
export function inventory(api: Api): Stream {
  const pageSize = api.assumptions.searchPageSize;
  return defineStream({
    name: "inventory",
    about: "Quantity on hand by part. It carries no time of change, so each read is a full one.",
    key: "id",
    fields: {
      id: { type: "integer", readOnly: true, about: "The part's." },
      partNumber: { type: "text", readOnly: true },
      partDescription: { type: "text", readOnly: true },
      quantity: { type: "decimal", readOnly: true },
      uom: { type: "object", readOnly: true },
    },
    open: true,
    references: { id: "parts" },
    listing: { maxPageSize: pageSize, complete: "by-page", total: true },
    read: (request, call) =>
      pagesByNumber({
        request,
        call,
        async fetch(pageNumber, call) {
          const found = await searchPage(api, { pageNumber, pageSize: request.pageSize }, call);
          // Rows that go while pages are read pull others across a border unseen: only one answer is a proof.
          return { ...found, complete: pageNumber === 1 && (found.pageCount ?? 1) <= 1 };
        },
      }),
  });
}

interface Found {
  readonly records: readonly DataRecord[];
  readonly pageCount: number;
  readonly total: number;
}

async function searchPage(api: Api, query: { readonly pageNumber: number; readonly pageSize: number }, call: Call): Promise<Found> {
  const body = await api.get(path, query, call);
  if (!isObject(body) || !Array.isArray(body.results) || !body.results.every(isObject)) throw unknownShape(path);
  const [pageCount, total] = [Number(body.totalPages), Number(body.totalCount)];
  if (!Number.isInteger(pageCount) || !Number.isInteger(total)) throw unknownShape(path);
  return { records: body.results, pageCount, total };
}
