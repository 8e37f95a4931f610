import { type DataRecord, defineStream, oneByOne, type ReadRequest, type Stream } from "@fieldwright/connector-kit";
import type { Api } from "./api.js";
import { customerFields } from "./customer-fields.js";
import { createCustomer, updateCustomer, upsertCustomer } from "./customer-writes.js";
import { cursorSpan, daysToAsk, within } from "./days.js";
import { foundOf } from "./found.js";
import { numberedListing, readNumbered } from "./listing.js";
import { lookUps } from "./look-ups.js";

export function customers(api: Api): Stream {
  const { customerRelations } = api.options;
  const relations = { withRelations: customerRelations.length === 0 ? undefined : customerRelations.join(",") };
  return defineStream({
    name: "customers",
    about:
      "Contacts of all four types: leads, customers, recruits and others. A company's custom fields are further fields of the record. None and an empty text mean the same and take turns.",
    key: "id",
    fields: customerFields,
    open: true,
    cursor: { field: "updatedAt", type: "datetime", granularity: "day", filter: true, overlap: 86_400_000 },
    window: { field: "createdAt" },
    references: { userId: "users", ownerId: "users", statusId: "statuses" },
    listing: numberedListing(api),
    batchSize: 20,
    sideEffects:
      "RepCard does not look for duplicates and cannot delete a customer: what was created stays. A void status is all that can be done about it.",
    read(request, call) {
      const inUpdated = within(cursorSpan(request), "updatedAt");
      const inCreated = within(request.window ?? {}, "createdAt");
      const keep = (record: DataRecord) => inUpdated(record) && inCreated(record);
      return readNumbered(api, { path: "/customers", query: { ...relations, ...daysOf(api, request) }, request, keep }, call);
    },
    get: (keys, call) => foundOf(keys, (key) => api.recordIfAny(`/customers/${encodeURIComponent(key)}`, relations, call)),
    create(records, call) {
      const look = lookUps(api, call);
      return oneByOne(records, (record) => createCustomer(api, { record, look }, call));
    },
    update(updates, call) {
      const look = lookUps(api, call);
      return oneByOne(updates, (update) => updateCustomer(api, { update, look }, call));
    },
    upsert(records, on, call) {
      const look = lookUps(api, call);
      return oneByOne(records, (record) => upsertCustomer(api, { record, on, look }, call));
    },
  });
}

function daysOf(api: Api, request: ReadRequest): Readonly<Record<string, string | undefined>> {
  const updated = daysToAsk(cursorSpan(request), api.assumptions);
  const created = daysToAsk(request.window ?? {}, api.assumptions);
  return { last_updated_from: updated.from, last_updated_to: updated.to, last_created_from: created.from, last_created_to: created.to };
}
