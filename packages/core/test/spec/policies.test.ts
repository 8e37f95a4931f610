import type { Stream } from "@fieldwright/connector-kit";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { compileCondition } from "../../src/mapping/compile-condition.js";
import { defineTransform } from "../../src/mapping/transform.js";
import { checkSpecs } from "../../src/spec/check-specs.js";
import { defaultGuards } from "../../src/spec/default-guards.js";
import { defineSync } from "../../src/spec/define-sync.js";
import { notYet } from "../../src/spec/not-yet.js";
import { parseSpec } from "../../src/spec/parse-spec.js";
import { settleSpec } from "../../src/spec/settle-spec.js";
import { customersText, judge, sound } from "./judge.js";
import { overlay } from "./overlay.js";
import { schemas } from "./streams.js";

const spec = (over: string) => sound(overlay(customersText, over));
const said = (over: string) => judge(overlay(customersText, over)).map(({ severity, code, message }) => `${severity} ${code}: ${message}`);

const stages = `stages:
  stage_field: stage
  pipeline_field: pipeline
  pipelines:
    sales:
      forward_only: [new, contacted, sold]
      side_stages: { lost: { only_from: [contacted] }, parked: { sync_may_leave: true } }
      protected: [sold, lost]
    install:
      may_come_from: [sales.sold]
      forward_only: [new, 2]
  first_match_wins:
    - { to: install.2, when: { active: true }, and_set: { kind: company } }
    - to: sales.contacted
`;

describe("the words that keep a sync safe, in the model", () => {
  it("reads protect, with what is not said as it was before the word", () => {
    expect(spec("protect: { set_once: [email] }\n").protect).toEqual({
      neverWrite: [],
      setOnce: ["email"],
      onlyIfBlank: [],
      keepHumanEdits: [],
      whenSourceBlank: "keep",
    });
    expect(spec("").protect).toBeUndefined();
  });

  it("reads stages in the order of the file, with the lines of its rules", () => {
    expect(spec(stages).stages).toEqual({
      stageField: "stage",
      pipelineField: "pipeline",
      line: 9,
      wins: "first",
      pipelines: [
        {
          name: "sales",
          line: 13,
          forwardOnly: ["new", "contacted", "sold"],
          sideStages: [
            { stage: "lost", onlyFrom: ["contacted"], syncMayLeave: false },
            { stage: "parked", syncMayLeave: true },
          ],
          protected: ["sold", "lost"],
          mayComeFrom: [],
          mayStartHere: true,
        },
        {
          name: "install",
          line: 17,
          forwardOnly: ["new", "2"],
          sideStages: [],
          protected: [],
          mayComeFrom: [{ pipeline: "sales", stage: "sold" }],
          mayStartHere: false,
        },
      ],
      rules: [
        {
          number: 1,
          to: { pipeline: "install", stage: "2" },
          when: { op: "test", path: ["active"], test: { is: "one_of", values: [true] } },
          andSet: { kind: "company" },
          line: 21,
        },
        { number: 2, to: { pipeline: "sales", stage: "contacted" }, andSet: {}, line: 22 },
      ],
    });
  });

  it("fills guards up with the defaults, which also stand where the spec says nothing", () => {
    expect(spec("").guards).toEqual(defaultGuards);
    expect(
      spec("ask_first_if: { more_changes_than: 5, more_deletes_than: 0.5%, more_errors_than: no limit, first_run: false }\n").guards,
    ).toEqual({
      always: false,
      firstRun: false,
      changes: { count: 5 },
      deletes: { percent: 0.5 },
      sourceIsEmpty: true,
    });
    expect(spec("ask_first_if: always\n").guards).toEqual({ ...defaultGuards, always: true });
    expect(spec("ask_first_if: never\n").guards).toEqual({ always: false, firstRun: false, sourceIsEmpty: false });
  });

  it("reads create_if with `otherwise` beside the condition, and waits if nothing is said", () => {
    expect(spec("create_if: { email: present, active: true, otherwise: skip }\n").createIf).toMatchObject({
      otherwise: "skip",
      condition: { op: "all", of: [{ path: ["email"] }, { path: ["active"] }] },
    });
    expect(spec("create_if: { email: present }\n").createIf?.otherwise).toBe("wait");
  });

  it("knows an owner by the connection, or by `from` and `to` where both are one", () => {
    const both = "direction: both\n";
    expect(spec(`${both}conflicts: { owner: { email: crm, id: warehouse }, otherwise: theirs }\n`).conflicts).toEqual({
      owner: { email: "source", id: "target" },
      otherwise: "target",
    });
    const within = spec(`${both}to: { connection: crm, stream: users }\nconflicts: { owner: { email: to } }\n`);
    expect(within.conflicts).toEqual({ owner: { email: "target" }, otherwise: "hold" });
  });

  it("takes the same words from code", () => {
    const made = defineSync(
      {
        version: 1,
        sync: "customers",
        from: { connection: "crm", stream: "customers" },
        to: { connection: "warehouse", stream: "customers" },
        match: { try_in_order: [{ id: "id" }] },
        fields: { id: "id", email: "email" },
        protect: { set_once: ["email"] },
        create_if: { email: "present", otherwise: "hold" },
        ask_first_if: { more_changes_than: "50 and 25%" },
        checks: [{ unique: "id" }, { every: { email: "present" }, has: { expr: "size(email) > 3" } }],
        tests: [{ given: { id: 1 }, expect: "held" }],
      },
      { preview: true },
    );
    expect(made.hash).toBe(spec("protect: { set_once: [email] }\ncreate_if: { email: present, otherwise: hold }\n").hash);
    expect(made.checks).toHaveLength(2);
    expect(made.tests).toEqual([{ name: "test 1", given: { id: 1 }, linked: {}, expect: { is: "outcome", outcome: "held" } }]);
  });
});

describe("the hash of a spec with them", () => {
  it("changes with what decides about records", () => {
    const all = [
      "",
      stages,
      stages.replace("[new, contacted, sold]", "[contacted, new, sold]"),
      stages.replace("first_match_wins", "last_match_wins"),
      stages.replace("kind: company", "kind: private"),
      "protect: { set_once: [email] }\n",
      "create_if: { email: present }\n",
      "create_if: { email: present, otherwise: hold }\n",
      "create_if: { expr: active }\n",
      "create_if: { expr: '!active' }\n",
      "direction: both\n",
    ].map((over) => spec(over).hash);
    expect(new Set(all).size).toBe(all.length);
  });

  it("stays as it was for what only watches, for lines, and for defaults that are said", () => {
    const moved = `# a line more\n${overlay(customersText, stages)}`;
    expect(sound(moved).hash).toBe(spec(stages).hash);
    expect(spec("# a line\ncreate_if: { expr: active }\n").hash).toBe(spec("create_if: { expr: active }\n").hash);
    for (const over of [
      "ask_first_if: always\n",
      "checks: [{ unique: id }]\n",
      "alert: { to: ops, when: failed }\n",
      "tests: [{ given: { id: 1 }, expect: held }]\n",
      "direction: one_way\n",
    ])
      expect(spec(over).hash).toBe(spec("").hash);
  });
});

describe("words that the engine does not carry out yet", () => {
  const uses: Readonly<Record<string, string>> = {
    direction: "direction: both\n",
    create_if: "create_if: { macth: 1, otherwise: never }\n",
    protect: "protect: { nevr_write: [email] }\n",
    stages,
    conflicts: "conflicts: { otherwise: mine }\n",
    ask_first_if: "ask_first_if: sometimes\n",
    checks: "checks: [{ unique: id }]\n",
    alert: "alert: { to: ops, when: failed }\n",
    tests: "tests: []\n",
    "fields.*.add_to_list": "fields:\n  id: id\n  tags: { from: name, add_to_list: true }\n",
    "run.on_webhook": "run: { on_webhook: true }\n",
    expr: "from: { connection: crm, stream: customers, only: { not: { expr: '=' } } }\n",
  };
  for (const word of notYet) {
    it(`refuses \`${word}\` once and as a whole, because a sync that passed over it would not do what its file says`, () => {
      const parsed = parseSpec(overlay(customersText, uses[word] ?? ""));
      expect(parsed.ok ? [] : parsed.problems.map(({ code, path }) => [code, path?.split(".").at(-1)])).toEqual([
        ["spec/not-yet", word.split(".").at(-1)],
      ]);
    });
  }

  it("is a list of which each word is tried here", () => {
    expect(notYet.filter((word) => uses[word] === undefined)).toEqual([]);
  });
});

describe("checkSpecs of them", () => {
  it("takes the whole set, together", () => {
    const whole = `${stages}direction: one_way
create_if: { expr: present(email) && officeId > 3, otherwise: wait }
protect: { never_write: [zip], set_once: [since], only_if_blank: [email], when_source_blank: clear }
fields: { id: id, email: email, since: createdAt, tags: { from: name, add_to_list: true } }
checks: [{ every: { stage: sold }, has: { kind: company } }, { references: { owner_id: users } }, { count_close: exact }]
tests: [{ given: { id: 1, active: true }, target_has: { stage: new }, expect: { stage: "2" } }]
`;
    expect(said(whole)).toEqual([]);
  });

  it("counts the stage fields as given, where a new record needs them", () => {
    const warehouse = schemas.warehouse.map(
      (stream): Stream =>
        stream.name === "customers" ? { ...stream, fields: { ...stream.fields, stage: { type: "text", required: true } } } : stream,
    );
    const all = { ...schemas, warehouse };
    expect(checkSpecs([spec(stages)], all)).toEqual([]);
    expect(checkSpecs([spec("")], all).map(({ code }) => code)).toEqual(["spec/required-field"]);
  });

  it("trusts a clock that tells the second and the zone, and no other", () => {
    const clock = (cursor: object, field: object) => {
      const visits = {
        ...schemas.crm.find((each) => each.name === "visits"),
        cursor,
        fields: { id: { type: "integer" }, changedAt: field },
      };
      const both = { crm: [visits], warehouse: [visits] } as unknown as typeof schemas;
      const text = overlay(
        customersText,
        "from: { connection: crm, stream: visits }\nto: { connection: warehouse, stream: visits }\nfields: { id: id }\ndirection: both\nwrite: update_only\nconflicts: { otherwise: newest }\n",
      );
      return checkSpecs([sound(text)], both).map(({ code }) => code);
    };
    const good = { field: "changedAt", type: "datetime", granularity: "second", filter: true };
    expect(clock(good, { type: "datetime" })).toEqual([]);
    const untrusted = ["spec/untrusted-clock"];
    expect(clock({ ...good, granularity: "day" }, { type: "datetime" })).toEqual(untrusted);
    expect(clock(good, { type: "datetime", zoneless: true })).toEqual(untrusted);
    expect(clock({ ...good, type: "integer" }, { type: "integer" })).toEqual(untrusted);
    expect(clock({ type: "datetime", granularity: "second", filter: false }, { type: "datetime" })).toEqual(untrusted);
  });

  it("takes the same stage name in two pipelines where a field tells them apart, and only there", () => {
    expect(said(stages)).toEqual([]);
    expect(said(stages.replace("  pipeline_field: pipeline\n", ""))).toEqual([
      "error spec/duplicate-stage: `new` is also a stage of `sales`, so that its name does not tell in which pipeline a record is.",
    ]);
  });

  it("warns of rules behind one that always holds, in either order", () => {
    const ways = (word: string, rules: string) =>
      said(`stages:\n  stage_field: stage\n  pipelines: { sales: { forward_only: [a, b, c] } }\n  ${word}: [${rules}]\n`).map((each) =>
        each.slice(0, 26),
      );
    expect(ways("first_match_wins", "{ to: sales.a }, { to: sales.b, when: { active: true } }")).toEqual(["warning spec/unreachable: "]);
    expect(ways("last_match_wins", "{ to: sales.a }, { to: sales.b, when: { active: true } }")).toEqual([]);
    expect(ways("last_match_wins", "{ to: sales.b, when: { active: true } }, { to: sales.a }")).toEqual(["warning spec/unreachable: "]);
  });

  it("adds to a list what its members are", () => {
    expect(said("fields: { id: id, tags: { from: name, add_to_list: true } }\n")).toEqual([]);
    expect(said("fields: { id: id, tags: name }\n")).toHaveLength(1);
    expect(said("fields: { id: id, tags: { from: address, add_to_list: true } }\n")).toHaveLength(1);
  });
});

describe("an expression on its way from the file to the run", () => {
  it("is settled with what is declared, so that dates are times and decimal text is a number", () => {
    const from =
      "from: { connection: crm, stream: customers, with: { estimates: { many: estimates, where: { customerId: id } } }, only: { all: [{ expr: now - createdAt < days(14) }, { estimates: { any: { expr: subtotal > 5 } } }] } }\n";
    const { from: settled } = settleSpec(spec(from), schemas);
    const holds = compileCondition(settled.only ?? { op: "all", of: [] });
    const now = new Date("2026-01-31T12:00:00Z");
    expect(holds({ createdAt: "2026-01-30T00:00:00Z", estimates: [{ subtotal: "6.00" }] }, now)).toBe(true);
    expect(holds({ createdAt: "2026-01-01T00:00:00Z", estimates: [{ subtotal: "6.00" }] }, now)).toBe(false);
    expect(holds({ createdAt: "2026-01-30T00:00:00Z", estimates: [{ subtotal: "4.00" }] }, now)).toBe(false);
  });

  it("is settled wherever a condition stands", () => {
    const everywhere = settleSpec(
      spec(
        `${stages.replace("{ active: true }", "{ expr: active }")}create_if: { expr: active }\nchecks: [{ every: { expr: visits > 5 }, has: { expr: present(email) } }]\nfields: { id: id, email: { from: notes, take_one: { where: { expr: present(at) } }, then: text } }\n`,
      ),
      schemas,
    );
    const text = JSON.stringify([everywhere.stages, everywhere.createIf, everywhere.checks, everywhere.fields]);
    expect(text.match(/"op":"expr"/g)).toHaveLength(5);
    expect(text.match(/"known":/g)).toHaveLength(5);
  });

  it("is marked where it stands, in a block, in quotes and in a folded text", () => {
    const marks = (expr: string) =>
      judge(overlay(customersText, `from:\n  connection: crm\n  stream: customers\n  only:\n    expr: ${expr}\n`)).map(
        ({ line, column, excerpt }) => [line, column, excerpt?.split("\n")[1]?.trim().length],
      );
    expect(marks("active && nme == 'a'")).toEqual([[7, 21, 3]]);
    expect(marks("|\n      active\n        && nme == 'a'")).toEqual([[9, 12, 3]]);
    expect(marks(">-\n      active\n      && nme == 'a'")).toEqual([[9, 10, 3]]);
    expect(marks('"active && \\"a\\" == nme"')).toEqual([[7, 31, 3]]);
    expect(marks("'active && ''a'' == nme'")).toEqual([[7, 31, 3]]);
  });

  it("warns of what looks like a slip where records may carry more than is declared", () => {
    const users = (expr: string) =>
      said(`from: { connection: crm, stream: users, only: { expr: ${expr} } }\nfields: { id: id, email: email }\n`);
    expect(users("present(shirtSize)")).toEqual([]);
    expect(users("present(emial)")).toEqual([
      "warning spec/unknown-source-field: crm users declares no field `emial`; its records may carry more fields than declared.",
    ]);
  });
});

describe("an app's own steps", () => {
  const initials = defineTransform({
    name: "initials",
    takes: ["text"],
    gives: "text",
    argument: z.object({ most: z.number() }),
    about: "The first letters. Example: `{ initials: { most: 3 } }`",
    make:
      ({ most }) =>
      (value) =>
        String(value)
          .split(" ")
          .map((word) => word[0])
          .slice(0, most)
          .join(""),
  });
  const parsed = (field: string, transforms = [initials]) =>
    parseSpec(overlay(customersText, `fields:\n  id: id\n  name: ${field}\n`), { transforms });

  it("stand in `do` beside the built-in ones, with their argument checked", () => {
    expect(parsed("{ from: name, do: [trim, { initials: { most: 3 } }] }").ok).toBe(true);
    expect(parsed("{ from: name, do: [{ initials: { most: many } }] }")).toMatchObject({ problems: [{ code: "spec/bad-argument" }] });
    expect(parsed("{ from: name, do: [initals] }")).toMatchObject({ problems: [{ hint: "Did you mean `initials`?" }] });
    expect(parsed("{ from: name, do: [{ initials: { most: 3 } }] }", [])).toMatchObject({ problems: [{ code: "spec/unknown-transform" }] });
  });

  it("are checked along the chain by what they take and give", () => {
    const check = (field: string) => {
      const one = parsed(field);
      return one.ok ? checkSpecs([one.value], schemas, { transforms: [initials] }).map(({ message }) => message) : one.problems;
    };
    expect(check("{ from: name, do: [{ initials: { most: 3 } }, upper] }")).toEqual([]);
    expect(check("{ from: officeId, do: [{ initials: { most: 3 } }] }")).toEqual([
      "`initials` takes text, but the value is a whole number.",
    ]);
  });

  it("cannot take the name of a built-in one, which keeps its meaning", () => {
    const own = defineTransform({ name: "trim", takes: ["object"], gives: "object", about: "", make: () => (value) => value });
    const one = parseSpec(overlay(customersText, "fields:\n  id: id\n  name: { from: name, do: [trim] }\n"), { transforms: [own] });
    expect(one.ok && checkSpecs([one.value], schemas, { transforms: [own] })).toEqual([]);
  });
});
