import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { folder, openWorld, paths, visitor, type World, workOf } from "./world.js";

const { portalToZoho, zohoToBackoffice, portalToBackoffice } = paths;

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

/** By the backup path first, then by Zoho: both must say the same. */
async function bothWays(count: number): Promise<void> {
  expect(workOf(await world.run([portalToBackoffice]))).toEqual({ [portalToBackoffice]: `+${count} ~0 -0 waiting 0 held 0 failed 0` });
  const direct = await world.rows();
  expect(workOf(await world.run([portalToZoho]))).toEqual({ [portalToZoho]: `+${count} ~0 -0 waiting 0 held 0 failed 0` });
  expect(workOf(await world.run([zohoToBackoffice]))).toEqual({ [zohoToBackoffice]: `+0 ~${count} -0 waiting 0 held 0 failed 0` });
  const throughZoho = await world.rows();
  expect(throughZoho.map((row) => ({ ...row, zoho_lead_id: null }))).toEqual(direct);
}

describe("full names", () => {
  const names: readonly (readonly [string, string | null, string])[] = [
    ["Maria Borg", "Maria", "Borg"],
    ["  Maria   Borg ", "Maria", "Borg"],
    ["Borg, Maria", "Maria", "Borg"],
    ["Mifsud Bonnici, Ugo", "Ugo", "Mifsud Bonnici"],
    ["Borg Cardona, Josef Maria", "Josef Maria", "Borg Cardona"],
    ["Anne Marie Zammit", "Anne Marie", "Zammit"],
    ["Jean-Luc Camilleri-Tonna", "Jean-Luc", "Camilleri-Tonna"],
    ["Ġorġ Għaxaq", "Ġorġ", "Għaxaq"],
    ["Jan van der Berg", "Jan", "van der Berg"],
    ["Maria de la Cruz", "Maria", "de la Cruz"],
    ["Sinead O'Brien", "Sinead", "O'Brien"],
    ["Dr. Carmen Attard", "Carmen", "Attard"],
    ["Joe Farrugia Jr.", "Joe", "Farrugia"],
    ["J. P. Spiteri", "J. P.", "Spiteri"],
    ["Zahra", null, "Zahra"],
    // Nothing tells that both last words are one surname; written with a comma, as above, it is known.
    ["Ugo Mifsud Bonnici", "Ugo Mifsud", "Bonnici"],
  ];

  test("are split as people are really called, the same by both ways; a single name is a last one, which Zoho asks for", async () => {
    for (const [at, [name]] of names.entries()) await world.portalLead(visitor(name, `p${String(at).padStart(2, "0")}@example.test`));
    await bothWays(names.length);
    expect((await world.rows()).map((row) => [row.first_name, row.last_name])).toEqual(names.map(([, first, last]) => [first, last]));
  });
});

describe("Gozo", () => {
  const inside: Readonly<Record<string, readonly [number, number]>> = {
    "Victoria, in the middle": [36.0444, 14.2397],
    "Mġarr harbour, in the south": [36.0253, 14.2989],
    "Dwejra, on the west coast": [36.0486, 14.1886],
    "Marsalforn, on the north coast": [36.0719, 14.2567],
    "Qala, in the east": [36.0361, 14.3097],
    "a corner of the polygon, which counts as inside": [36.086, 14.213],
    "just inside that corner": [36.0859, 14.213],
  };
  const outside: Readonly<Record<string, readonly [number, number]>> = {
    "just outside that corner": [36.0861, 14.213],
    "Comino, which lies in Gozo's box": [36.0142, 14.3231],
    "Comino's other bay, in the box as well": [36.0192, 14.3372],
    "the open sea in the box's north-east corner": [36.08, 14.35],
    "Ċirkewwa, where the ferry leaves Malta": [35.9886, 14.3289],
    Valletta: [35.8989, 14.5146],
    "nowhere: zero and zero": [0, 0],
    "Victoria with latitude and longitude changed over": [14.2397, 36.0444],
  };
  const places = [...Object.entries(inside), ...Object.entries(outside)];

  test("is told by the island's outline and not by a box, up to its edge, the same by both ways", async () => {
    for (const [at, [, [latitude, longitude]]] of places.entries())
      await world.portalLead(visitor("Maria Borg", `p${String(at).padStart(2, "0")}@example.test`, { latitude, longitude }));
    await bothWays(places.length);
    const told = (await world.rows()).map((row, at) => [places[at]?.[0], row.is_gozo]);
    expect(told).toEqual(places.map(([name]) => [name, Object.hasOwn(inside, name)]));
  });

  test("has an outline whose box holds Comino, so that the places above tell the two apart", async () => {
    const area = JSON.parse(await readFile(resolve(folder, "areas/gozo.geojson"), "utf8")) as {
      geometry: { coordinates: [number, number][][] };
    };
    const ring = area.geometry.coordinates[0] ?? [];
    const [longitudes, latitudes] = [ring.map(([x]) => x), ring.map(([, y]) => y)];
    for (const name of ["Comino, which lies in Gozo's box", "Comino's other bay, in the box as well"]) {
      const [latitude, longitude] = outside[name] ?? [Number.NaN, Number.NaN];
      expect(latitude).toBeGreaterThan(Math.min(...latitudes));
      expect(latitude).toBeLessThan(Math.max(...latitudes));
      expect(longitude).toBeGreaterThan(Math.min(...longitudes));
      expect(longitude).toBeLessThan(Math.max(...longitudes));
    }
  });

  test("is not guessed from half a point or from one that is nowhere on earth: such a lead is held", async () => {
    await world.portalLead(visitor("Maria Borg", "half@example.test", { longitude: null }));
    await world.portalLead(visitor("Maria Borg", "nowhere@example.test", { latitude: 136.0444 }));
    await world.portalLead(visitor("Maria Borg", "none@example.test", { latitude: null, longitude: null }));
    expect(workOf(await world.run([portalToBackoffice]))).toEqual({ [portalToBackoffice]: "+1 ~0 -0 waiting 0 held 2 failed 0" });
    expect(await world.rows()).toMatchObject([{ email: "none@example.test", is_gozo: null }]);
    const held = await world.engine.held();
    expect(held.map((one) => [one.code, one.field])).toEqual(Array.from({ length: 2 }, () => ["held/invalid-value", "is_gozo"]));
  });
});

describe("statuses", () => {
  test("of Zoho that the spec does not know are held and not guessed, and go on once they are known", async () => {
    const lead = world.zoho.add("Leads", { Last_Name: "Borg", Email: "maria@example.test", Lead_Status: "Site Visit" });
    world.zoho.add("Leads", { Last_Name: "Vella", Email: "vella@example.test", Lead_Status: "Contact in Future" });
    expect(workOf(await world.run([zohoToBackoffice]))).toEqual({ [zohoToBackoffice]: "+1 ~0 -0 waiting 0 held 1 failed 0" });
    expect(await world.rows()).toMatchObject([{ email: "vella@example.test", status: "contacted" }]);
    expect(await world.engine.held()).toMatchObject([{ sync: zohoToBackoffice, sourceId: lead.id, field: "status", state: "held" }]);
    world.zoho.change("Leads", String(lead.id), { Lead_Status: "Contacted" });
    await world.run([zohoToBackoffice]);
    expect(await world.row("maria@example.test")).toMatchObject({ status: "contacted" });
    expect(await world.engine.held()).toEqual([]);
  });

  test("that become unknown later leave the back office's row as it was", async () => {
    await world.portalLead(visitor("Maria Borg", "maria@example.test"));
    for (const path of [portalToZoho, zohoToBackoffice]) await world.run([path]);
    const before = await world.rows();
    world.zoho.change("Leads", String(world.zohoLead("maria@example.test")?.id), { Lead_Status: "Site Visit", Quote_Amount: 1 });
    expect(workOf(await world.run([zohoToBackoffice]))).toEqual({ [zohoToBackoffice]: "+0 ~0 -0 waiting 0 held 1 failed 0" });
    expect(await world.rows()).toEqual(before);
  });

  test("of the portal that no map knows are held on both of its ways, before Zoho or the back office is asked", async () => {
    await world.portalLead(visitor("Maria Borg", "maria@example.test", { status: "dreaming" }));
    for (const path of [portalToZoho, portalToBackoffice])
      expect(workOf(await world.run([path]))).toEqual({ [path]: "+0 ~0 -0 waiting 0 held 1 failed 0" });
    expect(world.zoho.holds("Leads")).toEqual([]);
    expect(await world.rows()).toEqual([]);
  });
});
