import type { DataRecord, Field } from "@fieldwright/connector-kit";
import type { Condition, FieldRule, Spec, Stages, Step } from "../packages/core/src/spec/model.js";

/** The bench's source record: a job with its customer, appointments and estimates. */
export interface Job {
  readonly id: number;
  readonly jobNumber: string;
  readonly summary: string;
  readonly customer: { readonly firstName: string; readonly lastName: string; readonly email: string; readonly phone: string };
  readonly address: { readonly street: string; readonly city: string; readonly state: string; readonly zip: string };
  readonly accountType: string;
  readonly ownerId: number;
  readonly priority: string;
  readonly notes: string;
  readonly appointments: readonly { readonly start: string }[];
  readonly estimates: readonly { readonly total: number; readonly soldOn: string | null; readonly status: { readonly name: string } }[];
  readonly createdOn: string;
  readonly modifiedOn: string;
}

export function job(id: number): Job {
  const day = String((id % 28) + 1).padStart(2, "0");
  const estimate = (total: number, name: string) => ({
    total,
    soldOn: name === "Sold" ? `2024-05-${day}T10:00:00Z` : null,
    status: { name },
  });
  return {
    id,
    jobNumber: `R-${id}`,
    summary: ` Roof ${id % 40}, two storeys `,
    customer: {
      firstName: ` First${id % 300} `,
      lastName: `Last${id % 900}`,
      email: `Customer${id}@Example.com`,
      phone: `(512) 555-${String(id % 1_000).padStart(4, "0")}`,
    },
    address: { street: `${id} Main St`, city: "Austin", state: "TX", zip: "78701" },
    accountType: id % 3 === 0 ? "Business" : "Homeowner",
    ownerId: id % 40,
    priority: id % 7 === 0 ? "Urgent" : "Normal",
    notes: `Some words about job ${id}, as people write them.`,
    appointments: id % 2 === 0 ? [{ start: `2024-06-${day}T08:00:00Z` }] : [],
    estimates:
      id % 4 === 0 ? [estimate(1_000 + id, "Sold"), estimate(900.5 + id, "Dismissed")] : id % 3 === 0 ? [estimate(500 + id, "Open")] : [],
    createdOn: `2024-01-${day}T10:00:00Z`,
    modifiedOn: `2024-06-${day}T10:00:00.123Z`,
  };
}

const text: Field = { type: "text" };
const step = (name: string, argument?: unknown): Step => (argument === undefined ? { name } : { name, argument });
const from = (target: string, path: string, ...steps: Step[]): FieldRule => ({ kind: "from", target, from: path.split("."), steps });
const isSold: Condition = { op: "test", path: ["status", "name"], test: { is: "one_of", values: ["Sold"] } };
const present = (path: string): Condition => ({ op: "test", path: [path], test: { is: "present" } });
const anyEstimate = (where: Condition): Condition => ({ op: "test", path: ["estimates"], test: { is: "any", where } });

export const fields: Readonly<Record<string, Field>> = {
  job_id: { type: "integer" },
  order_number: text,
  title: text,
  name: text,
  email: text,
  phone: text,
  street: text,
  city: text,
  state: text,
  zip: text,
  kind: { type: "text", options: ["residential", "commercial"] },
  owner_id: { type: "integer" },
  priority: text,
  notes: text,
  value: { type: "decimal" },
  created_at: { type: "datetime" },
  updated_at: { type: "datetime" },
  stage: text,
  pipeline: text,
  status: text,
};

const rules: readonly FieldRule[] = [
  from("job_id", "id"),
  from("order_number", "jobNumber"),
  from("title", "summary", step("trim"), step("truncate", 120)),
  {
    kind: "join",
    target: "name",
    join: [
      ["customer", "firstName"],
      ["customer", "lastName"],
    ],
    separator: " ",
    steps: [],
  },
  from("email", "customer.email", step("lower")),
  from("phone", "customer.phone", step("phone", "US")),
  from("street", "address.street"),
  from("city", "address.city"),
  from("state", "address.state"),
  from("zip", "address.zip"),
  {
    kind: "map",
    target: "kind",
    from: ["accountType"],
    map: { Homeowner: "residential", Business: "commercial" },
    unknown: "hold",
    steps: [],
  },
  from("owner_id", "ownerId"),
  from("priority", "priority"),
  from("notes", "notes"),
  // biome-ignore lint/suspicious/noThenProperty: the word of the spec language; nothing awaits a rule.
  { kind: "take_one", target: "value", from: ["estimates"], where: isSold, latest: ["soldOn"], then: ["total"], steps: [] },
  from("created_at", "createdOn"),
  from("updated_at", "modifiedOn"),
];

export const line: readonly string[] = ["new-lead", "contacted", "appointment-scheduled", "proposal-sent", "job-sold"];

const stages: Stages = {
  stageField: "stage",
  pipelineField: "pipeline",
  wins: "last",
  pipelines: [{ name: "sales", forwardOnly: line, sideStages: [], protected: ["job-sold"], mayComeFrom: [], mayStartHere: true }],
  rules: [
    { to: "contacted", when: present("customer"), andSet: {} },
    { to: "appointment-scheduled", when: present("appointments"), andSet: {} },
    { to: "proposal-sent", when: anyEstimate({ op: "test", path: ["total"], test: { is: "over", than: 0 } }), andSet: {} },
    { to: "job-sold", when: anyEstimate(isSold), andSet: { status: "won" } },
  ].map((rule, at) => ({ ...rule, number: at + 1, line: 50 + at, to: { pipeline: "sales", stage: rule.to } })),
};

export const spec: Spec = {
  version: 1,
  name: "jobs",
  hash: "bench",
  from: { connection: "a", stream: "jobs", with: {} },
  to: { connection: "b", stream: "deals" },
  match: { tryInOrder: [], whenSeveral: "hold", whenNone: "create" },
  write: "upsert",
  fields: rules,
  protect: {
    neverWrite: ["owner_id"],
    setOnce: ["order_number"],
    onlyIfBlank: ["phone"],
    keepHumanEdits: ["title", "notes"],
    whenSourceBlank: "keep",
  },
  stages,
  whenSourceDeleted: { act: "keep" },
  run: {},
  lines: { "protect.never_write": 30, "protect.set_once": 31, "protect.only_if_blank": 32, "protect.keep_human_edits": 33 },
};

/** The target as it is: written by earlier runs, worked on by people, and now and then behind the source. */
export function targetOf(wanted: DataRecord, at: number): { readonly target: DataRecord; readonly lastWritten: DataRecord } {
  const lastWritten = { ...wanted };
  const target: Record<string, unknown> = {
    ...wanted,
    stage: line[at % line.length],
    pipeline: "sales",
    status: "open",
    created_at: String(wanted.created_at).replace("Z", ".000Z"),
  };
  if (at % 5 === 0) target.city = "Houston";
  if (at % 6 === 0) target.title = "By hand";
  if (at % 7 === 0) target.phone = at % 2 === 0 ? "" : "+15125559999";
  if (at % 9 === 0) target.owner_id = 1_000 + at;
  return { target, lastWritten };
}
