/** A run into an API that is served by the parent process; kills itself before its n-th statement. Run by api-target-kill.test.ts. Arguments: JSON of `ApiTask`. */
import { openPg } from "@fieldwright/connector-kit/sql";
import { contactsSpec, openEngine } from "./api-engine.js";
import { mortalDatabase } from "./mortal-database.js";
import { Shelf } from "./shelf.js";

export interface ApiTask {
  readonly url: string;
  readonly name: string;
  /** 0: never. */
  readonly killAt: number;
  readonly target: Readonly<Record<string, unknown>>;
  /** The source at first, or with some records changed, one gone and one more. */
  readonly source: "first" | "changed";
  /** `false`: contacts have nothing to be found by. */
  readonly keys: boolean;
  /** A run, if nothing else is asked for. */
  readonly plan?: true;
  /** The plan to carry out. */
  readonly apply?: string;
  /** The run to take back. */
  readonly rollback?: string;
}

const task = JSON.parse(process.argv[2] ?? "{}") as ApiTask;
const changed = task.source === "changed";
const people = new Shelf(
  "people",
  { id: { type: "integer" }, name: { type: "text" }, email: { type: "text" }, note: { type: "text" } },
  { pageSize: 12 },
);
const jobs = new Shelf("jobs", { id: { type: "integer" }, title: { type: "text" }, person: { type: "integer" } }, { pageSize: 12 });
for (let id = 1; id <= (changed ? 25 : 24); id++) {
  if (changed && id === 24) continue;
  people.put({
    id,
    name: `Person ${id}`,
    email: task.keys ? `p${id}@example.test` : null,
    note: changed && id % 2 === 0 ? "Called." : "New.",
  });
  jobs.put({ id, title: `Job ${id}`, person: (id % 20) + 1 });
}
const store = openPg({ url: task.url });
const { database, statements } = mortalDatabase(store, task.killAt);
const engine = await openEngine({ name: task.name, shelves: [people, jobs], target: task.target, database }, [
  contactsSpec({ when_source_deleted: "remove" }),
  {
    version: 1,
    sync: "jobs",
    from: { connection: "shelf", stream: "jobs" },
    to: { connection: "crm", stream: "deals" },
    match: { try_in_order: [{ title: "title" }] },
    fields: { title: "title", contact_id: { ref: "people", id: "person", when_none: "wait" } },
  },
]);
const full = { mode: { kind: "full" } } as const;
const plan = task.plan ? await engine.plan(full) : undefined;
const report =
  plan?.report ??
  (task.apply !== undefined
    ? await engine.apply(task.apply)
    : task.rollback !== undefined
      ? await engine.rollback(task.rollback)
      : await engine.run({ approve: true, ...full }));
await engine.close();
await store.close();
process.stdout.write(JSON.stringify({ statements: statements(), status: report.status, run: report.run, plan: plan?.id ?? "" }));
