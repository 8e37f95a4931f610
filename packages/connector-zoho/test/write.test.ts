import { DuplicateRecord } from "@fieldwright/connector-zoho";
import { expect, test } from "vitest";
import { asked, connect, doneOf, errorOf } from "./connect.js";

test("each record of a call has its own outcome, in order, where some are refused (207)", async () => {
  const { simulator, stream, call } = await connect();
  const outcomes = await (await stream("Leads")).create?.([{ Last_Name: "Stone" }, { Company: "Nobody Ltd" }, { Last_Name: "Fern" }], call);
  expect(outcomes?.map((outcome) => outcome.ok)).toEqual([true, false, true]);
  expect(errorOf(outcomes, 1)).toMatchObject({ code: "zoho/mandatory-missing", field: "Last_Name", next: "hold-record" });
  expect(simulator.holds("Leads").find((lead) => lead.id === doneOf(outcomes, 2).key)?.Last_Name).toBe("Fern");
});

test("a call of which every record is refused (400) gives outcomes too, and is sent once", async () => {
  const { simulator, stream, call } = await connect();
  const outcomes = await (await stream("Leads")).create?.([{ Company: "A" }, { Company: "B" }], call);
  expect([errorOf(outcomes, 0).code, errorOf(outcomes, 1).code]).toEqual(["zoho/mandatory-missing", "zoho/mandatory-missing"]);
  expect(asked(simulator, /^\/crm\/v8\/Leads$/)).toHaveLength(1);
});

test("a duplicate names the record that is there, in words and in the error, so that it can be linked", async () => {
  const { simulator, stream, call } = await connect();
  const [taken] = simulator.holds("Contacts");
  const outcomes = await (await stream("Contacts")).create?.([{ Last_Name: "Twin", External_Ref: taken?.External_Ref }], call);
  const error = errorOf(outcomes);
  expect(error).toMatchObject({ code: "zoho/duplicate", field: "External_Ref", next: "hold-record" });
  expect(error.message).toContain(`Contacts ${String(taken?.id)}`);
  expect(error).toBeInstanceOf(DuplicateRecord);
  expect((error as DuplicateRecord).existing).toEqual({ module: "Contacts", id: taken?.id });
});

test("a picklist value that does not exist is refused with those that do", async () => {
  const { stream, call } = await connect();
  const outcomes = await (await stream("Deals")).create?.([{ Deal_Name: "Roof", Stage: "Won" }], call);
  expect(errorOf(outcomes)).toMatchObject({ code: "zoho/no-such-value", field: "Stage" });
  expect(errorOf(outcomes).message).toContain("Closed Won");
});

test("a value too long, of another type, or a reference to nobody says which field and what is wrong", async () => {
  const { stream, call } = await connect();
  const outcomes = await (await stream("Contacts")).create?.(
    [
      { Last_Name: "x".repeat(256) },
      { Last_Name: "Stone", Email_Opt_Out: "yes" },
      { Last_Name: "Stone", Account_Name: { id: "5550001003999999999" } },
    ],
    call,
  );
  expect(errorOf(outcomes, 0)).toMatchObject({ code: "zoho/invalid-value", field: "Last_Name" });
  expect(errorOf(outcomes, 0).message).toContain("255 characters");
  expect(errorOf(outcomes, 1).message).toContain("no boolean");
  expect(errorOf(outcomes, 2)).toMatchObject({ code: "zoho/no-such-reference", field: "Account_Name" });
});

test("a lead that was converted is refused with where it went on", async () => {
  const { simulator, stream, call } = await connect();
  const [lead] = simulator.holds("Leads");
  simulator.change("Leads", String(lead?.id), { Converted__s: true });
  const error = errorOf(await (await stream("Leads")).update?.([{ key: String(lead?.id), set: { City: "Elmstead" } }], call));
  expect(error).toMatchObject({ code: "zoho/converted", next: "hold-record" });
  expect(error.hint).toContain("contact");
});

test("a record that was merged into another one is not there any more, and the error says that it may be so", async () => {
  const { simulator, stream, call } = await connect();
  const [merged, kept] = simulator.holds("Leads");
  simulator.remove("Leads", String(merged?.id));
  const set = { City: "Elmstead" };
  const outcomes = await (await stream("Leads")).update?.(
    [
      { key: String(merged?.id), set },
      { key: String(kept?.id), set },
    ],
    call,
  );
  expect(errorOf(outcomes, 0)).toMatchObject({ code: "zoho/no-such-record", next: "hold-record" });
  expect(errorOf(outcomes, 0).hint).toContain("merged");
  expect(doneOf(outcomes, 1).key).toBe(kept?.id);
});

test("an update that names the time it was decided on is refused as drift where the record changed since", async () => {
  const { simulator, stream, call } = await connect();
  const [one, two, three] = simulator.holds("Leads");
  simulator.change("Leads", String(one?.id), { City: "Dunfield" });
  const update = (record: typeof one) => ({ key: String(record?.id), set: { City: "Elmstead", Modified_Time: record?.Modified_Time } });
  const leads = await stream("Leads");
  const outcomes = await leads.update?.([update(one), update(two), { key: String(three?.id), set: { City: "Elmstead" } }], call);
  expect(errorOf(outcomes, 0)).toMatchObject({ code: "zoho/changed-meanwhile", next: "hold-record" });
  expect(outcomes?.map((outcome) => outcome.ok)).toEqual([false, true, true]);
  expect(
    simulator
      .holds("Leads")
      .slice(0, 3)
      .map((lead) => lead.City),
  ).toEqual(["Dunfield", "Elmstead", "Elmstead"]);
});

test("writes set off no automation unless the options name it", async () => {
  const quiet = await connect();
  const quietLeads = await quiet.stream("Leads");
  const made = doneOf(await quietLeads.create?.([{ Last_Name: "Stone" }], quiet.call));
  await quietLeads.update?.([{ key: made.key, set: { City: "Elmstead" } }], quiet.call);
  await quietLeads.upsert?.([{ Last_Name: "Stone", Email: "stone@example.test" }], ["Email"], quiet.call);
  await quietLeads.delete?.([made.key], quiet.call);
  expect(quiet.simulator.automation).toEqual([]);

  const loud = await connect({ options: { trigger: ["workflow"] } });
  const leads = await loud.stream("Leads");
  doneOf(await leads.create?.([{ Last_Name: "Stone" }], loud.call));
  expect(loud.simulator.automation).toEqual(["Leads workflow"]);
  expect(leads.sideEffects).toContain("workflow");
});

test("an upsert goes by the fields that are named, says which it was, and changes no other record", async () => {
  const { simulator, stream, call } = await connect();
  const [there] = simulator.holds("Contacts");
  const contacts = await stream("Contacts");
  const outcomes = await contacts.upsert?.(
    [
      { Last_Name: "Changed", External_Ref: there?.External_Ref },
      { Last_Name: "New", External_Ref: "nobody's" },
    ],
    ["External_Ref"],
    call,
  );
  expect([doneOf(outcomes, 0), doneOf(outcomes, 1).created]).toMatchObject([{ key: there?.id, created: false }, true]);
  expect(simulator.holds("Contacts")).toHaveLength(13);
  await expect(contacts.upsert?.([{ Last_Name: "x" }], ["Phone"], call)).rejects.toMatchObject({ field: "duplicate_check_fields" });
});

test("a create whose answer is lost is sent once and in doubt, because twice would make two records", async () => {
  const { simulator, stream, call } = await connect();
  const leads = await stream("Leads");
  simulator.faults.next("cut");
  await expect(leads.create?.([{ Last_Name: "Stone" }], call)).rejects.toMatchObject({ inDoubt: true, next: "hold-record" });
  expect(simulator.holds("Leads").filter((lead) => lead.Last_Name === "Stone")).toHaveLength(1);
});

test("an upsert whose answer is lost is sent again, because the second time finds what the first one made", async () => {
  const { simulator, stream, call } = await connect();
  const leads = await stream("Leads");
  simulator.faults.next("cut");
  const outcomes = await leads.upsert?.([{ Last_Name: "Stone", Email: "stone@example.test" }], ["Email"], call);
  expect(doneOf(outcomes).created).toBe(false);
  expect(simulator.holds("Leads").filter((lead) => lead.Email === "stone@example.test")).toHaveLength(1);
});

test("a deleted record comes back from the recycle bin under its id, as it was", async () => {
  const { simulator, stream, call } = await connect();
  const [lead] = simulator.holds("Leads");
  const leads = await stream("Leads");
  doneOf(await leads.delete?.([String(lead?.id)], call));
  expect(await leads.get?.([String(lead?.id)], call)).toEqual([]);
  const outcomes = await leads.restore?.([String(lead?.id), "5550001001999999999"], call);
  expect(doneOf(outcomes, 0).key).toBe(lead?.id);
  expect(await leads.get?.([String(lead?.id)], call)).toEqual([lead]);
  expect(errorOf(outcomes, 1)).toMatchObject({ next: "hold-record" });
  expect(errorOf(outcomes, 1).hint).toContain("emptied out of the recycle bin");
});

test("of several that are deleted each has its outcome, also where some were gone already", async () => {
  const { simulator, stream, call } = await connect();
  const key = String(simulator.holds("Leads")[0]?.id);
  const outcomes = await (await stream("Leads")).delete?.([key, "5550001001999999999"], call);
  expect(doneOf(outcomes, 0)).toMatchObject({ key, created: false });
  expect(errorOf(outcomes, 1).code).toBe("zoho/no-such-record");
});

test("a hundred records are one call of ten credits", async () => {
  const { simulator, stream, connection, call } = await connect({ limits: { requests: 1000, perSeconds: 86_400 } });
  const leads = await stream("Leads");
  const before = connection.budget?.state.left ?? 0;
  await leads.create?.(
    Array.from({ length: 100 }, (_, n) => ({ Last_Name: `Stone ${n}` })),
    call,
  );
  expect(before - (connection.budget?.state.left ?? 0)).toBe(10);
  expect(asked(simulator, /^\/crm\/v8\/Leads$/)).toHaveLength(1);
  expect(leads.batchSize).toBe(100);
});
