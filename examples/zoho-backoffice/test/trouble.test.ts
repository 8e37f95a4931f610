import { afterEach, beforeEach, expect, test } from "vitest";
import { openWorld, paths, visitor, type World, workOf } from "./world.js";

const { portalToZoho, zohoToBackoffice, idsToPortal, portalToBackoffice } = paths;
const everyPath = [portalToZoho, zohoToBackoffice, idsToPortal, portalToBackoffice];

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

/** Writes go to the bare path; reads of a list carry a query. */
const writesAsked = () => world.zoho.traffic.paths().filter((path) => path === "/crm/v8/Leads");

test("a lead that is in Zoho under the same address is linked and not created: nothing is sent", async () => {
  world.zoho.add("Leads", { Last_Name: "Borg", Email: "maria@example.test", Lead_Status: "Contacted" });
  const id = await world.portalLead(visitor("Maria Borg", "Maria@Example.test"));
  expect(workOf(await world.run([portalToZoho]))).toEqual({ [portalToZoho]: "+0 ~0 -0 waiting 0 held 0 failed 0" });
  expect(writesAsked()).toEqual([]);
  expect(world.zoho.holds("Leads")).toHaveLength(1);
  for (const path of everyPath) await world.run([path]);
  expect(await world.rows()).toMatchObject([
    { portal_lead_id: id, zoho_lead_id: world.zohoLead("maria@example.test")?.id, status: "contacted" },
  ]);
});

test("a lead that Zoho has under the portal's id is linked by it, though its address is another: so a new store makes no twins", async () => {
  const id = "00000000-0000-4000-8000-000000000001";
  world.zoho.add("Leads", { Last_Name: "Borg", Email: "moved@example.test", Lead_Status: "Contacted", Portal_Lead_ID: id });
  await world.portalLead(visitor("Maria Borg", "maria@example.test", { id }));
  expect(workOf(await world.run([portalToZoho]))).toEqual({ [portalToZoho]: "+0 ~0 -0 waiting 0 held 0 failed 0" });
  expect(writesAsked()).toEqual([]);
});

test("leads without an address are known by the portal's id, whichever way they come first", async () => {
  const one = await world.portalLead(visitor("Maria Borg", "", { email: null }));
  await world.run([portalToBackoffice, portalToZoho]);
  await world.run([zohoToBackoffice]);
  const two = await world.portalLead(visitor("Joe Vella", "", { email: null }));
  for (const path of [portalToZoho, zohoToBackoffice, portalToBackoffice]) await world.run([path]);
  expect(await world.engine.held({ states: ["failed", "held", "waiting"] })).toEqual([]);
  const rows = (await world.rows()).map((row) => [row.portal_lead_id, row.last_name, row.zoho_lead_id !== null]);
  expect(rows).toEqual([
    [one, "Borg", true],
    [two, "Vella", true],
  ]);
});

test("a lead whose address was changed in Zoho is still known by Zoho's id: the backup path makes no twin of it", async () => {
  await world.portalLead(visitor("The First", "first@example.test"));
  for (const path of everyPath) await world.run([path]);
  // Typed in by hand, so that Zoho does not have the portal's id: first the address, then only Zoho's id tells who it is.
  const lead = world.zoho.add("Leads", { Last_Name: "Borg", Email: "maria@example.test", Lead_Status: "Contacted" });
  const id = await world.portalLead(visitor("Maria Borg", "maria@example.test"));
  // Not approved beforehand, as a schedule runs them: such a run reads before it decides anything.
  await world.engine.run({ syncs: [portalToZoho, idsToPortal] });
  world.zoho.change("Leads", String(lead.id), { Email: "moved@example.test" });
  for (const path of [zohoToBackoffice, portalToBackoffice])
    expect(await world.engine.run({ syncs: [path] })).toMatchObject({ status: "done" });
  expect((await world.rows()).map((row) => row.email)).toEqual(["first@example.test", "moved@example.test"]);
  expect(await world.row("moved@example.test")).toMatchObject({ zoho_lead_id: lead.id, portal_lead_id: id, is_gozo: true });
});

test("a duplicate that only Zoho sees makes no twin: it is linked to the lead that Zoho names, and all paths go on", async () => {
  // COQL is asked for the address as the portal writes it; Zoho's own rule about unique fields ignores case.
  const there = world.zoho.add("Leads", { Last_Name: "Borg", Email: "Maria@Example.test", Lead_Status: "Contacted" });
  const id = await world.portalLead(visitor("Maria Borg", "maria@example.test"));
  // Once refused, and once more decided with its link, in the same run.
  expect(workOf(await world.run([portalToZoho]))).toEqual({ [portalToZoho]: "+0 ~0 -0 waiting 1 held 0 failed 0" });
  expect(workOf(await world.run([portalToZoho]))).toEqual({ [portalToZoho]: "+0 ~0 -0 waiting 0 held 0 failed 0" });
  expect(await world.engine.held({ states: ["held", "failed", "waiting"] })).toEqual([]);
  for (const path of everyPath) expect(await world.run([path])).toMatchObject({ status: "done" });
  expect(world.zoho.holds("Leads")).toHaveLength(1);
  expect(await world.rows()).toMatchObject([{ portal_lead_id: id, zoho_lead_id: there.id, email: "maria@example.test" }]);
  expect(await world.database.query("select zoho_lead_id from portal.leads")).toEqual([{ zoho_lead_id: there.id }]);
});

test("a lead without a name goes nowhere: Zoho and the back office each say what is missing, and the others pass", async () => {
  const id = await world.portalLead(visitor("   ", "nameless@example.test"));
  await world.portalLead(visitor("Maria Borg", "maria@example.test"));
  for (const path of [portalToZoho, portalToBackoffice])
    expect(workOf(await world.run([path]))).toEqual({ [path]: "+1 ~0 -0 waiting 0 held 0 failed 1" });
  expect((await world.engine.held({ states: ["failed"] })).map((one) => [one.sourceId, one.code, one.field])).toEqual([
    [id, "zoho/mandatory-missing", "Last_Name"],
    [id, "sql/23502", "last_name"],
  ]);
  await world.database.run(`update portal.leads set full_name = 'Ġanni Vella' where id = '${id}'`);
  for (const path of everyPath) expect(await world.run([path])).toMatchObject({ status: "done" });
  expect(await world.engine.held({ states: ["failed", "held", "waiting"] })).toEqual([]);
  expect(await world.row("nameless@example.test")).toMatchObject({ portal_lead_id: id, last_name: "Vella" });
});

test("two leads of the portal with one address are one lead and one for a person, and never two rows", async () => {
  await world.portalLead(visitor("Maria Borg", "home@example.test"));
  await world.portalLead(visitor("Joe Borg", "home@example.test"));
  for (const path of everyPath) await world.run([path]);
  expect(await world.rows()).toHaveLength(1);
  expect(world.zoho.holds("Leads")).toHaveLength(1);
  expect((await world.engine.held()).map((one) => [one.sync, one.code]).sort()).toEqual([
    [portalToBackoffice, "held/target-taken"],
    [portalToZoho, "held/target-taken"],
  ]);
});

test("a lead whose address or telephone number cannot be read is held with the field, and not written without it", async () => {
  await world.portalLead(visitor("Maria Borg", "maria at example"));
  await world.portalLead(visitor("Joe Borg", "joe@example.test", { phone: "call me" }));
  for (const path of [portalToZoho, portalToBackoffice])
    expect(workOf(await world.run([path]))).toEqual({ [path]: "+0 ~0 -0 waiting 0 held 2 failed 0" });
  expect(writesAsked()).toEqual([]);
});

test("an answer of Zoho that is lost makes no second lead", async () => {
  await world.portalLead(visitor("Maria Borg", "maria@example.test"));
  world.zoho.faults.next("cut", 1, (path) => path === "/crm/v8/Leads");
  await world.run([portalToZoho]);
  expect(world.zoho.faults.count).toBe(1);
  for (const path of everyPath) await world.run([path]);
  expect(world.zoho.holds("Leads")).toHaveLength(1);
  expect(await world.rows()).toMatchObject([{ zoho_lead_id: world.zohoLead("maria@example.test")?.id }]);
});
