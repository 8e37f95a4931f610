import { defineStream, type Stream } from "@fieldwright/connector-kit";

const key = { id: { type: "text", readOnly: true } } as const;
const listing = { maxPageSize: 1, complete: "never", total: false } as const;

function absent(name: string, about: string): Stream {
  return defineStream({ name, about, key: "id", fields: key, open: true, listing });
}

/** What people look for and the API does not have. */
export const absentStreams: readonly Stream[] = [
  absent(
    "equipment",
    "Centerpoint's API has no equipment or trucks. Export them from its web app and bring them in with the file connector.",
  ),
  absent(
    "estimates",
    "Centerpoint's API has no estimates: a bid is an opportunity, with its totals. Line items of estimates come in with the file connector, from an export.",
  ),
  absent(
    "communications",
    "Centerpoint's API shows no mails, texts or notes. Calls and meetings are in tasks, notes can be written; history comes in with the file connector, from an export.",
  ),
];
