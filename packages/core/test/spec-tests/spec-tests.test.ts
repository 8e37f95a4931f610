import { defineStream, type Stream } from "@fieldwright/connector-kit";
import { describe, expect, it } from "vitest";
import { CannotConvert, defineTransform } from "../../src/mapping/index.js";
import { parseSpec } from "../../src/spec/parse-spec.js";
import { renderTest, renderTests } from "../../src/spec-tests/render-test.js";
import { testSyncs } from "../../src/spec-tests/test-syncs.js";

const listing = { maxPageSize: 100, complete: "never", total: false } as const;
const write = async () => [];
const jobs = defineStream({
  name: "jobs",
  key: "id",
  listing,
  read: async function* () {},
  open: true,
  fields: { id: { type: "integer" }, customerId: { type: "integer" }, summary: { type: "text" }, total: { type: "decimal" } },
});
const customers = defineStream({
  name: "customers",
  key: "id",
  listing,
  read: async function* () {},
  fields: { id: { type: "integer" }, name: { type: "text" }, phone: { type: "text" } },
});
const estimates = defineStream({
  name: "estimates",
  key: "id",
  listing,
  read: async function* () {},
  fields: { id: { type: "integer" }, jobId: { type: "integer" }, total: { type: "decimal" }, status: { type: "text" } },
});
const deals = defineStream({
  name: "deals",
  key: "id",
  listing,
  create: write,
  update: write,
  fields: {
    id: { type: "integer", readOnly: true },
    job_id: { type: "text" },
    title: { type: "text", maxLength: 20 },
    value: { type: "decimal" },
    phone: { type: "text" },
    stage: { type: "text" },
    note: { type: "text" },
    tags: { type: "list", of: { type: "text" } },
    owner_id: { type: "integer" },
    since: { type: "datetime" },
  },
});
const schemas: Readonly<Record<string, readonly Stream[]>> = { st: [jobs, customers, estimates], crm: [deals] };

const base = `version: 1
sync: jobs
from:
  connection: st
  stream: jobs
  only: { total: { over: 0 } }
  with:
    customer: { one: customers, where: { id: customerId } }
    estimates: { many: estimates, where: { jobId: id } }
to: { connection: crm, stream: deals }
match: { try_in_order: [{ job_id: id }] }
create_if: { customer: present, otherwise: wait }
fields:
  job_id: id
  title: { from: summary, do: [trim] }
  value: { from: total, do: [money] }
  phone: { from: customer.phone, do: [{ phone: US }] }
  tags: { value: synced, add_to_list: true }
protect: { only_if_blank: [phone], never_write: [note] }
stages:
  stage_field: stage
  pipelines:
    sales: { forward_only: [new, proposal, sold] }
  last_match_wins:
    - { to: sales.new }
    - { to: sales.proposal, when: { estimates: present } }
    - { to: sales.sold, when: { estimates: { any: { status: Sold } } } }
tests:
`;

function run(tests: string, options: Partial<Parameters<typeof testSyncs>[1]> = {}, text = base) {
  const parsed = parseSpec(text + tests, { file: "syncs/jobs.yaml", ...(options.transforms ? { transforms: options.transforms } : {}) });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems, null, 2));
  return testSyncs([parsed.value], { schemas, now: new Date("2026-01-31T12:00:00Z"), ...options });
}

const given = "{ id: 7, total: 900, summary: ' Roof ', customer: { phone: 512-555-0123 } }";
const outcome = (given: string, more = "") => run(`  - { given: ${given}, ${more} expect: created }\n`).tests[0]?.outcome;

describe("tests of a spec are decided by the code of a run", () => {
  it("tells each outcome: of the filter, the rule about creating, the values, the match, and what is there already", () => {
    expect(outcome(given)).toBe("created");
    expect(outcome("{ id: 7, total: 0 }")).toBe("filtered");
    expect(outcome("{ id: 7, total: 900 }")).toBe("waiting");
    expect(outcome("{ id: 7, total: 900, summary: 'much longer than twenty characters', customer: { phone: '' } }")).toBe("held");
    expect(outcome(given, "target_has: { stage: new },")).toBe("updated");
    const same = "target_has: { job_id: '7', title: Roof, value: 900.00, phone: '+15125550123', stage: new, tags: [synced] },";
    expect(outcome(given, same)).toBe("unchanged");
  });

  it("compares fields as their types do, and asks nothing about those not named", () => {
    const report = run(
      `  - { given: ${given}, expect: { job_id: 7, value: "900.000", phone: "+15125550123", note: null, tags: [synced] } }\n`,
    );
    expect(report.tests[0]).toMatchObject({ ok: true, outcome: "created", differences: [] });
    expect(report).toMatchObject({ passed: 1, failed: 0 });
  });

  it("moves stages by related records, as `stages` says, and never back", () => {
    const related = (status: string) => `{ id: 7, total: 900, summary: Roof, customer: { phone: '' }, estimates: [{ status: ${status} }] }`;
    const report = run(
      `  - { given: ${related("Sold")}, target_has: { stage: proposal }, expect: { stage: sold } }\n  - { given: ${related("Open")}, target_has: { stage: sold }, expect: { stage: sold } }\n`,
    );
    expect(report.failed).toBe(0);
  });

  it("protects as a run does: a field only if blank stays, a list keeps what people added", () => {
    const report = run(
      `  - { given: ${given}, target_has: { phone: "555", tags: [vip], note: mine }, expect: { phone: "555", tags: [vip, synced], note: mine } }\n`,
    );
    expect(report.tests[0]).toMatchObject({ ok: true, outcome: "updated" });
  });

  it("takes links and the time from the test", () => {
    const text = base
      .replace("  job_id: id\n", "  job_id: id\n  owner_id: { ref: jobs, id: customerId }\n")
      .replace("only: { total: { over: 0 } }", "only: { changed: { within: 2 days } }");
    const job = (day: string) => `{ id: 7, customerId: 3, changed: "${day}", customer: { phone: "" } }`;
    const report = run(
      `  - { given: ${job("2026-01-30T12:00:00Z")}, linked: { jobs: { 3: 17 } }, expect: { owner_id: 17 } }
  - { given: ${job("2026-01-30T12:00:00Z")}, linked: { jobs: { 4: 17 } }, expect: waiting }
  - { given: ${job("2026-01-30T12:00:00Z")}, linked: { jobs: { 3: 17 } }, now: 2026-03-01T00:00:00Z, expect: filtered }
`,
      {},
      text,
    );
    expect(report.tests.map((one) => [one.ok, one.outcome])).toEqual([
      [true, "created"],
      [true, "waiting"],
      [true, "filtered"],
    ]);
  });

  it("holds a record whose key cannot be read, though its fields can", () => {
    const text = base.replace("[{ job_id: id }]", "[{ since: when }, { job_id: id }]");
    const report = run("  - { given: { id: 7, total: 1, when: soon, customer: { phone: '' } }, expect: held }\n", {}, text);
    expect(report.tests[0]).toMatchObject({ ok: true, reason: expect.stringContaining("The value by which `since` is looked for") });
  });

  it("uses an app's own steps", () => {
    const shout = defineTransform({
      name: "shout",
      takes: ["text"],
      gives: "text",
      about: "",
      make: () => (value) => (value === "no" ? new CannotConvert("is not to be shouted") : `${String(value).toUpperCase()}!`),
    });
    const text = base.replace("do: [trim]", "do: [trim, shout]");
    const report = run(
      `  - { given: ${given}, expect: { title: ROOF! } }\n  - { given: { id: 7, total: 1, summary: no, customer: { phone: "" } }, expect: held }\n`,
      { transforms: [shout] },
      text,
    );
    expect(report.tests.map((one) => one.ok)).toEqual([true, true]);
    expect(report.tests[1]?.reason).toContain("is not to be shouted (step `shout`)");
  });
});

describe("a test that fails", () => {
  it("shows what was expected, what came of it, and the rule with its line", () => {
    const report = run(
      `  - about: a sold job is won
    given: { id: 7, total: 900, summary: Roof, customer: { phone: 512-555-0123 } }
    target_has: { phone: "555", stage: sold }
    expect: { stage: new, phone: "+15125550123", title: Roofs, owner_id: 3 }
`,
    );
    expect(report).toMatchObject({ passed: 0, failed: 1 });
    expect(renderTest(report.tests[0] as never)).toBe(
      [
        "✗ jobs: a sold job is won   syncs/jobs.yaml:29",
        "    stage     expected new",
        "              but it is sold   kept: sold would become new (stages rule 1, line 25)",
        "    phone     expected +15125550123",
        "              but it is 555   kept: it is not blank (protect.only_if_blank, line 19)",
        "    title     expected Roofs",
        "              but it is Roof   written by line 15",
        "    owner_id  expected 3",
        "              but it is (blank)   not written by this sync",
      ].join("\n"),
    );
  });

  it("says why nothing was written where fields were expected", () => {
    const report = run(`  - { given: { id: 7, total: 900 }, expect: { stage: new } }\n  - { given: ${given}, expect: held }\n`);
    expect(report.tests.map(renderTest)).toEqual([
      "✗ jobs: test 1   syncs/jobs.yaml:29\n    expected stage new, but it is waiting: Nothing fits it, and the rule about creating (line 12) does not let it be created yet.",
      expect.stringContaining("expected held, but it is created\n    job_id: (blank) -> 7   line 14"),
    ]);
    expect(renderTests(report)).toMatch(/2 of 2 tests are not as expected\.$/);
  });
});

describe("testSyncs", () => {
  it("refuses to guess where nothing is known of a target, because its types decide what is written", () => {
    expect(() => run(`  - { given: ${given}, expect: created }\n`, { schemas: { st: [jobs] } })).toThrow(
      expect.objectContaining({ code: "test/no-schema" }),
    );
  });

  it("does without the source's schema, for records are taken as given", () => {
    expect(run(`  - { given: ${given}, expect: created }\n`, { schemas: { crm: [deals] } }).passed).toBe(1);
  });

  it("refuses a spec that does not fit, with every problem", () => {
    const text = base.replace("title: {", "titel: {");
    expect(() => run(`  - { given: ${given}, expect: created }\n`, {}, text)).toThrow(expect.objectContaining({ code: "spec/invalid" }));
  });

  it("names syncs that have no test", () => {
    const parsed = parseSpec(base.replace("tests:\n", ""));
    if (!parsed.ok) throw new Error("unsound");
    expect(testSyncs([parsed.value], { schemas })).toEqual({ passed: 0, failed: 0, tests: [], untested: ["jobs"] });
  });
});
