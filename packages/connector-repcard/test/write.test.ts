import { describe, expect, test } from "vitest";
import { connect, doneOf, errorOf } from "./connect.js";

const sizes = { customers: 12, appointments: 10, users: 6, offices: 3, teams: 6, notes: 4 };
const newCustomer = {
  firstName: "Ivy",
  lastName: "Stone",
  phoneNumber: "5550102020",
  companyName: "",
  type: 1,
  ownerEmail: "user9101@example.test",
  statusTitle: "New",
};

describe("customers", () => {
  test("a create is looked at again, because the reply lacks the status's title", async () => {
    const { stream, call } = await connect({ company: { sizes } });
    const done = doneOf(await stream("customers").create?.([{ ...newCustomer, companyName: "Stone Ltd" }], call));
    expect(done.created).toBe(true);
    expect(done.record).toMatchObject({ statusTitle: "New", ownerId: 9101, phoneNumber: "5550102020" });
  });

  test("a create without owner, status or phone is held before anything is sent, with the field to map", async () => {
    const { simulator, stream, call } = await connect({ company: { sizes } });
    const { ownerEmail: _owner, ...ownerless } = { ...newCustomer, companyName: "Stone Ltd" };
    expect(errorOf(await stream("customers").create?.([ownerless], call))).toMatchObject({ next: "hold-record", field: "ownerId" });
    expect(errorOf(await stream("customers").create?.([{ ...newCustomer, companyName: "Stone Ltd", phoneNumber: "" }], call)).field).toBe(
      "phoneNumber",
    );
    expect(simulator.traffic.requests).toBe(0);
  });

  test("a create that fails in the middle is not sent again, because twice would make two customers, and is in doubt", async () => {
    const { simulator, stream, call } = await connect({ company: { sizes } });
    simulator.faults.next("500");
    const error = errorOf(await stream("customers").create?.([{ ...newCustomer, companyName: "Stone Ltd" }], call));
    expect(error).toMatchObject({ inDoubt: true, next: "hold-record" });
    expect(simulator.traffic.requests).toBe(1);
  });

  test("an update of an unknown id makes a new customer at RepCard's: the error names both, so that somebody can undo it", async () => {
    const { simulator, stream, call } = await connect({ company: { sizes } });
    const before = simulator.holds("customers").length;
    const set = { firstName: "Lost", ownerEmail: "user9101@example.test" };
    const error = errorOf(await stream("customers").update?.([{ key: "987654", set }], call));
    const made = simulator.holds("customers").at(-1);
    expect(simulator.holds("customers")).toHaveLength(before + 1);
    expect(error).toMatchObject({ code: "repcard/created-instead", next: "hold-record" });
    expect(error.message).toContain("987654");
    expect(error.message).toContain(String(made?.id));
  });

  test("an upsert by id of an unknown one is the same accident; by email it is a create", async () => {
    const { stream, call } = await connect({ company: { sizes } });
    const record = { ...newCustomer, companyName: "Stone Ltd", email: "ivy.stone@example.test" };
    expect(errorOf(await stream("customers").upsert?.([{ ...record, id: 987654 }], ["id"], call)).code).toBe("repcard/created-instead");
    const { email: _email, ...mailless } = record;
    expect(errorOf(await stream("customers").upsert?.([mailless], ["email"], call)).field).toBe("email");
    const other = { ...record, email: "other.stone@example.test" };
    expect(doneOf(await stream("customers").upsert?.([other], ["email"], call)).created).toBe(true);
    expect(doneOf(await stream("customers").upsert?.([other], ["email"], call)).created).toBe(false);
    expect(errorOf(await stream("customers").upsert?.([record], ["phoneNumber"], call)).next).toBe("stop-stream");
  });

  test("a blank is written as an empty text, which is how RepCard says none; a status cannot be taken away", async () => {
    const { simulator, stream, call } = await connect({ company: { sizes } });
    const key = String(simulator.holds("customers")[0]?.id);
    expect(doneOf(await stream("customers").update?.([{ key, set: { address: null } }], call)).record?.address).toBe("");
    expect(errorOf(await stream("customers").update?.([{ key, set: { statusTitle: null } }], call)).field).toBe("statusTitle");
  });

  test("there is no delete of customers and appointments, and no find: RepCard has none", async () => {
    const { stream } = await connect({ company: { sizes } });
    for (const name of ["customers", "appointments"])
      expect([stream(name).delete, stream(name).find, stream(name).restore]).toEqual([undefined, undefined, undefined]);
  });
});

describe("outcomes", () => {
  test("a look that fails after a write does not make the write a failure", async () => {
    const { simulator, stream, call } = await connect({ company: { sizes }, options: { attempts: 1 } });
    const key = String(simulator.holds("customers")[0]?.id);
    simulator.faults.next("500", 1, (path) => path.includes(`/customers/${key}`));
    const done = doneOf(await stream("customers").update?.([{ key, set: { city: "Yuma" } }], call));
    expect(done).toEqual({ ok: true, key, created: false });
  });

  test("a refusal holds its record only, and a wrong key stops the rest of the batch", async () => {
    const { simulator, stream, call } = await connect({ company: { sizes } });
    const keys = simulator
      .holds("customers")
      .slice(0, 3)
      .map((record) => String(record.id));
    const set = { statusTitle: "Callback" };
    const mixed = await stream("customers").update?.(
      [
        { key: keys[0] ?? "", set: { statusTitle: "No such status" } },
        { key: keys[1] ?? "", set },
      ],
      call,
    );
    expect(mixed?.map((outcome) => outcome.ok)).toEqual([false, true]);
    simulator.traffic.reset();
    simulator.faults.next("expired-token", 1);
    const stopped = await stream("customers").update?.(
      keys.map((key) => ({ key, set })),
      call,
    );
    expect(stopped?.map((outcome) => !outcome.ok && outcome.error.next)).toEqual(["stop-run", "stop-run", "stop-run"]);
    expect(simulator.traffic.requests).toBe(1);
  });
});

describe("users", () => {
  test("a change is merged into the whole person, because RepCard replaces it", async () => {
    const { simulator, stream, call } = await connect({ company: { sizes } });
    const before = simulator.holds("users")[1];
    const done = doneOf(await stream("users").update?.([{ key: String(before?.id), set: { jobTitle: "Closer" } }], call));
    expect(done.record).toMatchObject({
      jobTitle: "Closer",
      phoneNumber: before?.phoneNumber,
      office: before?.office,
      externalId: before?.externalId,
    });
  });

  test("switching a person off sends only the switch", async () => {
    const { simulator, stream, call } = await connect({ company: { sizes } });
    const key = String(simulator.holds("users")[1]?.id);
    const done = doneOf(await stream("users").update?.([{ key, set: { status: "INACTIVE" } }], call));
    expect(done.record?.status).not.toBe("ACTIVE");
    expect(simulator.traffic.paths()).toEqual([
      expect.stringContaining(`/users/${key}/details`),
      expect.stringContaining(`/users/${key}/activate-deactivate`),
      expect.stringContaining(`/users/${key}/details`),
    ]);
  });

  test("a person can be made switched off, and a mail goes out all the same", async () => {
    const { simulator, stream, call } = await connect({ company: { sizes } });
    const record = {
      firstName: "Ada",
      lastName: "North",
      email: "ada.north@example.test",
      phoneNumber: "+15550109999",
      jobTitle: "Setter",
      role: "Setter",
      office: "Lakeside Office",
      team: "Blue",
      status: "INACTIVE",
    };
    expect(doneOf(await stream("users").create?.([record], call)).record?.status).toBe("INACTIVE");
    expect(simulator.messages.join()).toContain("ada.north@example.test");
    expect(stream("users").sideEffects).toContain("mail");
  });

  test("a new office by name moves a person, though RepCard would go by the old id", async () => {
    const { simulator, stream, call } = await connect({ company: { sizes } });
    const [first, second] = simulator.holds("users");
    const set = { office: first?.office, team: first?.team };
    expect(second?.officeId).not.toBe(first?.officeId);
    expect(doneOf(await stream("users").update?.([{ key: String(second?.id), set }], call)).record?.officeId).toBe(first?.officeId);
  });

  test("a phone number of another country is held, not cut in the wrong place", async () => {
    const { simulator, stream, call } = await connect({ company: { sizes } });
    const key = String(simulator.holds("users")[1]?.id);
    expect(errorOf(await stream("users").update?.([{ key, set: { phoneNumber: "+442079460000" } }], call)).field).toBe("phoneNumber");
    const done = doneOf(await stream("users").update?.([{ key, set: { phoneNumber: "+442079460000", countryCode: "+44" } }], call));
    expect(done.record?.phoneNumber).toBe("+442079460000");
  });
});

describe("appointments", () => {
  test("moments are written in UTC without a zone, whatever offset they come with", async () => {
    const { simulator, stream, call } = await connect({ company: { sizes } });
    const key = String(simulator.holds("appointments")[0]?.id);
    const set = { startAt: "2026-04-01T09:00:00-07:00", endAt: "2026-04-01T09:30:00-07:00" };
    expect(doneOf(await stream("appointments").update?.([{ key, set }], call)).record).toMatchObject({
      startAt: "2026-04-01 16:00:00",
      endAt: "2026-04-01 16:30:00",
    });
  });

  test("what a change answers is not what the list shows: the row is looked up", async () => {
    const { simulator, stream, call } = await connect({ company: { sizes } });
    const before = simulator.holds("appointments")[0];
    const done = doneOf(await stream("appointments").update?.([{ key: String(before?.id), set: { title: "Moved" } }], call));
    expect(done.record).toEqual(simulator.holds("appointments")[0]);
    expect(done.record).not.toHaveProperty("resourceId");
  });

  test("an outcome is set by its id or its title, one appointment a call, and cannot be taken away", async () => {
    const { simulator, stream, call } = await connect({ company: { sizes } });
    const keys = simulator
      .holds("appointments")
      .slice(0, 2)
      .map((record) => String(record.id));
    const outcomes = await stream("appointments").update?.(
      [
        { key: keys[0] ?? "", set: { status: { id: 25 } } },
        { key: keys[1] ?? "", set: { status: { id: 999_999 } } },
      ],
      call,
    );
    expect(outcomes?.map((outcome) => outcome.ok)).toEqual([true, false]);
    expect(simulator.holds("appointments")[0]?.status).toMatchObject({ id: 25 });
    expect(errorOf(await stream("appointments").update?.([{ key: keys[0] ?? "", set: { status: null } }], call)).field).toBe("status");
  });

  test("an outcome that is refused after the appointment was made says which one was made", async () => {
    const { simulator, stream, call } = await connect({ company: { sizes } });
    const record = {
      title: "New",
      calendarId: 1,
      userId: 9101,
      contact: { id: 500001 },
      startAt: "2026-04-01 16:00:00",
      endAt: "2026-04-01 16:30:00",
      status: { id: 999_999 },
    };
    const error = errorOf(await stream("appointments").create?.([record], call));
    expect(error).toMatchObject({ code: "repcard/half-done", inDoubt: true });
    expect(error.message).toContain(String(simulator.holds("appointments").at(-1)?.id));
  });
});

describe("statuses and notes", () => {
  test("a status is made, changed as a whole, and deleted", async () => {
    const { simulator, stream, call } = await connect({ company: { sizes } });
    const made = doneOf(await stream("statuses").create?.([{ statusName: "Void", shortName: "VOID", type: 1 }], call));
    expect(made.record).toMatchObject({ statusName: "Void", shortName: "VOID" });
    const changed = doneOf(await stream("statuses").update?.([{ key: made.key, set: { colour: "#000000" } }], call));
    expect(changed.record).toMatchObject({ statusName: "Void", shortName: "VOID", colour: "#000000" });
    doneOf(await stream("statuses").delete?.([made.key], call));
    expect(simulator.holds("statuses").some((status) => String(status.id) === made.key)).toBe(false);
    expect(errorOf(await stream("statuses").update?.([{ key: made.key, set: { colour: "#000000" } }], call)).next).toBe("hold-record");
  });

  test("a short name of five letters is refused with the vendor's words and its field", async () => {
    const { stream, call } = await connect({ company: { sizes } });
    expect(errorOf(await stream("statuses").create?.([{ statusName: "Void", shortName: "VOIDS", type: 1 }], call))).toMatchObject({
      field: "shortName",
      message: expect.stringContaining("The short name may not be greater than 4 characters"),
    });
  });

  test("the id of a new note is found, though RepCard does not say it, also beside another note of the same words", async () => {
    const { simulator, stream, call } = await connect({ company: { sizes } });
    const record = { customerId: 500001, userId: 9101, note: "Call back." };
    const first = doneOf(await stream("notes").create?.([record], call));
    const second = doneOf(await stream("notes").create?.([record], call));
    expect(first.key).not.toBe(second.key);
    expect(
      simulator
        .holds("notes")
        .filter((note) => note.note === "Call back.")
        .map((note) => note.id),
    ).toEqual([first.key, second.key]);
  });

  test("a note that is gone is refused, and only its text can change", async () => {
    const { stream, call } = await connect({ company: { sizes } });
    expect(errorOf(await stream("notes").delete?.(["64d4d5afa8f1909fac0d9cde"], call)).message).toContain("Invalid Note ID");
    expect(errorOf(await stream("notes").update?.([{ key: "64d4d5afa8f1909fac0d9cde", set: { userId: 9102 } }], call)).field).toBe(
      "userId",
    );
  });
});
