import { describe, expect, test } from "vitest";
import { connect, doneOf, errorOf } from "./connect.js";

const sizes = { companies: 15, leads: 5, people: 5, opportunities: 5, projects: 2, tasks: 3, files: 0, related_items: 0, activities: 10 };

describe("bulk", () => {
  test("ten companies are one request, and each has an outcome of its own: the taken domain alone fails", async () => {
    const { stream, call, simulator } = await connect({ account: { sizes } });
    simulator.traffic.reset();
    const records = Array.from({ length: 10 }, (_, n) => ({
      name: `Firm ${n}`,
      email_domain: n === 4 ? "firm-9600001.example.com" : `new-${n}.example.com`,
    }));
    const outcomes = (await stream("companies").create?.(records, call)) ?? [];
    expect(simulator.traffic.paths().map((path) => path.replace(/^.*\/v1/, ""))).toEqual(["/companies/bulk_create"]);
    expect(outcomes.map((outcome) => outcome.ok)).toEqual(records.map((_, n) => n !== 4));
    expect(outcomes[4]).toMatchObject({ error: { code: "copper/refused", next: "hold-record", field: "email_domain" } });
    expect(outcomes[9]).toMatchObject({ ok: true, created: true, record: { name: "Firm 9" } });
  });

  test("more than ten go in several requests, since Copper takes no more at once", async () => {
    const { stream, call, simulator } = await connect({ account: { sizes } });
    simulator.traffic.reset();
    const updates = Array.from({ length: 15 }, (_, n) => ({ key: String(9_600_001 + n), set: { details: `Number ${n}` } }));
    const outcomes = (await stream("companies").update?.(updates, call)) ?? [];
    expect(simulator.traffic.requests).toBe(2);
    expect(outcomes.map((outcome) => outcome.ok && outcome.record?.details)).toEqual(updates.map(({ set }) => set.details));
  });

  test("a record that cannot be put into words is left out of the request, and the others keep their places", async () => {
    const { stream, call } = await connect({ account: { sizes } });
    const outcomes = await stream("companies").create?.([{ name: "A" }, { name: "B", Trade: "Nonsense" }, { name: "C" }], call);
    expect(outcomes?.map((outcome) => (outcome.ok ? outcome.record?.name : outcome.error.code))).toEqual([
      "A",
      "copper/no-such-option",
      "C",
    ]);
  });

  test("is not used for a kind that is not on the list: then each record is a request", async () => {
    const { stream, call, simulator } = await connect({ account: { sizes }, options: { assumptions: { bulkOn: [] } } });
    simulator.traffic.reset();
    await stream("companies").create?.([{ name: "A" }, { name: "B" }], call);
    expect(simulator.traffic.paths().every((path) => path.endsWith("/companies"))).toBe(true);
  });

  test("a create without an answer leaves all its records in doubt, and is not sent again", async () => {
    const { stream, call, simulator } = await connect({ account: { sizes } });
    simulator.faults.next("cut");
    const outcomes = await stream("companies").create?.([{ name: "A" }, { name: "B" }], call);
    expect(outcomes).toMatchObject([
      { ok: false, error: { inDoubt: true, next: "hold-record" } },
      { ok: false, error: { inDoubt: true, next: "hold-record" } },
    ]);
    expect(simulator.holds("companies").filter((company) => company.name === "A")).toHaveLength(1);
  });

  test("what stops the run stops the rest, which was not tried and is not in doubt", async () => {
    const { stream, call, simulator } = await connect({ account: { sizes } });
    simulator.faults.next("expired-token", 5);
    const records = Array.from({ length: 12 }, (_, n) => ({ name: `Firm ${n}` }));
    simulator.traffic.reset();
    const outcomes = (await stream("companies").create?.(records, call)) ?? [];
    expect(outcomes.every((outcome) => !outcome.ok && outcome.error.next === "stop-run" && !outcome.error.inDoubt)).toBe(true);
    expect(simulator.traffic.requests).toBe(1);
  });
});

describe("people", () => {
  test("change company by relations, because an update of company_id does nothing in Copper", async () => {
    const { stream, call, simulator } = await connect({ account: { sizes } });
    const made = doneOf(await stream("people").create?.([{ name: "Ina Berg", company_id: 9_600_001 }], call));
    const moved = doneOf(await stream("people").update?.([{ key: made.key, set: { company_id: 9_600_002 } }], call));
    expect(moved.record?.company_id).toBe(9_600_002);
    const left = doneOf(await stream("people").update?.([{ key: made.key, set: { company_id: null } }], call));
    expect(left.record?.company_id).toBeNull();
    expect(simulator.holds("people").find((person) => String(person.id) === made.key)?.company_id).toBeNull();
  });

  test("a company that does not exist leaves the rest written, and the error says so", async () => {
    const { stream, call } = await connect({ account: { sizes } });
    const made = doneOf(await stream("people").create?.([{ name: "Ina Berg" }], call));
    const error = errorOf(await stream("people").update?.([{ key: made.key, set: { title: "Owner", company_id: 5 } }], call));
    expect(error).toMatchObject({ code: "copper/half-done", next: "hold-record", inDoubt: true });
    expect(error.message).toContain(`Copper changed person ${made.key}, but the rest of the change failed`);
  });

  test("a first mail address or number takes the first one's place and keeps the others, since Copper replaces lists as wholes", async () => {
    const { stream, call } = await connect({ account: { sizes } });
    const emails = [
      { email: "a@example.test", category: "personal" },
      { email: "b@example.test", category: "work" },
    ];
    const { key } = doneOf(await stream("people").create?.([{ name: "Ina Berg", emails, phone_number: "+16025550101" }], call));
    const { record } = doneOf(await stream("people").update?.([{ key, set: { email_address: "c@example.test" } }], call));
    expect(record).toMatchObject({
      email_address: "c@example.test",
      emails: [{ email: "c@example.test", category: "personal" }, emails[1]],
      phone_numbers: [{ number: "+16025550101", category: "work" }],
    });
  });
});

describe("leads", () => {
  test("upsert by mail address, name or a filterable custom field, and say whether they were made", async () => {
    const { stream, call } = await connect({ account: { sizes } });
    const upsert = (record: object, on: string) => stream("leads").upsert?.([record as never], [on], call);
    const first = doneOf(await upsert({ name: "Ina Berg", email_address: "ina@example.test" }, "email_address"));
    const again = doneOf(await upsert({ name: "Ina B.", email_address: "ina@example.test" }, "email_address"));
    expect([first.created, again.created, again.key === first.key]).toEqual([true, false, true]);
    await expect(upsert({ name: "x", "Region code": "y" }, "Region code")).rejects.toMatchObject({ code: "copper/cannot-upsert-by" });
    expect(errorOf(await upsert({ name: "x" }, "email_address"))).toMatchObject({ next: "hold-record", field: "email_address" });
  });

  test("several that fit are refused by Copper, with their ids", async () => {
    const { stream, call } = await connect({ account: { sizes } });
    await stream("leads").create?.([{ name: "Twin" }, { name: "Twin" }], call);
    const error = errorOf(await stream("leads").upsert?.([{ name: "Twin" }], ["name"], call));
    expect(error).toMatchObject({ next: "hold-record", message: expect.stringMatching(/Multiple leads match: \d+, \d+/) });
  });
});

describe("deletes", () => {
  test("a record that is not there is told; one whose deletion got no answer counts as deleted when it is not found again", async () => {
    const { stream, call, simulator } = await connect({ account: { sizes } });
    expect(errorOf(await stream("companies").delete?.(["987654321"], call)).code).toBe("copper/not-found");
    simulator.faults.next("cut");
    expect(doneOf(await stream("companies").delete?.(["9600003"], call)).key).toBe("9600003");
    expect(simulator.holds("companies")).toHaveLength(14);
  });

  test("a deleted activity answers with a stub, which is not taken for a record", async () => {
    const { stream, call } = await connect({ account: { sizes } });
    doneOf(await stream("activities").delete?.(["3060000001"], call));
    expect(await stream("activities").get?.(["3060000001"], call)).toEqual([]);
  });
});

describe("activities and relations", () => {
  test("several notes are one request, and one that Copper refuses does not take the others with it", async () => {
    const { stream, call } = await connect({ account: { sizes } });
    const note = (id: number) => ({ parent: { id, type: "person" }, type: { id: 0, category: "user" }, details: "Called." });
    const outcomes = await stream("activities").create?.([note(27_000_001), note(5), note(27_000_002)], call);
    expect(outcomes?.map((outcome) => outcome.ok)).toEqual([true, false, true]);
  });

  test("a relation is made whichever end comes first, and a pair that Copper does not allow is refused", async () => {
    const { stream, call } = await connect({ account: { sizes } });
    const relate = (type: string, id: number, related_type: string, related_id: number) =>
      stream("related_items").create?.([{ type, id, related_type, related_id }], call);
    expect(doneOf(await relate("opportunity", 4_000_001, "company", 9_600_001)).key).toBe("company/9600001/opportunity/4000001");
    expect(errorOf(await relate("lead", 9_000_001, "company", 9_600_001)).next).toBe("hold-record");
    expect(errorOf(await relate("planet", 1, "company", 9_600_001)).code).toBe("copper/not-writable");
  });
});

describe("a rollback", () => {
  test("brings the account back byte for byte, whatever was created and changed on the way", async () => {
    const { stream, call, simulator } = await connect({ account: { sizes } });
    const before = simulator.snapshot();
    const companies = stream("companies");
    const [old] = (await companies.get?.(["9600002"], call)) ?? [];
    simulator.clock.advance(3_600_000);
    const { key } = doneOf(await companies.create?.([{ name: "New", Trade: "Solar", "Contract ends": "2026-05-05" }], call));
    doneOf(
      await companies.update?.([{ key: "9600002", set: { name: "Changed", Trade: "Solar", Budget: 1.5, Interests: ["Phone"] } }], call),
    );
    expect(simulator.snapshot()).not.toBe(before);
    const { name, Trade, Budget, Interests } = old ?? {};
    doneOf(await companies.update?.([{ key: "9600002", set: { name, Trade, Budget, Interests } }], call));
    doneOf(await companies.delete?.([key], call));
    expect(simulator.snapshot()).toBe(before);
  });
});
