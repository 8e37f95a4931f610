import { type Call, type DataRecord, defineStream, type Page, type Position, type ReadRequest, type Stream } from "@fieldwright/connector-kit";
import type { Api } from "./api.js";
import { perPage } from "./listing.js";
import { createNote, deleteNote, updateNote } from "./note-writes.js";
import { oneByOne } from "./one-by-one.js";

export function notes(api: Api): Stream {
  return defineStream({
    name: "notes",
    about: "Notes of customers. RepCard gives them for one customer at a time, so a read asks once for every customer there is: at 100 requests a minute, 6,000 customers take an hour.",
    key: "id",
    fields: {
      id: { type: "text", readOnly: true },
      note: { type: "text", required: true },
      createdAt: { type: "integer", readOnly: true, about: "Seconds since 1970." },
      userId: { type: "integer", required: true, readOnly: "after-create" },
      userName: { type: "text", readOnly: true },
      customerId: { type: "integer", required: true, readOnly: "after-create", about: "Added by the connector: the customer that was asked for, which the row does not say." },
    },
    open: true,
    references: { customerId: "customers", userId: "users" },
    listing: {
      maxPageSize: api.assumptions.maxPageSize,
      complete: "never",
      total: false,
      skip: (position) => ({ ...place(position), customer: place(position).customer + 1, page: 1 }),
    },
    batchSize: 20,
    read: (request, call) => readNotes(api, request, call),
    create: (records, call) => oneByOne(records, (record) => createNote(api, record, call)),
    update: (updates, call) => oneByOne(updates, (update) => updateNote(api, update, call)),
    delete: (keys, call) => oneByOne(keys, (key) => deleteNote(api, key, call)),
  });
}

/** `customers`: page of the list of customers, `customer`: which of that page, `page`: of its notes. */
interface Place {
  readonly customers: number;
  readonly customer: number;
  readonly page: number;
}

async function* readNotes(api: Api, request: ReadRequest, call: Call): AsyncGenerator<Page> {
  const relation = api.assumptions.noteRelationIsComplete ? { withRelations: "notes" } : {};
  let at = place(request.position);
  for (;;) {
    // Always the largest page: the place of a customer must not depend on how many notes are asked for at once.
    const list = await api.items("/customers", { ...relation, page: at.customers, per_page: api.assumptions.maxPageSize }, call);
    while (at.customer < list.items.length) {
      const customer = list.items[at.customer] ?? {};
      const got = mayHaveNotes(customer) ? await notesOf(api, { customer, page: at.page, pageSize: perPage(api, request) }, call) : { records: [], last: true };
      at = got.last ? { ...at, customer: at.customer + 1, page: 1 } : { ...at, page: at.page + 1 };
      const isEnd = list.last && at.customer >= list.items.length;
      // Also without a note on it: the place is worth keeping, so many requests as it took.
      yield isEnd ? { records: got.records } : { records: got.records, next: { ...at } };
      if (isEnd) return;
    }
    if (list.last) {
      yield { records: [] };
      return;
    }
    at = { customers: at.customers + 1, customer: 0, page: 1 };
  }
}

async function notesOf(api: Api, of: { readonly customer: DataRecord; readonly page: number; readonly pageSize: number }, call: Call): Promise<{ records: readonly DataRecord[]; last: boolean }> {
  const customerId = Number(of.customer.id);
  const got = await api.items("/customers/notes", { userId: String(userOf(of.customer)), customerId, page: of.page, per_page: of.pageSize }, call);
  return { records: got.items.map((item) => ({ ...item, customerId })), last: got.last };
}

/** RepCard wants a user named, and gives the notes of the others too. A customer of nobody cannot be asked for. */
function mayHaveNotes(customer: DataRecord): boolean {
  const isEmpty = Array.isArray(customer.notes) && customer.notes.length === 0;
  return !isEmpty && userOf(customer) !== undefined;
}

function userOf(customer: DataRecord): number | string | undefined {
  return [customer.userId, customer.ownerId].find((id): id is number | string => typeof id === "number" || typeof id === "string");
}

function place(position: Position | undefined): Place {
  return { customers: Number(position?.customers ?? 1), customer: Number(position?.customer ?? 0), page: Number(position?.page ?? 1) };
}
