import { describe, expect, it } from "vitest";
import { checkSpecs } from "../../src/spec/check-specs.js";
import { settleSpec } from "../../src/spec/settle-spec.js";
import { customersText, judge, sound } from "./judge.js";
import { overlay } from "./overlay.js";
import { schemas } from "./streams.js";

const said = (over: string) => judge(overlay(customersText, over)).map(({ severity, code, message }) => `${severity} ${code}: ${message}`);
const fields = (lines: string) => said(`fields:\n  id: id\n  ${lines}\n`);

describe("checkSpecs", () => {
  it("lets records of an open stream carry undeclared fields, and warns only where the name looks like a slip", () => {
    const users = (path: string) => said(`from: { connection: crm, stream: users }\nfields:\n  id: id\n  email: ${path}\n`);
    expect(users("customFields.shirt")).toEqual([]);
    expect(users("emial")).toEqual([
      "warning spec/unknown-source-field: crm users declares no field `emial`; its records may carry more fields than declared.",
    ]);
  });

  it("asks nothing of a connection that could not say what it holds, so that its being down looks like no mistake in a spec", () => {
    const spec = sound(overlay(customersText, "from: { connection: crm, stream: nobody }\n"));
    expect(checkSpecs([spec], { ...schemas, crm: undefined })).toEqual([]);
  });

  it("follows the type through the steps, and names the step that brings the right one", () => {
    expect(fields("visits: name")).toEqual(["error spec/chain-type: `visits` is a whole number, but the value is text."]);
    expect(fields("visits: { from: name, do: [trim, integer] }")).toEqual([]);
    expect(fields("email: { from: officeId, do: [email] }")).toEqual([
      "error spec/chain-type: `email` takes text, but the value is a whole number.",
    ]);
    expect(fields("email: { from: createdAt, do: [trim] }")).toEqual([]);
    expect(fields("email: address")).toEqual(["error spec/chain-type: `email` is text, but the value is a record."]);
    expect(fields("visits: custom.anything.below")).toEqual([]);
    expect(fields("raw_data: .")).toEqual([]);
    expect(fields("since: localTime")).toEqual([
      "error spec/chain-type: `since` is a date with time, but the value is a date with time but no time zone.",
    ]);
    expect(fields("since: { from: localTime, do: [{ datetime: { zone: UTC } }] }")).toEqual([]);
  });

  it("leads paths through related records and lists", () => {
    const related =
      "from: { connection: crm, stream: customers, with: { owner: { one: users, where: { id: ownerId } }, estimates: { many: estimates, where: { customerId: id } } } }\n";
    expect(
      said(
        `${related}fields:\n  id: id\n  email: owner.email\n  value: { from: estimates, take_one: { latest: soldOn }, then: subtotal }\n`,
      ),
    ).toEqual([]);
    expect(said(`${related}fields:\n  id: id\n  value: estimates.subtotl\n`)[0]).toContain("crm estimates has no field `subtotl`");
    expect(said(`${related}fields:\n  id: id\n  value: estimates.subtotal\n`)).toEqual([
      "error spec/chain-type: `value` is a decimal number, but the value is a list.",
    ]);
    expect(fields("email: { from: notes.text, do: [{ join: ', ' }] }")).toEqual([]);
    expect(fields("email: notes.0.text")).toEqual([]);
    expect(fields("email: { join: [notes.text, name] }")).toEqual([]);
    expect(said("from: { connection: crm, stream: customers, only: { notes.text: { contains: roof } } }\n")).toEqual([]);
  });

  it("checks values that the spec gives against the target's type, choices and length", () => {
    expect(fields("visits: { value: many }")).toEqual(["error spec/chain-type: `visits` is a whole number, which `many` is not."]);
    expect(fields("kind: { from: name, map: { a: private, b: firm } }")).toEqual(["error spec/bad-value: `kind` does not take `firm`."]);
    expect(fields("zip: { value: 08 }")).toEqual([]);
    expect(fields("email: { value: null }")).toEqual([]);
  });

  it("asks for the operations that the way of writing needs", () => {
    expect(said("to: { connection: crm, stream: badges }\n")[0]).toContain("crm cannot update badges, which `write: upsert` needs.");
    expect(said("to: { connection: crm, stream: badges }\nwrite: create_only\nfields: { id: id }\n")).toEqual([]);
    expect(said("from: { connection: crm, stream: badges }\nfields: { id: id }\n")[0]).toContain("crm cannot list its badges");
  });

  it("does not ask for required fields where nothing is created", () => {
    expect(said("match: { try_in_order: [{ email: email }], when_none: skip }\nfields: { email: email }\n")).toEqual([]);
  });

  it("takes a sync that refers to itself, and a circle that a blank opens", () => {
    expect(fields("owner_id: { ref: customers, id: ownerId }")).toEqual([]);
    expect(fields("owner_id: { ref: users, id: ownerId, when_none: blank }")).toEqual([]);
    expect(fields("owner_id: { ref: users, id: ownerId }")[0]).toContain("`users` waits for `customers`, which waits for `users`");
  });
});

describe("settleSpec", () => {
  it("keeps `08` and `1e5` as written where the field is text, and reads them as numbers elsewhere", () => {
    const spec = sound(
      overlay(
        customersText,
        "from: { connection: crm, stream: customers, only: { name: [007, x], type: 01 } }\nfields:\n  id: id\n  zip: { value: 08 }\n  visits: { value: 08 }\n  email: { from: name, map: { a: 1e5, b: 2 } }\n",
      ),
    );
    const settled = settleSpec(spec, schemas);
    expect(settled.fields.slice(1)).toMatchObject([{ value: "08" }, { value: 8 }, { map: { a: "1e5", b: "2" } }]);
    expect(settled.from.only).toMatchObject({ of: [{ test: { values: ["007", "x"] } }, { test: { values: [1] } }] });
  });
});
