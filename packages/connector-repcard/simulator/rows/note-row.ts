import type { Account } from "../account.js";
import type { Note } from "../data/notes.js";
import type { Row } from "./organisation-rows.js";

/** The customer is not in it: whoever reads notes has asked for one customer's. */
export function noteRow(account: Account, note: Note): Row {
  const user = account.users.get(note.userId);
  return {
    id: note.id,
    note: note.note,
    createdAt: Math.floor(note.createdAt / 1000), // unix seconds, unlike everything else
    userId: note.userId,
    userName: user ? `${user.firstName} ${user.lastName}` : null,
    ...note.extra,
  };
}
