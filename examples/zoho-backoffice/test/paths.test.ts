import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openWorld, paths, visitor, type World, workOf } from "./world.js";

const { portalToZoho, zohoToBackoffice, idsToPortal, portalToBackoffice } = paths;
const everyPath = [portalToZoho, zohoToBackoffice, idsToPortal, portalToBackoffice];
const nothing = "+0 ~0 -0 waiting 0 held 0 failed 0";

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

describe("a lead of the portal", () => {
  test("comes through Zoho into the back office with all its fields, in their SQL types, and the portal learns Zoho's id", async () => {
    const id = await world.portalLead(visitor("Maria Borg", "Maria.Borg@Example.test"));
    for (const path of [portalToZoho, zohoToBackoffice, idsToPortal]) await world.run([path]);

    const lead = world.zohoLead("maria.borg@example.test");
    expect(lead).toMatchObject({ Portal_Lead_ID: id, First_Name: "Maria", Last_Name: "Borg", Lead_Status: "Not Contacted" });
    expect(lead).toMatchObject({ System_Size: 4.5, Quote_Amount: 9750, Annual_Savings: 1180.4, Payment_Method: "Loan" });
    expect(lead).toMatchObject({ Loan_Term: 84, With_Battery: true, Battery_Size: 10.24, Portal_Source: "solar calculator" });

    expect(await world.rows()).toEqual([
      {
        zoho_lead_id: lead?.id,
        portal_lead_id: id,
        first_name: "Maria",
        last_name: "Borg",
        email: "maria.borg@example.test",
        phone: "+35699123456",
        address: "12, Triq it-Test",
        locality: "Victoria",
        latitude: "36.044400",
        longitude: "14.239700",
        is_gozo: true,
        status: "new",
        system_size: "4.50",
        quote_amount: "9750.00",
        annual_savings: "1180.40",
        payment_method: "loan",
        loan_term: 84,
        with_battery: true,
        battery_size: "10.24",
        portal_source: "solar calculator",
      },
    ]);
    const types = await world.database.query<{ line: string }>(
      `select column_name || ' ' || data_type || coalesce(' ' || numeric_precision || ',' || numeric_scale, '') as line
       from information_schema.columns where table_schema = 'backoffice' and table_name = 'leads' and column_name = any($1) order by ordinal_position`,
      ["system_size quote_amount annual_savings payment_method loan_term with_battery battery_size portal_source".split(" ")],
    );
    expect(types.map((type) => type.line)).toEqual([
      "system_size numeric 6,2",
      "quote_amount numeric 12,2",
      "annual_savings numeric 12,2",
      "payment_method text",
      "loan_term integer 32,0",
      "with_battery boolean",
      "battery_size numeric 6,2",
      "portal_source text",
    ]);
    const [portal] = await world.database.query("select zoho_lead_id, full_name from portal.leads");
    expect(portal).toEqual({ zoho_lead_id: lead?.id, full_name: "Maria Borg" });
    expect(world.zoho.automation).toEqual([]);
  });

  test("is not touched in Zoho once it is there: it belongs to the people in Zoho", async () => {
    const id = await world.portalLead(visitor("Maria Borg", "maria@example.test"));
    await world.run([portalToZoho]);
    await world.database.run(`update portal.leads set full_name = 'Somebody Else', quote_amount = 1 where id = '${id}'`);
    expect(workOf(await world.run([portalToZoho]))).toEqual({ [portalToZoho]: nothing });
    expect(world.zohoLead("maria@example.test")).toMatchObject({ Last_Name: "Borg", Quote_Amount: 9750 });
  });

  test("with blanks has blanks in the back office too, whichever way it comes", async () => {
    const few = { full_name: "Maria Borg", email: "maria@example.test", status: "new", with_battery: false };
    await world.portalLead(few);
    await world.run([portalToBackoffice]);
    const direct = await world.row("maria@example.test");
    expect(direct).toMatchObject({ is_gozo: null, quote_amount: null, payment_method: null, phone: null, with_battery: false });
    await world.run([portalToZoho]);
    await world.run([zohoToBackoffice]);
    expect(await world.rows()).toEqual([{ ...direct, zoho_lead_id: world.zohoLead("maria@example.test")?.id }]);
  });
});

test("a second run of every path has nothing to do, and verifies", async () => {
  await world.portalLead(visitor("Maria Borg", "maria@example.test"));
  await world.portalLead(visitor("Ganni Vella", "ganni@example.test", { status: "qualified", payment_method: "cash", loan_term: null }));
  world.zoho.add("Leads", { Last_Name: "Grech", Email: "grech@example.test", Lead_Status: "Contacted" });
  for (const path of everyPath) await world.run([path]);
  const before = await world.rows();
  expect(before).toHaveLength(3);
  for (const kind of ["incremental", "full"] as const) {
    const again = await world.run(everyPath, { mode: { kind } });
    expect(again).toMatchObject({ status: "done", verified: true });
    expect(workOf(again)).toEqual(Object.fromEntries(everyPath.map((path) => [path, nothing])));
  }
  expect(await world.rows()).toEqual(before);
});

test("the first run of each path asks a person, and carries out what was approved", async () => {
  await world.portalLead(visitor("Maria Borg", "maria@example.test"));
  const asked = await world.engine.run({ syncs: [portalToZoho] });
  expect(asked.syncs).toMatchObject([{ status: "asks", created: 0, held: 1 }]);
  expect(world.zoho.holds("Leads")).toEqual([]);
  expect(await world.engine.apply(asked.plan ?? "")).toMatchObject({ status: "done", syncs: [{ created: 1 }] });
  expect(world.zoho.holds("Leads")).toHaveLength(1);
});

test("what people change in Zoho reaches the back office, and the backup path does not write over it", async () => {
  await world.portalLead(visitor("Maria Borg", "maria@example.test"));
  for (const path of everyPath) await world.run([path]);
  const lead = world.zohoLead("maria@example.test");
  world.zoho.change("Leads", String(lead?.id), { Lead_Status: "Pre-Qualified", Quote_Amount: 8800.5, Last_Name: "Borg Falzon" });
  expect(workOf(await world.run([zohoToBackoffice]))).toEqual({ [zohoToBackoffice]: "+0 ~1 -0 waiting 0 held 0 failed 0" });
  await world.database.run("update portal.leads set quote_amount = 1, status = 'lost', system_size = null");
  await world.run([portalToBackoffice]);
  expect(await world.rows()).toMatchObject([
    { status: "qualified", quote_amount: "8800.50", last_name: "Borg Falzon", system_size: "4.50" },
  ]);
});

test("the backup path works on the day that Zoho refuses its refresh token, and each other path says so", async () => {
  const id = await world.portalLead(visitor("Maria Borg", "maria@example.test"));
  world.zoho.accounts.cutOff();
  for (const path of [portalToZoho, zohoToBackoffice])
    await expect(world.run([path])).rejects.toMatchObject({ code: "zoho/refresh-token-refused" });
  expect(workOf(await world.run([portalToBackoffice]))).toEqual({ [portalToBackoffice]: "+1 ~0 -0 waiting 0 held 0 failed 0" });
  expect(await world.rows()).toMatchObject([{ portal_lead_id: id, zoho_lead_id: null, is_gozo: true }]);
});
