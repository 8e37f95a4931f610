import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Desk, openDesk, planIn } from "./desk.js";

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(async () => {
  await desk.close();
  await rm(desk.folder, { recursive: true, force: true });
});

const contacts = "select office_id, name, phone, city from crm.contacts order by id";
const neverStack = /^\s+at /m;

// One story, in its order: each part goes on from what the one before has left.
describe("a first run", () => {
  it("stops before its first write where nobody can be asked, says what asks and what to type, and ends with 1", async () => {
    const { code, out, err } = await desk.on("sync");
    expect(code, err).toBe(1);
    expect(out).toContain("This is the first run of this sync: 4 to create, 0 to update, 0 to delete.");
    expect(out).toContain("a guard wants a person's approval first");
    expect(out).toContain(`fieldwright --project ${desk.folder} apply ${planIn(out)}`);
    expect(await desk.rows(contacts)).toEqual([]);
  });

  it("is listed as waiting for approval, among what is held and among the plans", async () => {
    const held = await desk.on("held");
    expect(held.code).toBe(0);
    expect(held.out).toMatch(/Plans that wait for approval\n {2}[2-9a-z]{6} {2}waits for approval/);
    const [entry] = (await desk.json("plans")) as unknown as { id: string; status: string; syncs: string[] }[];
    expect(entry).toMatchObject({ id: planIn(held.out), status: "asks" });
  });

  it("shows the plan before it asks, and writes nothing without a yes", async () => {
    const id = planIn((await desk.on("held")).out);
    const { code, out } = await desk.on("apply", id);
    expect(code).toBe(1);
    expect(out).toContain("create 4   update 0   unchanged 0   waiting 0   held 0        can be undone: 4 of 4");
    expect(out).toContain(`Nothing was written. To carry it out:  fieldwright --project ${desk.folder} apply ${id} --yes`);
    expect(await desk.json("apply", id)).toMatchObject({ plan: id, applied: false });
    expect(await desk.rows(contacts)).toEqual([]);
  });

  it("is carried out in part where only a part is chosen, and then as a whole, with who approved it", async () => {
    const id = planIn((await desk.on("held")).out);
    const none = await desk.on("apply", id, "--yes", "--only", "nobody");
    expect(none.out).toContain("No change of the plan fits --only and --except.");
    const part = await desk.on("apply", id, "--yes", "--by", "Ada", "--only", "1", "2");
    expect(part.code, part.err).toBe(0);
    expect((await desk.rows(contacts)).map((row) => row.office_id)).toEqual([1, 2]);
    const all = await desk.json("apply", id, "--yes", "--by", "Ada");
    expect(all).toMatchObject({ plan: id, applied: true, status: "done" });
    expect((await desk.rows(contacts)).map((row) => row.office_id)).toEqual([1, 2, 3, 4]);
    expect((await desk.on("plans")).out).toMatch(new RegExp(`${id} +sync +carried out, by Ada`));
  });

  it("refuses a plan that was carried out, with what to do, and ends with 2", async () => {
    const id = ((await desk.json("plans")) as unknown as { id: string }[])[0]?.id ?? "";
    const { code, err } = await desk.on("apply", id, "--yes");
    expect(err).toContain(`Plan ${id} has been carried out already.`);
    expect(err).toContain("hint: Make a new one with `fieldwright plan`.");
    expect(err).not.toMatch(neverStack);
    expect(code).toBe(2);
  });
});

describe("the plan of a week's changes", () => {
  let id: string;

  it("shows every kind of line, and writes to no target", async () => {
    await desk.happens("change.sql");
    const before = await desk.rows(contacts);
    const { code, out, err } = await desk.on("plan", "--full");
    id = planIn(out.slice(out.indexOf("\nPlan ")));
    expect(code, err).toBe(1); // two are held
    for (const line of [
      /^ {2}- contacts \d+ "Dot Marsh" .*gone at the source$/m,
      /^ {2}\? customers 5 {2}held: 2 records of contacts fit email: 5, 6\. {2}held\/several-matches$/m,
      /^ {2}~ contacts 7 {2}from customers 6 {2}matched by email finn@example\.com {2}line \d+$/m,
      /^ {6}city +Denver -> Aurora +line 17$/m,
      /^ {6}phone +\(blank\) -> \+13035550999 +protect\.only_if_blank +line 20$/m,
      /^ {6}name +kept: a person changed it, .* protect\.keep_human_edits +line 21$/m,
      /^ {6}stage {2}held back: job-sold would become contacted {2}stages rule 1 {2}line \d+$/m,
      /^ {2}\+ new contacts "Hana 花 Mori" {2}from customers 8/m,
      /^ {2}… jobs 14 {2}`contact_id` waits until customers has linked its record 99\./m,
      /^ {2}Guards: changes /m,
      /can be undone: 3 of 4/,
    ])
      expect(out).toMatch(line);
    expect(out).toContain(`Nothing was written to a target. To do it:  fieldwright --project ${desk.folder} apply ${id}`);
    expect(await desk.rows(contacts)).toEqual(before);
  });

  it("is kept, and can be looked at again on the screen, as a table, as a page and as JSON", async () => {
    const [csv, html] = [join(desk.folder, "plan.csv"), join(desk.folder, "plan.html")];
    const { code, out, err } = await desk.on("plans", id, "--all", "--csv", csv, "--html", html);
    expect(code, err).toBe(0);
    expect(out).toContain(`Written: ${csv}`);
    expect(out.match(/^ {2}[~+\-?=…] /gm)).toHaveLength(11);
    expect(await readFile(csv, "utf8")).toContain('"city","Denver","Aurora"');
    expect(await readFile(html, "utf8")).toContain(`<title>Plan ${id}</title>`);
    const json = await desk.json("plans", id);
    expect(json).toMatchObject({ plan: id, planned: { status: "ready", ofRun: null } });
    expect(json.changes).toHaveLength(11);
  });

  it("holds a record whose target changed after the plan was made, and carries the others out", async () => {
    await desk.happens("update crm.contacts set city = 'Salida' where office_id = 1");
    const { code, out } = await desk.on("apply", id, "--yes");
    expect(code).toBe(1);
    expect(out).toContain("fieldwright --project");
    const held = (await desk.json("held")) as { records: readonly { sourceId: string; code: string; actions: readonly string[] }[] };
    expect(held.records.map((one) => [one.sourceId, one.code])).toContainEqual(["1", "held/drifted"]);
    expect(await desk.rows("select city from crm.contacts where office_id = 1")).toEqual([{ city: "Salida" }]);
    expect(await desk.rows("select name from crm.contacts where office_id = 4")).toEqual([]);
  });
});

describe("what is held", () => {
  it("is listed by sync with its reason and with what can be done, and a sync that does not exist is asked back for", async () => {
    await desk.on("sync");
    const { code, out } = await desk.on("held", "--sync", "customers");
    expect(code).toBe(0);
    expect(out).toMatch(/^ {2}5 {2}2 records of contacts fit email: 5, 6\.$/m);
    expect(out).toMatch(/^ {5}held\/several-matches .* run \d+ {3}approve, link, ignore, retry$/m);
    expect(out).toMatch(/^ {2}7 {2}The value for `phone`/m);
    expect(out).toContain(`fieldwright --project ${desk.folder} link SYNC RECORD TARGET   it is this record of the target`);
    expect((await desk.on("held", "--sync", "jobs")).out).toContain("Nothing waits for a person.");
    expect((await desk.on("held", "--sync", "jobs", "--all")).out).toContain("comes back by itself");
    const unknown = await desk.on("held", "--sync", "customer");
    expect(unknown.err).toContain('Did you mean "customers"?');
    expect(unknown.code).toBe(2);
  });

  it("is answered once: approved, linked, left out or tried again, and the next run goes by it", async () => {
    expect((await desk.on("link", "customers", "5", "5", "--by", "Ada")).out).toContain(
      "5 is linked to 5, for good: the next run of customers updates it.",
    );
    const ignored = await desk.on("ignore", "customers", "7");
    expect(ignored.out).toContain("7 is left out of customers from now on.");
    expect(ignored.out).toContain(`fieldwright --project ${desk.folder} retry customers 7`);
    const approved = await desk.json("approve", "customers", "1", "--by", "Ada");
    expect(approved).toMatchObject({
      sync: "customers",
      record: "1",
      action: "approve",
      by: "Ada",
      next: expect.stringContaining("1 is approved"),
    });
    const { code, out, err } = await desk.on("sync", "--yes");
    expect(code, `${out}${err}`).toBe(0);
    expect((await desk.on("held")).out).toContain("Nothing waits for a person.");
    expect(await desk.rows("select id, office_id from crm.contacts where email = 'eve@example.com' order by id")).toEqual([
      { id: 5, office_id: 5 },
      { id: 6, office_id: null },
    ]);
    expect(await desk.rows("select city from crm.contacts where office_id = 1")).toEqual([{ city: "Aurora" }]);
  });

  it.each([
    [["approve", "customers", "8"], "Record 8 of customers does not wait for a person."],
    [["link", "customers", "8", "5"], "belongs to source record 5"],
    [["link", "customers", "8", "999"], "has no record 999"],
    [["retry", "customers", "999"], "has no record 999"],
    [["ignore", "custmers", "8"], 'no sync named "custmers"'],
    [["plans", "zzzzzz"], "There is no plan zzzzzz."],
    [["apply", "zzzzzz"], "There is no plan zzzzzz."],
    [["rollback", "999"], "There is no run 999."],
    [["rollback", "last"], '"last" is not the number of a run.'],
  ])("refuses %j with 2, in plain words with a next step", async (words, said) => {
    const { code, out, err } = await desk.on(...words);
    expect(err).toContain(said);
    expect(err).toContain("hint:");
    expect(`${out}${err}`).not.toMatch(neverStack);
    expect(code).toBe(2);
  });

  it("gives a field that a person took over back to the sync, once", async () => {
    expect(await desk.json("release", "customers", "2", "name")).toMatchObject({ released: ["name"] });
    expect((await desk.on("release", "customers", "2")).out).toContain("No field of 2 belongs to a person.");
    await desk.on("sync", "--yes");
    expect(await desk.rows("select name from crm.contacts where office_id = 2")).toEqual([{ name: "Ben R. Ortiz" }]);
  });
});

describe("rollback", () => {
  it("shows what it would take back and what it would not, and waits for a yes", async () => {
    await desk.happens(
      "update office.customers set city = 'Vail' where id in (1, 2, 3); update office.jobs set title = 'Smith roof, tiled' where id = 11",
    );
    const run = String((await desk.json("sync", "--yes")).run);
    await desk.happens("update crm.contacts set city = 'Leadville' where office_id = 2");
    const { code, out, err } = await desk.on("rollback", run);
    expect(code, err).toBe(1);
    expect(out).toMatch(new RegExp(`Plan [2-9a-z]{6} {3}takes back run ${run}`));
    expect(out).toMatch(/^ {6}city {2}Vail -> Aurora$/m);
    expect(out).toMatch(/^ {6}city {2}kept: it was changed again since; the newer value stays {2}rollback$/m);
    expect(out).toContain("Nothing was written. To carry it out:");
    const only = await desk.json("rollback", run, "--record", "1", "--yes");
    expect(only).toMatchObject({ applied: true, status: "done" });
    const city = "select office_id, city from crm.contacts where office_id in (1, 2, 3) order by office_id";
    expect(await desk.rows(city)).toEqual([
      { office_id: 1, city: "Aurora" },
      { office_id: 2, city: "Leadville" },
      { office_id: 3, city: "Vail" },
    ]);
    const shown = await desk.on("rollback", run, "--plan");
    expect(shown.code, shown.err).toBe(0);
    expect((await desk.on("apply", planIn(shown.out.slice(shown.out.indexOf("\nPlan "))), "--yes")).code).toBe(0);
    expect(await desk.rows("select title from crm.deals where job_id = 11")).toEqual([{ title: "Smith roof" }]);
    expect((await desk.on("history")).out).toContain(`rollback of run ${run}`);
    expect((await desk.on("rollback", run)).out).toContain("There is nothing to take back.");
  });
});
