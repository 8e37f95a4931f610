import type { RunReport } from "@fieldwright/core";
import fc from "fast-check";
import { expect, test } from "vitest";
import { openWorld, paths, type Row, visitor, type World, workOf } from "./world.js";

const { portalToZoho, zohoToBackoffice, idsToPortal, portalToBackoffice } = paths;
const threePaths = [portalToZoho, zohoToBackoffice, portalToBackoffice] as const;
const everyPath = [portalToZoho, zohoToBackoffice, idsToPortal, portalToBackoffice];
/** What a day brings: each path once more, in the order of the schedule. */
const aDay = [portalToZoho, zohoToBackoffice, idsToPortal, portalToBackoffice, zohoToBackoffice];
const nothing = Object.fromEntries(everyPath.map((path) => [path, "+0 ~0 -0 waiting 0 held 0 failed 0"]));

const people = ["Maria Borg", "Vella, Ġanni", "Jean-Luc Camilleri", "Anne Marie Zammit"].map((name, n) => {
  const [first, last] = [
    ["Maria", "Borg"],
    ["Ġanni", "Vella"],
    ["Jean-Luc", "Camilleri"],
    ["Anne Marie", "Zammit"],
  ][n] as [string, string];
  return {
    id: `00000000-0000-4000-8000-00000000000${n}`,
    name,
    first,
    last,
    email: `person${n}@example.test`,
    isGozo: n % 2 === 0,
    place: n % 2 === 0 ? { latitude: "36.044400", longitude: "14.239700" } : { latitude: "35.898900", longitude: "14.514600" },
  };
});
type Person = (typeof people)[number];

async function inWorld<T>(work: (world: World) => Promise<T>): Promise<T> {
  const world = await openWorld();
  try {
    return await work(world);
  } finally {
    await world.close();
  }
}

async function visits(world: World, person: Person): Promise<void> {
  const [known] = await world.database.query("select 1 from portal.leads where id = $1", [person.id]);
  if (known === undefined) await world.portalLead(visitor(person.name, person.email, { id: person.id, ...person.place }));
}

/** Somebody types the lead into Zoho by hand, and knows little of it. */
function typed(world: World, person: Person): void {
  if (world.zohoLead(person.email) !== undefined) return;
  world.zoho.add("Leads", { Last_Name: person.last, Email: person.email, Lead_Status: "Attempted to Contact" });
}

const edits: readonly Row[] = [
  { Lead_Status: "Lost Lead" },
  { Quote_Amount: 8123.45, Payment_Method: "Cash" },
  { Last_Name: "Renamed", Loan_Term: 120 },
  { Phone: "+35679000001", With_Battery: false },
];

function edited(world: World, person: Person, set: Row): void {
  const lead = world.zohoLead(person.email);
  if (lead !== undefined) world.zoho.change("Leads", String(lead.id), set);
}

const statusOf: Readonly<Record<string, string>> = {
  "Not Contacted": "new",
  "Attempted to Contact": "contacted",
  "Lost Lead": "lost",
};

/** What the back office must hold in the end, said without the specs: Zoho's value, else the portal's. */
async function expectedRows(world: World): Promise<readonly Row[]> {
  const inPortal = new Set((await world.database.query<{ id: string }>("select id from portal.leads")).map((row) => row.id));
  return people.flatMap((person) => {
    const lead = world.zohoLead(person.email);
    if (lead === undefined) return [];
    const visited = inPortal.has(person.id);
    return [
      {
        zoho_lead_id: lead.id,
        portal_lead_id: visited ? person.id : null,
        first_name: lead.First_Name ?? (visited ? person.first : null),
        last_name: lead.Last_Name,
        email: person.email,
        phone: lead.Phone ?? (visited ? "+35699123456" : null),
        is_gozo: visited ? person.isGozo : null,
        status: statusOf[String(lead.Lead_Status)],
        quote_amount: (lead.Quote_Amount as number | null) ?? (visited ? 9750 : null),
        payment_method: lead.Payment_Method === null ? (visited ? "loan" : null) : String(lead.Payment_Method).toLowerCase(),
        loan_term: lead.Loan_Term ?? (visited ? 84 : null),
        with_battery: lead.With_Battery,
      },
    ];
  });
}

const asNumber = (value: unknown) => (value === null ? null : Number(value));

async function shownRows(world: World): Promise<readonly Row[]> {
  const ours = (await world.rows()).filter((row) => String(row.email).startsWith("person"));
  return ours.map((row) => ({
    zoho_lead_id: row.zoho_lead_id,
    portal_lead_id: row.portal_lead_id,
    first_name: row.first_name,
    last_name: row.last_name,
    email: row.email,
    phone: row.phone,
    is_gozo: row.is_gozo,
    status: row.status,
    quote_amount: asNumber(row.quote_amount),
    payment_method: row.payment_method,
    loan_term: row.loan_term,
    with_battery: row.with_battery,
  }));
}

const somebody = fc.constantFrom(...people);
const event = fc.oneof(
  { weight: 3, arbitrary: fc.record({ what: fc.constant("visits" as const), person: somebody }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant("typed" as const), person: somebody }) },
  { weight: 2, arbitrary: fc.record({ what: fc.constant("edited" as const), person: somebody, set: fc.constantFrom(...edits) }) },
  { weight: 5, arbitrary: fc.record({ what: fc.constant("run" as const), path: fc.constantFrom(...everyPath) }) },
);

/** As a schedule runs it: once the first run was approved nobody is asked, and each run reads before it decides. */
async function scheduled(world: World): Promise<(path: string) => Promise<RunReport>> {
  await world.portalLead(visitor("The First", "first@example.test"));
  for (const path of everyPath) await world.run([path]);
  return (path) => world.engine.run({ syncs: [path] });
}

for (const way of ["approved beforehand", "on a schedule"] as const)
  test(`the paths in any order, ${way}, between visits, typing and edits: one row a person, with Zoho's value or else the portal's`, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(event, { minLength: 4, maxLength: 14 }), (events) =>
        inWorld(async (world) => {
          const run = way === "on a schedule" ? await scheduled(world) : (path: string) => world.run([path]);
          for (const one of events) {
            if (one.what === "visits") await visits(world, one.person);
            else if (one.what === "typed") typed(world, one.person);
            else if (one.what === "edited") edited(world, one.person, one.set);
            else expect(await run(one.path)).toMatchObject({ status: "done" });
          }
          for (const path of aDay) expect(await run(path)).toMatchObject({ status: "done" });
          expect(await shownRows(world)).toEqual(await expectedRows(world));
          expect(workOf(await world.run(everyPath))).toEqual(nothing);
        }),
      ),
      { numRuns: 8 },
    );
  }, 240_000);

const orders = threePaths.flatMap((one) =>
  threePaths.filter((two) => two !== one).map((two) => [one, two, ...threePaths.filter((three) => three !== one && three !== two)]),
);

test("all six orders of the three paths end with the same back office, column by column", async () => {
  const ends: (readonly Row[])[] = [];
  for (const order of orders)
    await inWorld(async (world) => {
      for (const person of people.slice(0, 3)) await visits(world, person);
      for (const person of people.slice(2)) typed(world, person);
      for (const path of order) await world.run([path]);
      for (const path of aDay) await world.run([path]);
      ends.push(await world.rows());
    });
  expect(ends).toHaveLength(6);
  expect(ends[0]).toHaveLength(4);
  for (const end of ends) expect(end).toEqual(ends[0]);
}, 120_000);

test("both ways into the back office at the same moment, from two processes: no twin, and the next run has settled it", () =>
  inWorld(async (world) => {
    for (const person of people.slice(0, 2)) await visits(world, person);
    await world.run([portalToZoho]);
    // Of these two, nothing but the address says that they are the same.
    for (const person of people.slice(2)) {
      await visits(world, person);
      typed(world, person);
    }
    const other = await world.anotherEngine();
    await Promise.all([world.run([zohoToBackoffice]), other.run({ syncs: [portalToBackoffice], approve: true })]);
    expect(await world.rows()).toHaveLength(people.length);
    for (const path of aDay) expect(await world.run([path])).toMatchObject({ status: "done" });
    expect(await shownRows(world)).toEqual(await expectedRows(world));
    expect(workOf(await world.run(everyPath))).toEqual(nothing);
  }));
