import { describe, expect, test } from "vitest";
import { dayFromLocal, dayOf, localFromDay, startOf } from "../src/days.js";
import { connect, doneOf, errorOf } from "./connect.js";

const zones = [
  "America/Los_Angeles",
  "Europe/Berlin",
  "Pacific/Auckland",
  "Asia/Kolkata",
  "Pacific/Apia",
  "America/Sao_Paulo",
  "UTC",
  "Africa/Cairo",
];

describe("days", () => {
  test("go to midnight in the account's zone and back without a slip, every day of years with their clock changes", () => {
    for (const zone of zones)
      for (let ms = Date.UTC(2017, 0, 1); ms < Date.UTC(2019, 0, 1); ms += 86_400_000) {
        const day = new Date(ms).toISOString().slice(0, 10);
        expect(`${zone} ${day} ${dayOf(startOf(day, zone), zone).day}`).toBe(`${zone} ${day} ${day}`);
      }
  });

  test("are the ones that were recorded: midnight of the account's zone, not of UTC", () => {
    expect(startOf("2025-08-01", "America/Los_Angeles")).toBe(1754031600);
    expect(startOf("2018-01-12", "America/Los_Angeles")).toBe(1515744000);
    expect(dayOf(1754031600, "America/Los_Angeles")).toEqual({ day: "2025-08-01", isMidnight: true });
  });

  test("begin after the gap where clocks skip midnight, as in Sao Paulo in 2018", () => {
    const start = startOf("2018-11-04", "America/Sao_Paulo");
    expect(new Date(start * 1000).toISOString()).toBe("2018-11-04T03:00:00.000Z");
    expect(dayOf(start, "America/Sao_Paulo")).toEqual({ day: "2018-11-04", isMidnight: true });
  });

  test("are read in the account's order and refused in the other, where that can be seen", () => {
    expect(dayFromLocal("1/23/2026", "month-first")).toBe("2026-01-23");
    expect(dayFromLocal("23/1/2026", "day-first")).toBe("2026-01-23");
    expect(dayFromLocal("23/1/2026", "month-first")).toBeUndefined();
    expect(dayFromLocal("2/30/2026", "month-first")).toBeUndefined();
    expect(localFromDay("2026-01-23", "day-first")).toBe("23/01/2026");
  });
});

describe("in an account", () => {
  const sizes = { companies: 2, opportunities: 3, people: 2 };
  test("custom dates keep their day whatever this machine's or the account's zone", async () => {
    for (const timeZone of ["Pacific/Auckland", "America/Los_Angeles"]) {
      const { stream, call, read, simulator, notices } = await connect({ account: { sizes, timeZone } });
      simulator.fill("companies", "9600001", { "Contract ends": "2026-03-08" });
      expect((await read("companies"))[0]?.["Contract ends"]).toBe("2026-03-08");
      const { record } = doneOf(await stream("companies").update?.([{ key: "9600001", set: { "Contract ends": "2026-11-01" } }], call));
      expect(record?.["Contract ends"]).toBe("2026-11-01");
      expect(notices).toEqual([]);
    }
  });

  test("a date that is no midnight of the given zone is told once: the zone may not be the account's", async () => {
    const { read, notices } = await connect({ account: { sizes }, options: { timeZone: "Europe/Berlin" } });
    await read("companies");
    await read("companies");
    expect(notices).toEqual([expect.stringContaining("check `timeZone`")]);
  });

  test("close dates go both ways in an account that writes the day first", async () => {
    const { stream, call, simulator } = await connect({ account: { sizes, dateOrder: "day-first" }, options: { dateOrder: "day-first" } });
    const { key, record } = doneOf(
      await stream("opportunities").create?.([{ name: "Deal", primary_contact_id: 27_000_001, close_date: "2026-02-03" }], call),
    );
    expect(record?.close_date).toBe("2026-02-03");
    expect(simulator.holds("opportunities").find((one) => String(one.id) === key)?.close_date).toBe("3/2/2026");
  });

  test("close dates in the other order stop the stream and name the option, rather than move by months", async () => {
    const { read, simulator } = await connect({ account: { sizes, dateOrder: "day-first" } });
    simulator.change("opportunities", "4000002", { close_date: "23/1/2026" });
    await expect(read("opportunities")).rejects.toMatchObject({
      code: "copper/date-order",
      hint: expect.stringContaining("dateOrder: day-first"),
    });
  });

  test("a moment without an offset is refused, since nobody knows which one it is; a day alone begins in the account's zone", async () => {
    const { stream, call } = await connect({ account: { sizes } });
    const due = (due_date: string) => stream("tasks").create?.([{ name: "Call", due_date }], call) ?? Promise.resolve([]);
    expect(errorOf(await due("2026-04-01T15:00:00"))).toMatchObject({ next: "hold-record", field: "due_date" });
    expect(doneOf(await due("2026-04-01")).record?.due_date).toBe("2026-04-01T07:00:00.000Z");
  });
});
