import type { Hono } from "hono";
import { type Account, notesOf } from "../account.js";
import { addNote } from "../changes.js";
import type { Note } from "../data/notes.js";
import { simplePaginator, standard } from "../envelopes.js";
import { invalid, missing, numberOf, Refusal, requireKeys, textOf } from "../refusal.js";
import { bodyOf, jsonOf, pageOf } from "../request.js";
import { noteRow } from "../rows/note-row.js";

export function addNotes(app: Hono, account: Account): void {
  app.get("/api/customers/notes", (c) => {
    const query = c.req.query();
    requireKeys(query, ["userId", "customerId", "page", "per_page"]);
    const customerId = numberOf(query.customerId) ?? -1;
    if (!account.users.get(numberOf(query.userId) ?? -1)) throw invalid("userId");
    if (!account.customers.get(customerId)) throw invalid("customerId");
    const { page, perPage } = pageOf(c, account.settings);
    // Notes of other users come too, whoever `userId` is.
    const all = notesOf(account, customerId);
    const rows = all.slice((page - 1) * perPage, page * perPage).map((note) => noteRow(account, note));
    return c.json(simplePaginator(c, { rows, page, perPage, total: all.length }));
  });

  app.post("/api/customers/notes", async (c) => {
    const body = await bodyOf(c);
    requireKeys(body, ["userId", "customerId"]);
    const userId = numberOf(body.userId) ?? -1;
    const customerId = numberOf(body.customerId) ?? -1;
    if (!account.users.get(userId)) throw invalid("userId");
    if (!account.customers.get(customerId)) throw invalid("customerId");
    if (!Array.isArray(body.notes) || body.notes.length === 0) throw missing("notes");
    for (const text of body.notes) addNote(account, { customerId, userId, text: textOf(text) ?? "" });
    return c.json(standard({}, "Notes add successfully"));
  });

  app.put("/api/customers/notes/:id", async (c) => {
    const body = await jsonOf(c);
    if (!body || Object.keys(body).length === 0) throw new Refusal(400, "Invalid JSON.");
    const note = noteIn(account, c.req.param("id"));
    requireKeys(body, ["note"]);
    account.notes.replace(note.id, { ...note, note: textOf(body.note) ?? "" });
    return c.json(standard({}, "Note update successfully"));
  });

  app.delete("/api/customers/notes/:id", (c) => {
    account.notes.remove(noteIn(account, c.req.param("id")).id);
    return c.json(standard({}, "Note Delete successfully"));
  });
}

function noteIn(account: Account, id: string): Note {
  const note = account.notes.get(id);
  if (!note) throw new Refusal(400, "Invalid Note ID.");
  return note;
}
