import type { Plan, PlannedChange } from "@fieldwright/core";

export const nowMs = Date.parse("2025-03-01T12:00:00.000Z");

type Change = Partial<PlannedChange> & Pick<PlannedChange, "operation" | "sourceId">;

export function aChange(n: number, change: Change): PlannedChange {
  return { n, sync: "jobs-to-deals", targetId: null, code: null, reason: "linked", fields: [], kept: [], ...change };
}

/** A plan with every kind of line, and a person who is called `<script>`. */
export const changes: readonly PlannedChange[] = [
  aChange(1, {
    operation: "update",
    sourceId: "88210",
    targetId: "5512",
    matched: { key: "order_number", value: "R-2291", line: 24 },
    fields: [
      { field: "stage", before: "appointment-scheduled", after: "proposal-sent", rule: "stages rule 3", line: 60 },
      { field: "contact_phone", before: null, after: "+15125550123", rule: "protect.only_if_blank", line: 49 },
      { field: "zone", before: "north", after: "south", custom: ["zone_of"] },
    ],
    kept: [
      { field: "title", rule: "protect.keep_human_edits", line: 50, why: "a person changed it, and it is theirs until it is released" },
    ],
  }),
  aChange(2, {
    operation: "keep",
    sourceId: "88211",
    targetId: "4980",
    reason: "kept as it is",
    kept: [{ field: "stage", rule: "stages rule 1", line: 56, why: "job-sold would become contacted" }],
  }),
  aChange(3, { operation: "hold", sourceId: "88213", code: "held/several-matches", reason: "2 records of deals fit phone + zip: 7, 9." }),
  aChange(4, {
    operation: "wait",
    sourceId: "88214",
    code: "waiting/reference",
    reason: "`owner` waits until users has linked its record 3.",
  }),
  aChange(5, {
    operation: "delete",
    sourceId: "88215",
    targetId: "5001",
    reason: "gone at the source",
    fields: [{ field: "name", before: "Old & gone", after: null }],
  }),
  aChange(6, {
    operation: "create",
    sourceId: "88216",
    reason: "nothing fits it yet",
    fields: [
      { field: "name", before: null, after: "<script>alert(1)</script>", line: 30 },
      { field: "note", before: null, after: "=cmd()\u001b[2Jline two\nline three" },
    ],
  }),
];

const report = {
  run: "12",
  status: "done" as const,
  startedAt: "2025-03-01T12:00:00.000Z",
  seconds: 1,
  streams: [],
  syncs: [
    {
      sync: "jobs-to-deals",
      status: "done" as const,
      read: 1204,
      filtered: 0,
      unchanged: 1143,
      created: 9,
      updated: 38,
      deleted: 1,
      waiting: 1,
      held: 12,
      failed: 0,
      error: null,
    },
  ],
};

export const plan: Plan = {
  id: "7f3k2a",
  kind: "sync",
  status: "asks",
  createdAt: "2025-03-01T12:00:00.000Z",
  expiresAt: "2025-03-01T14:00:00.000Z",
  hash: "5b1c0dd7aa",
  ofRun: null,
  approvedBy: null,
  approvedAt: null,
  report,
  syncs: [
    {
      sync: "jobs-to-deals",
      specHash: "3f9c1a77",
      totals: { creates: 9, updates: 38, deletes: 1, errors: 0, linked: 1200, isFirstRun: false },
      guards: [
        { guard: "more_changes_than", says: "changes 4 % of 25 %" },
        { guard: "more_errors_than", says: "errors 0 % of 2 %" },
      ],
      asks: [{ guard: "always", says: "This sync asks before every write: 9 to create, 38 to update, 1 to delete." }],
      suspicions: [
        {
          kind: "emptied",
          fields: ["email"],
          count: 30,
          of: 38,
          example: { id: "1", before: "a@example.com", after: null },
          says: "`email` would become empty in 30 of the 38 records where it changes. Did the source stop giving it?",
        },
      ],
      undo: { wholly: 39, of: 48, says: ["9 creates: archive only"] },
      samples: [{ sourceId: "88216", values: { name: "<script>alert(1)</script>" } }],
      sideEffects: "A text message goes to the customer.",
    },
  ],
  changes,
};

export const project = {
  syncs: [{ name: "jobs-to-deals", from: { stream: "jobs" }, to: { stream: "deals" }, fields: [{ target: "name" }] }],
} as unknown as import("@fieldwright/core").Project;

/** The changes in pages of this size, and how many pages were asked for. */
export function pagesOf(all: readonly PlannedChange[], size = 2) {
  const asked = { pages: 0 };
  async function* pages(): AsyncGenerator<readonly PlannedChange[]> {
    for (let from = 0; from < all.length; from += size) {
      asked.pages++;
      yield all.slice(from, from + size);
    }
  }
  return { asked, pages: pages() };
}
