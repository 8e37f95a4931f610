import type { DataRecord, Outcome } from "@fieldwright/connector-kit";
import { describe, expect, test } from "vitest";
import { type Connected, connect, doneOf, errorOf } from "./connect.js";

const sizes = { companies: 3, leads: 2, people: 3, opportunities: 2, projects: 1, tasks: 1 };
const first = "9600001";

function definitionOf({ simulator }: Connected, name: string): DataRecord {
  const found = simulator.holds("custom_field_definitions").find((definition) => definition.name === name);
  if (!found) throw new Error(`The account has no custom field ${name}.`);
  return found;
}

function alter(connected: Connected, name: string, set: DataRecord): void {
  connected.simulator.change("custom_field_definitions", String(definitionOf(connected, name).id), set);
}

async function update(connected: Connected, set: DataRecord): Promise<readonly Outcome[] | undefined> {
  return connected.stream("companies").update?.([{ key: first, set }], connected.call);
}

describe("names", () => {
  const company = ["company"];
  test("are the account's labels; a shared one and one of Copper's own carry the id, and a dot becomes _, since a dot leads to a part", async () => {
    const { stream } = await connect({
      account: {
        sizes,
        customFields: [
          { name: "Region", data_type: "String", available_on: company },
          { name: "Region", data_type: "Float", available_on: company },
          { name: "Size in sq. ft.", data_type: "Float", available_on: company },
          { name: "name", data_type: "String", available_on: company },
          { name: " Trade ", data_type: "Dropdown", options: ["A", "A", "B"], available_on: company },
        ],
      },
    });
    const { fields } = stream("companies");
    expect(fields).toMatchObject({
      "Region #705001": { type: "text" },
      "Region #705002": { type: "number" },
      "Size in sq_ ft_": { type: "number" },
      "name #705004": { type: "text" },
      name: { required: true },
      Trade: { options: ["A #2082001", "A #2082002", "B"] },
    });
    expect(fields.Region).toBeUndefined();
    expect(stream("people").fields["Size in sq_ ft_"]).toBeUndefined();
  });

  test("are written to the very field that bears them, also where two bear one label", async () => {
    const connected = await connect({
      account: {
        sizes,
        customFields: [
          { name: "Region", data_type: "String", available_on: company },
          { name: "Region", data_type: "Float", available_on: company },
        ],
      },
    });
    doneOf(await update(connected, { "Region #705002": 7 }));
    const [record] = (await connected.stream("companies").get?.([first], connected.call)) ?? [];
    expect(record).toMatchObject({ "Region #705002": 7 });
    expect(record?.["Region #705001"]).not.toBe(7);
  });
});

describe("a definition that changes in mid-run", () => {
  const before = { sizes };
  test("renamed: the record is held, with the new name, and nothing is written", async () => {
    const connected = await connect({ account: before });
    alter(connected, "Trade", { name: "Branch" });
    const state = connected.simulator.snapshot();
    expect(errorOf(await update(connected, { Trade: "Solar", name: "Other" }))).toMatchObject({
      code: "copper/field-changed",
      next: "hold-record",
      field: "Trade",
      message: 'The custom field "Trade" has changed since this run began: it is now called "Branch" in Copper. Nothing was written.',
    });
    expect(connected.simulator.snapshot()).toBe(state);
  });

  test("another field takes the old name: the wrong one is never written", async () => {
    const connected = await connect({ account: before });
    alter(connected, "Region code", { name: "Old code" });
    alter(connected, "Remarks", { name: "Region code" });
    const state = connected.simulator.snapshot();
    expect(errorOf(await update(connected, { "Region code": "NW" }))).toMatchObject({ code: "copper/field-changed" });
    expect(connected.simulator.snapshot()).toBe(state);
  });

  test("deleted, retyped, or taken from this kind of record: each is said as what it is", async () => {
    for (const [set, words] of [
      [undefined, "it was deleted in Copper"],
      [{ data_type: "Text" }, "it was a Dropdown and is now a Text"],
      [{ available_on: ["lead"] }, "a company does not have it any more"],
    ] as const) {
      const connected = await connect({ account: before });
      if (set) alter(connected, "Trade", set);
      else connected.simulator.remove("custom_field_definitions", String(definitionOf(connected, "Trade").id));
      const error = errorOf(await update(connected, { Trade: "Solar" }));
      expect(error).toMatchObject({ code: "copper/field-changed", next: "hold-record" });
      expect(error.message).toContain(words);
      expect(error.hint).not.toBe(undefined);
    }
  });

  test("an option renamed, or deleted: the record is held and names the option", async () => {
    const connected = await connect({ account: before });
    const options = definitionOf(connected, "Trade").options as readonly { id: number; name: string; rank: number }[];
    alter(connected, "Trade", { options: options.map((one) => (one.name === "Solar" ? { ...one, name: "Photovoltaics" } : one)) });
    expect(errorOf(await update(connected, { Trade: "Solar" })).message).toContain(
      'its option "Solar" is now called "Photovoltaics" in Copper',
    );
    alter(connected, "Trade", { options: options.filter((one) => one.name !== "Solar") });
    expect(errorOf(await update(connected, { Trade: "Solar" })).message).toContain('its option "Solar" was deleted in Copper');
    expect(doneOf(await update(connected, { Trade: "Roofing" })).record).toMatchObject({ Trade: "Roofing" });
  });

  test("two options swap their labels: the id that was meant is not written under the other one's label", async () => {
    const connected = await connect({ account: before });
    const [a, b, c] = definitionOf(connected, "Trade").options as readonly { id: number; name: string; rank: number }[];
    alter(connected, "Trade", { options: [{ ...a, name: b?.name }, { ...b, name: a?.name }, c] });
    expect(errorOf(await update(connected, { Trade: "Solar" }))).toMatchObject({ code: "copper/field-changed" });
  });

  test("costs one request a batch, and none where no custom field is written", async () => {
    const connected = await connect({ account: before });
    connected.simulator.traffic.reset();
    await update(connected, { details: "Plain." });
    expect(connected.simulator.traffic.paths().filter((path) => path.includes("custom_field"))).toHaveLength(0);
    const updates = ["9600001", "9600002", "9600003"].map((key) => ({ key, set: { Discount: 5 } }));
    await connected.stream("companies").update?.(updates, connected.call);
    expect(connected.simulator.traffic.paths().filter((path) => path.includes("custom_field"))).toHaveLength(1);
  });

  test("an option that was added after the load is read by its label, and the fields are asked for once for it", async () => {
    const connected = await connect({ account: before });
    const options = definitionOf(connected, "Trade").options as readonly unknown[];
    alter(connected, "Trade", { options: [...options, { id: 999, name: "Gutters", rank: 9 }] });
    for (const key of ["9600001", "9600002"]) connected.simulator.fill("companies", key, { Trade: "Gutters" });
    connected.simulator.traffic.reset();
    expect((await connected.read("companies")).slice(0, 2).map((record) => record.Trade)).toEqual(["Gutters", "Gutters"]);
    expect(connected.simulator.traffic.paths().filter((path) => path.includes("custom_field"))).toHaveLength(1);
  });

  test("an option id that the account itself does not list stops the stream: a silent blank would be written on", async () => {
    const connected = await connect({ account: before });
    connected.simulator.change("companies", first, {
      custom_fields: [{ custom_field_definition_id: definitionOf(connected, "Trade").id, value: 4242 }],
    });
    await expect(connected.read("companies")).rejects.toMatchObject({ code: "copper/unknown-option", next: "stop-stream", field: "Trade" });
  });
});

describe("values", () => {
  test("that do not fit are held before anything is sent, with field and reason", async () => {
    const connected = await connect({ account: { sizes } });
    connected.simulator.traffic.reset();
    for (const [set, words] of [
      [{ Trade: "Plumbing" }, '"Trade" has no option "Plumbing". Its options are: "Roofing", "Solar", "Windows".'],
      [{ Interests: "Mail" }, '"Interests" takes a list of options'],
      [{ "Contract ends": "2026-02-30" }, '"Contract ends" takes a day as YYYY-MM-DD'],
      [{ Insured: "yes" }, '"Insured" takes true or false'],
      [{ "Roof area": "12" }, '"Roof area" takes a number'],
      [{ Discount: 12.5 }, '"Discount" takes a whole number of percent'],
      [{ "Region code": "x".repeat(256) }, '"Region code" takes at most 255 characters'],
      [{ Nothing: 1 }, 'A company has no field "Nothing"'],
      [{ interaction_count: 1 }, "Copper does not let interaction_count of a company be written"],
    ] as const) {
      const error = errorOf(await update(connected, set));
      expect(error.message).toContain(words);
      expect(error).toMatchObject({ next: "hold-record", field: Object.keys(set)[0] });
    }
    expect(connected.simulator.traffic.paths().filter((path) => path.includes("/companies"))).toEqual([]);
  });

  test("null clears each, and a checkbox that nobody set is false, not blank", async () => {
    const connected = await connect({ account: { sizes } });
    const blank = {
      "Region code": null,
      Trade: null,
      Interests: null,
      "Contract ends": null,
      Insured: null,
      "Roof area": null,
      Discount: null,
    };
    const { record } = doneOf(await update(connected, blank));
    expect(record).toMatchObject({ ...blank, Interests: [], Insured: false });
  });

  test("options of a multiselect come in the order of the definition, since Copper's own order means nothing", async () => {
    const connected = await connect({ account: { sizes } });
    expect(doneOf(await update(connected, { Interests: ["Visit", "Mail"] })).record?.Interests).toEqual(["Mail", "Visit"]);
  });
});

describe("connect fields", () => {
  const options = { connectFields: ["Parent of"] };
  test("are left out unless asked for, because each costs a request a record", async () => {
    const { stream } = await connect({ account: { sizes } });
    expect(stream("companies").fields["Parent of"]).toBeUndefined();
  });

  test("round-trip as records with type and id; what is no longer wanted is taken away", async () => {
    const connected = await connect({ account: { sizes }, options });
    const person = { type: "person", id: 27_000_001 };
    const company = { type: "company", id: 9_600_002 };
    expect(doneOf(await update(connected, { "Parent of": [person, company] })).record?.["Parent of"]).toEqual([company, person]);
    expect(doneOf(await update(connected, { "Parent of": [person] })).record?.["Parent of"]).toEqual([person]);
    expect((await connected.read("companies"))[0]?.["Parent of"]).toEqual([person]);
    expect(doneOf(await update(connected, { "Parent of": null })).record?.["Parent of"]).toEqual([]);
  });

  test("refuse what is no list of records before anything is sent", async () => {
    const connected = await connect({ account: { sizes }, options });
    expect(errorOf(await update(connected, { "Parent of": ["9600002"] }))).toMatchObject({ next: "hold-record", field: "Parent of" });
  });
});
