import { type Call, type DataRecord, type Outcome, type Update, VendorError } from "@fieldwright/connector-kit";
import type { Api } from "./api.js";
import { refuse } from "./refuse.js";

/** RepCard does not say the id of a new note: it is the one that was not there before. */
export async function createNote(api: Api, record: DataRecord, call: Call): Promise<Outcome> {
  const { customerId, userId, note } = record;
  const missing = ["customerId", "userId", "note"].filter(
    (field) => record[field] === undefined || record[field] === null || record[field] === "",
  );
  if (missing.length > 0) throw refuse(`RepCard adds a note only with ${missing.join(", ")}.`, { field: missing[0] ?? "" });
  const before = new Set((await allNotes(api, { customerId, userId }, call)).map((one) => String(one.id)));
  await api.send({ method: "POST", path: "/customers/notes", json: { customerId, userId, notes: [note] }, safeToRepeat: false }, call);
  const added = (await allNotes(api, { customerId, userId }, call)).filter((one) => !before.has(String(one.id)) && one.note === note);
  const made = added.find((one) => String(one.userId) === String(userId)) ?? added[0];
  if (made === undefined) {
    throw new VendorError(`RepCard added a note to customer ${String(customerId)}, but does not show it.`, {
      code: "repcard/note-not-found",
      next: "hold-record",
      inDoubt: true,
      hint: "Look at the customer in RepCard before the note is added again.",
    });
  }
  return { ok: true, key: String(made.id), created: true, record: { ...made, customerId } };
}

/** Only the text of a note can change. The id alone does not lead back to it, so it is not read again. */
export async function updateNote(api: Api, { key, set }: Update, call: Call): Promise<Outcome> {
  const { note, ...others } = set;
  const [other] = Object.keys(others);
  if (other !== undefined) throw refuse(`RepCard does not let ${other} of a note be changed.`, { field: other });
  await api.send({ method: "PUT", path: `/customers/notes/${encodeURIComponent(key)}`, json: { note } }, call);
  return { ok: true, key, created: false };
}

export async function deleteNote(api: Api, key: string, call: Call): Promise<Outcome> {
  await api.send({ method: "DELETE", path: `/customers/notes/${encodeURIComponent(key)}` }, call);
  return { ok: true, key, created: false };
}

async function allNotes(
  api: Api,
  of: { readonly customerId: unknown; readonly userId: unknown },
  call: Call,
): Promise<readonly DataRecord[]> {
  const all: DataRecord[] = [];
  for (let page = 1; ; page += 1) {
    const query = { userId: String(of.userId), customerId: String(of.customerId), page, per_page: api.assumptions.maxPageSize };
    const got = await api.items("/customers/notes", query, call);
    all.push(...got.items);
    if (got.last) return all;
  }
}
