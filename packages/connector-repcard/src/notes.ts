import {
  type Call,
  type DataRecord,
  defineStream,
  oneByOne,
  type Page,
  type Position,
  type ReadRequest,
  type Stream,
  VendorError,
} from "@fieldwright/connector-kit";
import type { Api } from "./api.js";
import { perPage } from "./listing.js";
import { createNote, deleteNote, updateNote } from "./note-writes.js";

export function notes(api: Api): Stream {
  return defineStream({
    name: "notes",
    about:
      "Notes of customers. RepCard gives them for one customer at a time, so a read asks once for every customer there is: at 100 requests a minute, 6,000 customers take an hour.",
    key: "id",
    fields: {
      id: { type: "text", readOnly: true },
      note: { type: "text", required: true },
      createdAt: { type: "integer", readOnly: true, about: "Seconds since 1970." },
      userId: { type: "integer", required: true, readOnly: "after-create" },
      userName: { type: "text", readOnly: true },
      customerId: {
        type: "integer",
        required: true,
        readOnly: "after-create",
        about: "Added by the connector: the customer that was asked for, which the row does not say.",
      },
    },
    open: true,
    references: { customerId: "customers", userId: "users" },
    listing: {
      maxPageSize: api.assumptions.maxPageSize,
      complete: "never",
      total: false,
      skip: skipPlace,
    },
    batchSize: 20,
    read: (request, call) => readNotes(api, request, call),
    create: (records, call) => oneByOne(records, (record) => createNote(api, record, call)),
    update: (updates, call) => oneByOne(updates, (update) => updateNote(api, update, call)),
    delete: (keys, call) => oneByOne(keys, (key) => deleteNote(api, key, call)),
  });
}

/** The next page of the customer's notes, and the next customer once that one failed too. */
function skipPlace(position: Position | undefined): Position {
  const { customers, customer, page } = place(position);
  return position?.skipped === true
    ? { customers, customer: customer + 1, page: 1 }
    : { customers, customer, page: page + 1, skipped: true };
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
      const got = mayHaveNotes(customer)
        ? await notesOf(api, { customer, page: at.page, pageSize: perPage(api, request) }, call)
        : { records: [], last: true };
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

interface Asked {
  readonly customer: DataRecord;
  readonly page: number;
  readonly pageSize: number;
}

/** A customer whose notes RepCard refuses (its user is gone) must not end the walk over all the others. */
async function notesOf(api: Api, asked: Asked, call: Call): Promise<{ readonly records: readonly DataRecord[]; readonly last: boolean }> {
  const customerId = Number(asked.customer.id);
  const query = { userId: String(userOf(asked.customer)), customerId, page: asked.page, per_page: asked.pageSize };
  try {
    const got = await api.items("/customers/notes", query, call);
    return { records: got.items.map((item) => ({ ...item, customerId })), last: got.last };
  } catch (error) {
    if (!(error instanceof VendorError) || error.next !== "hold-record") throw error;
    api.notice(`The notes of customer ${customerId} are left out: ${error.message}`);
    return { records: [], last: true };
  }
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
