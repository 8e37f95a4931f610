/** What a code means, for docs/errors.md. The examples are tried by the tests, laid over a whole spec. */
export interface CodeEntry {
  readonly means: string;
  readonly bad: string;
  readonly good: string;
}

/** Every code that a spec or project can be answered with. A code is never renamed and never used again for something else. */
export const codes: Readonly<Record<string, CodeEntry>> = {
  "spec/yaml": {
    means:
      "The text is not YAML 1.2, or uses a part of YAML that a spec does not take: the same key twice, aliases (`*x`), merge keys (`<<`) or tags (`!x`). A wrong indentation, an unclosed quote and a second `: ` in a line are the usual causes.",
    bad: "about: Customers: all of them\n",
    good: 'about: "Customers: all of them"\n',
  },
  "spec/yaml-trap": {
    means:
      "The text is YAML, but says something else than it seems to: `no` is text and not false, text ends before ` #`, a long number loses its last digits.",
    bad: "fields:\n  id: id\n  active: { value: yes }\n",
    good: "fields:\n  id: id\n  active: { value: true }\n",
  },
  "spec/unknown-key": {
    means: "A word that the language does not have at this place. Keys that start with `x-` are free for your own notes.",
    bad: "macth: { try_in_order: [{ id: id }] }\n",
    good: "match: { try_in_order: [{ id: id }] }\n",
  },
  "spec/missing-key": {
    means: "A word without which the spec cannot be carried out.",
    bad: "to: { connection: warehouse }\n",
    good: "to: { connection: warehouse, stream: customers }\n",
  },
  "spec/wrong-type": {
    means: "A map where text is expected, a number where a path is expected, and the like.",
    bad: "fields:\n  id: id\n  visits: 5\n",
    good: "fields:\n  id: id\n  visits: { value: 5 }\n",
  },
  "spec/bad-value": {
    means:
      "The type is right, but the value is not one that can stand here: a span of time without a unit, a word that is not among the allowed ones, a path with an empty part.",
    bad: "run: { every: 5 min }\n",
    good: "run: { every: 5 minutes }\n",
  },
  "spec/not-yet": {
    means:
      "A word of the language that this version of Fieldwright cannot carry out. It is refused rather than passed over, because the sync would not do what its file says.",
    bad: "run: { on_webhook: true }\n",
    good: "run: { every: 5 minutes }\n",
  },
  "spec/contradiction": {
    means: "Two words that cannot both decide.",
    bad: "fields:\n  id: id\n  name: { from: name, join: [name, email] }\n",
    good: "fields:\n  id: id\n  name: { join: [name, email] }\n",
  },
  "spec/unknown-connection": {
    means: "`fieldwright.yaml` has no connection of this name.",
    bad: "to: { connection: warehous, stream: customers }\n",
    good: "to: { connection: warehouse, stream: customers }\n",
  },
  "spec/unknown-stream": {
    means: "The connection has no stream (kind of record, table) of this name. `fieldwright streams` lists what it has.",
    bad: "to: { connection: warehouse, stream: custmers }\n",
    good: "to: { connection: warehouse, stream: customers }\n",
  },
  "spec/unknown-field": {
    means: "The target has no field of this name.",
    bad: "fields:\n  id: id\n  emial: email\n",
    good: "fields:\n  id: id\n  email: email\n",
  },
  "spec/unknown-source-field": {
    means:
      "The source declares no field of this name. It is a warning where its records may carry more fields than it declares (custom fields) and the name only looks like a slip.",
    bad: "fields:\n  id: id\n  email: emial\n",
    good: "fields:\n  id: id\n  email: email\n",
  },
  "spec/duplicate-target": {
    means: "Two lines write the same target field.",
    bad: "fields:\n  id: id\n  email: email\n  email: owner_email\n",
    good: "fields:\n  id: id\n  email: email\n",
  },
  "spec/read-only-field": {
    means: "The target does not let anybody write this field.",
    bad: "fields:\n  id: id\n  created_at: createdAt\n",
    good: "fields:\n  id: id\n",
  },
  "spec/required-field": {
    means: "New records would be refused, because a field that the target needs gets no value.",
    bad: "match: { try_in_order: [{ email: email }] }\nfields:\n  email: email\n",
    good: "match: { try_in_order: [{ email: email }] }\nfields:\n  email: email\n  id: id\n",
  },
  "spec/missing-operation": {
    means:
      "The connection's system cannot do what the spec asks for: there is no way to list these records, or to create, change or delete them.",
    bad: "when_source_deleted: remove\n",
    good: "when_source_deleted: keep\n",
  },
  "spec/key-not-mapped": {
    means:
      "New records would be created without any value in the fields by which they are looked for, so that the next look for them would miss them.",
    bad: "match: { try_in_order: [{ name: name }] }\n",
    good: "match: { try_in_order: [{ id: id }] }\n",
  },
  "spec/unknown-transform": {
    means: "`do` names a step that does not exist.",
    bad: "fields:\n  id: id\n  email: { from: email, do: [trimm] }\n",
    good: "fields:\n  id: id\n  email: { from: email, do: [trim] }\n",
  },
  "spec/bad-argument": {
    means: "A step is told something that it cannot use, or is not told what it needs.",
    bad: "fields:\n  id: id\n  name: { from: name, do: [{ truncate: long }] }\n",
    good: "fields:\n  id: id\n  name: { from: name, do: [{ truncate: 120 }] }\n",
  },
  "spec/chain-type": {
    means: "What comes out of the source, or of one step, is not what the next step or the target field takes.",
    bad: "fields:\n  id: id\n  visits: name\n",
    good: "fields:\n  id: id\n  visits: { from: name, do: [integer] }\n",
  },
  "spec/bad-condition": {
    means: "A condition that cannot be asked: an unknown test, two tests for one path, a value that the field never has.",
    bad: "from: { connection: crm, stream: customers, only: { type: { ovr: 1 } } }\n",
    good: "from: { connection: crm, stream: customers, only: { type: { over: 1 } } }\n",
  },
  "spec/bad-expression": {
    means:
      "An `expr` that cannot be asked: it is not an expression, compares what cannot be compared, calls a function that does not exist, or could keep a run busy for hours. An expression with `#`, `: `, `, ` or a bracket in it belongs after `|`, because YAML reads them otherwise.",
    bad: 'from: { connection: crm, stream: customers, only: { expr: officeId > "3" } }\n',
    good: "from: { connection: crm, stream: customers, only: { expr: officeId > 3 } }\n",
  },
  "spec/two-protections": {
    means: "A field stands in two lists of `protect`, or twice in one, so that it is not clear what protects it.",
    bad: "protect: { set_once: [email], keep_human_edits: [email] }\n",
    good: "protect: { keep_human_edits: [email] }\n",
  },
  "spec/protects-nothing": {
    means: "A warning: `protect` names a field that this sync does not write anyway.",
    bad: "protect: { only_if_blank: [name] }\n",
    good: "protect: { only_if_blank: [email] }\n",
  },
  "spec/unknown-stage": {
    means:
      "A stage that no pipeline of the spec has: in a rule, or in a list of stages. A rule names it with its pipeline: `sales.contacted`.",
    bad: "stages:\n  stage_field: stage\n  pipelines: { sales: { forward_only: [new, won] } }\n  last_match_wins: [{ to: sales.wno }]\n",
    good: "stages:\n  stage_field: stage\n  pipelines: { sales: { forward_only: [new, won] } }\n  last_match_wins: [{ to: sales.won }]\n",
  },
  "spec/duplicate-stage": {
    means:
      "A stage stands twice in a pipeline, or in two pipelines while no `pipeline_field` tells them apart, so that it is not clear how far on a record is.",
    bad: "stages:\n  stage_field: stage\n  pipelines: { sales: { forward_only: [new, won, new] } }\n  last_match_wins: [{ to: sales.won }]\n",
    good: "stages:\n  stage_field: stage\n  pipelines: { sales: { forward_only: [new, won] } }\n  last_match_wins: [{ to: sales.won }]\n",
  },
  "spec/unreachable": {
    means:
      "A warning: a rule that never decides because another one always does, or a pipeline that no rule leads into, or that no record can get into.",
    bad: "stages:\n  stage_field: stage\n  pipelines: { sales: { forward_only: [new, won] } }\n  last_match_wins: [{ to: sales.new, when: { email: present } }, { to: sales.won }]\n",
    good: "stages:\n  stage_field: stage\n  pipelines: { sales: { forward_only: [new, won] } }\n  last_match_wins: [{ to: sales.new }, { to: sales.won, when: { email: present } }]\n",
  },
  "spec/stage-order": {
    means:
      "A warning: two rules of a pipeline can hold for one record, and the order in which their facts become known would decide where it ends. A rule that leads less far wins over one that leads further; a side stage that only a person leaves loses to a rule that comes later; a side stage is not entered from a stage further on. Without such rules, and but for protected stages, the order does not matter.",
    bad: "stages:\n  stage_field: stage\n  pipelines: { sales: { forward_only: [new, won] } }\n  last_match_wins: [{ to: sales.won, when: { email: present } }, { to: sales.new, when: { name: present } }]\n",
    good: "stages:\n  stage_field: stage\n  pipelines: { sales: { forward_only: [new, won] } }\n  last_match_wins: [{ to: sales.new, when: { name: present } }, { to: sales.won, when: { email: present } }]\n",
  },
  "spec/untrusted-clock": {
    means:
      "`newest` is to decide a conflict, but one of the sides does not tell when its records changed, to the second and with a time zone.",
    bad: "from: { connection: crm, stream: visits }\nfields: { id: id }\ndirection: both\nconflicts: { otherwise: newest }\n",
    good: "from: { connection: crm, stream: visits }\nfields: { id: id }\ndirection: both\nconflicts: { otherwise: hold }\n",
  },
  "spec/duplicate-sync": {
    means: "Two syncs of the project have the same name.",
    bad: "sync: users\n",
    good: "sync: customers\n",
  },
  "spec/unknown-sync": {
    means: "`ref` names a sync that the project does not have.",
    bad: "fields:\n  id: id\n  office_id: { ref: offcies, id: officeId }\n",
    good: "fields:\n  id: id\n  office_id: { ref: offices, id: officeId }\n",
  },
  "spec/reference-circle": {
    means:
      "Syncs wait for each other's records, so that none could ever create one. One of them has to go ahead with a blank, which the next run fills.",
    bad: "fields:\n  id: id\n  owner_id: { ref: users, id: ownerId }\n",
    good: "fields:\n  id: id\n  owner_id: { ref: users, id: ownerId, when_none: blank }\n",
  },
  "transform/name": {
    means: "A step of the app's own has a name that cannot stand in a spec. Names are lower-case letters, digits and `_`.",
    bad: "",
    good: "",
  },
  "transform/name-taken": {
    means: "A step of the app's own has the name of a built-in one, or two have the same. What a spec says would then depend on the app.",
    bad: "",
    good: "",
  },
  "test/no-schema": {
    means:
      "The `tests` of a spec cannot be run, because nothing is known of the connection that it writes to: a field's type decides what is written. Give its streams to `testSyncs`, or make the connection reachable.",
    bad: "",
    good: "",
  },
  "project/not-found": { means: "There is no readable `fieldwright.yaml` in the folder.", bad: "", good: "" },
  "project/yaml": {
    means: "As `spec/yaml`, in `fieldwright.yaml`.",
    bad: "project: demo: one\n",
    good: "project: demo\n",
  },
  "project/yaml-trap": {
    means: "As `spec/yaml-trap`, in `fieldwright.yaml`.",
    bad: "project: demo #1\n",
    good: 'project: "demo #1"\n',
  },
  "project/unknown-key": {
    means: "A word that `fieldwright.yaml` does not have at this place.",
    bad: "conections: {}\n",
    good: "connections: {}\n",
  },
  "project/missing-key": {
    means: "A word without which the project cannot be opened.",
    bad: "connections:\n  crm: { options: {} }\n",
    good: 'connections:\n  crm: { package: "@fieldwright/connector-postgres" }\n',
  },
  "project/wrong-type": {
    means: "A map where text is expected, a number where text is expected, and the like.",
    bad: "project: 5\n",
    good: "project: five\n",
  },
  "project/bad-value": {
    means: "The type is right, but the value is not one that can stand here.",
    bad: "store: { schema: My Schema }\n",
    good: "store: { schema: my_schema }\n",
  },
  "project/unset-variable": {
    means:
      "The store's settings ask for an environment variable that is not set. (An unset one among a connection's options is told when the connection is used.)",
    bad: "store: { url: env:FIELDWRIGHT_UNSET }\n",
    good: "store: { url: env:FIELDWRIGHT_UNSET? }\n",
  },
  "project/no-syncs": {
    means: "A folder or file under `syncs` cannot be read, or holds no sync.",
    bad: "syncs: snyc\n",
    good: "syncs: syncs\n",
  },
};
