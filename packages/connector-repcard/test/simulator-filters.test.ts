import { describe, expect, it } from "vitest";
import { allTime, type Json, open } from "./simulator-calls.js";

const day = (value: unknown): string => String(value).slice(0, 10);
const dayAfter = (text: string): string => new Date(Date.parse(text) + 86_400_000).toISOString().slice(0, 10);

describe("days", () => {
  it("filters customers by whole days of the last change, both days included", async () => {
    const { walk, simulator } = await open();
    const wanted = simulator.holds("customers").filter((row) => day(row.updatedAt) >= "2026-02-01" && day(row.updatedAt) <= "2026-02-20");
    const rows = await walk("/customers?last_updated_from=2026-02-01&last_updated_to=2026-02-20", 7);
    expect(wanted.length).toBeGreaterThan(5);
    expect(rows).toEqual(wanted);
  });

  it("leaves out to_date itself on appointments, so that one day asked for as from = to gives nothing", async () => {
    const { get, simulator } = await open();
    const startDay = day(simulator.holds("appointments")[0]?.startAt);
    expect((await get(`/appointments?from_date=${startDay}&to_date=${startDay}`)).rows).toEqual([]);
    const rows = (await get(`/appointments?from_date=${startDay}&to_date=${dayAfter(startDay)}`)).rows;
    expect(rows.map((row) => day(row.startAt))).toEqual(rows.map(() => startDay));
    expect(rows.length).toBeGreaterThan(0);
  });

  it("includes to_date on appointments where the settings say so", async () => {
    const { get, simulator } = await open({ toDateExclusive: false });
    const startDay = day(simulator.holds("appointments")[0]?.startAt);
    expect((await get(`/appointments?from_date=${startDay}&to_date=${startDay}`)).rows.length).toBeGreaterThan(0);
  });

  it("counts days in UTC, or in the zone of the UserTimeZone header", async () => {
    const { get, simulator } = await open();
    // 03:00 UTC on the 2nd is still the 1st in Phoenix.
    const added = simulator.add("appointments", { startAt: "2026-04-02 03:00:00", endAt: "2026-04-02 03:30:00" });
    const path = "/appointments?from_date=2026-04-01&to_date=2026-04-02&per_page=100";
    const ids = async (headers?: Record<string, string>): Promise<unknown[]> => (await get(path, headers)).rows.map((row) => row.id);
    expect(await ids()).not.toContain(added.id);
    expect(await ids({ UserTimeZone: "America/Phoenix" })).toContain(added.id);
  });

  it("refuses a time of day", async () => {
    const { get } = await open();
    const { status, json } = await get("/customers?last_updated_from=2026-01-01T10:00:00Z");
    expect([status, json.message]).toEqual([400, "The last_updated_from does not match the format Y-m-d.".replaceAll("_", " ")]);
  });

  it("refuses appointments and status logs without dates, or gives all logs where the settings say so", async () => {
    const strict = await open();
    for (const path of ["/appointments", "/customers/status-logs"]) {
      const { status, json } = await strict.get(path);
      expect([status, json.message]).toEqual([400, "The from date field is required."]);
    }
    const lax = await open({ statusLogsWithoutDates: "all" });
    expect((await lax.get("/customers/status-logs")).result.totalCount).toBe(900);
  });

  it("filters attachments by a time that their rows do not show", async () => {
    const { walk, simulator } = await open();
    const rows = await walk("/customers/attachments?from_date=2025-06-01&to_date=2025-09-01");
    expect(rows.length).toBeGreaterThan(5);
    expect(rows.length).toBeLessThan(180);
    for (const stream of ["customer_attachments", "appointment_attachments"])
      expect(simulator.holds(stream)[0]).not.toHaveProperty("createdAt");
  });
});

describe("a filtered list that was read before", () => {
  it("shows a record that has come into it since, and one that has gone no more", async () => {
    const { get, simulator } = await open();
    const read = async (): Promise<unknown[]> =>
      (await get("/customers?last_updated_from=2026-03-10&per_page=100")).rows.map((row) => row.id);
    const before = await read();
    simulator.change("customers", "500020", { city: "Nowhere" });
    expect(await read()).toEqual([500_020, ...before]);
    simulator.remove("customers", "500020");
    expect(await read()).toEqual(before);
  });
});

describe("lists of ids", () => {
  it("filters appointments by customers, outcomes, setters and closers", async () => {
    const { walk, simulator } = await open();
    const all = simulator.holds("appointments") as readonly Json[];
    const [one, two] = [all[3], all[40]] as [Json, Json];
    expect(await walk(`/appointments?${allTime}&setter_ids=${one.userId},${two.userId}`)).toEqual(
      all.filter((row) => row.userId === one.userId || row.userId === two.userId),
    );
    expect(await walk(`/appointments?${allTime}&closer_ids=9102`)).toEqual(all.filter((row) => row.closerId === 9102));
    expect(await walk(`/appointments?${allTime}&status_ids=25`)).toEqual(all.filter((row) => (row.status as Json | null)?.id === 25));
    expect(await walk(`/appointments?${allTime}&customer_ids=${(one.contact as Json).id}`)).toContainEqual(one);
  });

  it("filters status logs by users, customers and the status that came", async () => {
    const { walk, simulator } = await open();
    const all = simulator.holds("status_logs") as readonly Json[];
    expect(await walk(`/customers/status-logs?${allTime}&customer_ids=500001,500009`)).toEqual(
      all.filter((row) => [500_001, 500_009].includes(Number(row.customerId))),
    );
    expect(await walk(`/customers/status-logs?${allTime}&user_ids=9105&status_ids=78`)).toEqual(
      all.filter((row) => row.userId === 9105 && (row.statusTo as Json).id === 78),
    );
  });

  it("filters users by company and by a part of the name, customers by type, calendars by state", async () => {
    const { walk, get, simulator } = await open();
    const users = simulator.holds("users");
    expect(await walk("/users/minimal?company_id=59")).toEqual(users.filter((row) => String(row.companyName).includes("West")));
    expect(await walk("/users/minimal?search=user9103@")).toEqual([users[2]]);
    expect(await walk("/customers?searchWhereAnd[type]=2")).toEqual(simulator.holds("customers").filter((row) => row.type === 2));
    expect((await get("/calendar/lists?status=expired")).rows.map((row) => row.id)).toEqual([4]);
  });
});
