import { describe, expect, test } from "vitest";
import { connect, doneOf, errorOf } from "./connect.js";

const company = {
  name: "Example & Sons",
  type: "Company",
  salesStatus: "Lead",
  timezone: "America/Denver",
  isBilling: true,
  isActive: true,
};

describe("writes", () => {
  test("name the path as their type, whatever reads call it, and turn keys into numbers and relationships", async () => {
    const { stream, call, simulator } = await connect();
    const { key } = doneOf(await stream("profiles").create?.([{ name: "Ada North", companyId: "1001" }], call));
    expect(simulator.holds("profiles").at(-1)).toMatchObject({ id: key, companyId: "1001" });
    const order = { name: "Nails", workDate: "2026-02-01", price: "5.00", externalId: "x-1", production: "9003" };
    doneOf(await stream("purchase_orders").create?.([order], call));
    expect(simulator.holds("purchase_orders").at(-1)).toMatchObject({ name: "Nails", productionId: "9003" });
  });

  test("know two attributes of companies and the cost of material in another spelling than reads do", async () => {
    const { stream, call, simulator } = await connect();
    doneOf(await stream("companies").create?.([company], call));
    expect(simulator.holds("companies").at(-1)).toMatchObject({ isBilling: true, isActive: true });
    doneOf(await stream("production_materials").create?.([{ name: "Felt", quantity: "1.00", unitCost: "2.50", production: "9003" }], call));
    expect(simulator.holds("production_materials").at(-1)).toMatchObject({ unitCost: "2.50" });
  });

  test("send only what changed", async () => {
    const { stream, call, simulator } = await connect();
    const before = simulator.holds("companies")[0];
    doneOf(await stream("companies").update?.([{ key: "1001", set: { website: "https://a.example.com", manager: "1002" } }], call));
    const { website, manager, updatedAt, managerId, ...rest } = simulator.holds("companies")[0] ?? {};
    expect(website).toBe("https://a.example.com");
    expect(manager).toMatchObject({ id: "1002" });
    expect(before).toMatchObject(rest);
  });

  test("are judged one by one: a refused record holds itself and names the field, the others are written", async () => {
    const { stream, call, simulator } = await connect();
    const outcomes = await stream("companies").create?.(
      [company, { ...company, timezone: "Europe/Berlin" }, { ...company, name: "Third" }],
      call,
    );
    expect(outcomes?.map((outcome) => outcome.ok)).toEqual([true, false, true]);
    expect(errorOf(outcomes?.slice(1))).toMatchObject({
      code: "centerpoint/refused",
      next: "hold-record",
      field: "timezone",
      inDoubt: false,
    });
    expect(simulator.holds("companies")).toHaveLength(25);
  });

  test("that stop the run stop the rest of the batch, which is told as not tried and not in doubt", async () => {
    const { stream, call, simulator } = await connect();
    simulator.api.mode = "refuses";
    simulator.traffic.reset();
    const outcomes = await stream("companies").create?.([company, company], call);
    expect(outcomes?.map((outcome) => !outcome.ok && outcome.error.next)).toEqual(["stop-run", "stop-run"]);
    expect(errorOf(outcomes?.slice(1))).toMatchObject({ message: expect.stringContaining("Not tried"), inDoubt: false });
    expect(simulator.traffic.requests).toBe(1);
  });

  test("that create are never repeated: one without an answer is in doubt, and there is no second record", async () => {
    const { stream, call, simulator } = await connect();
    simulator.faults.next("cut");
    expect(errorOf(await stream("companies").create?.([company], call))).toMatchObject({ next: "hold-record", inDoubt: true });
    expect(simulator.holds("companies")).toHaveLength(24);
  });

  test("that change are repeated, because the same values once more change nothing", async () => {
    const { stream, call, simulator } = await connect();
    simulator.faults.next("cut");
    doneOf(await stream("companies").update?.([{ key: "1001", set: { website: "https://a.example.com" } }], call));
  });

  test("of what only the vendor writes are refused before anything is sent", async () => {
    const { stream, call, simulator } = await connect();
    simulator.traffic.reset();
    expect(errorOf(await stream("companies").update?.([{ key: "1001", set: { propertyCount: 3 } }], call))).toMatchObject({
      code: "centerpoint/not-writable",
      field: "propertyCount",
    });
    expect(simulator.traffic.requests).toBe(0);
  });

  test("of notes give the id, which is all that is ever seen of them", async () => {
    const { stream, call, simulator } = await connect();
    const { key } = doneOf(
      await stream("notes").create?.([{ title: "Call", body: "<p>Leak.</p>", subject: "9001", causer: "1001" }], call),
    );
    expect(simulator.holds("notes").at(-1)).toMatchObject({ id: key, subjectId: "9001" });
    expect(stream("notes").read).toBeUndefined();
    expect(stream("notes").delete).toBeUndefined();
  });
});

describe("a job's stage", () => {
  const stageOf = (job: unknown) => (job as { workflowStage?: { name?: string } } | undefined)?.workflowStage?.name;

  async function job(stage: string) {
    const connected = await connect();
    connected.simulator.change("services", "9001", { relations: { workflowStage: stage } });
    const move = async (workflowStage: unknown) =>
      connected.stream("services").update?.([{ key: "9001", set: { workflowStage } }], connected.call);
    const steps = () => connected.simulator.traffic.paths().filter((path) => path.endsWith("/production_stage_transitions")).length;
    return { ...connected, move, steps, now: () => stageOf(connected.simulator.holds("services")[0]) };
  }

  test("is moved one transition at a time, with a look at the job between, and forwards without passing the goal", async () => {
    const { move, now, steps } = await job("14");
    doneOf(await move("18"));
    expect(now()).toBe("In Progress");
    expect(steps()).toBe(4);
  });

  test("goes back the same way", async () => {
    const { move, now, steps } = await job("19");
    doneOf(await move({ id: "16" }));
    expect([now(), steps()]).toEqual(["Scheduled", 3]);
  });

  test("is not touched where it is the wanted one already", async () => {
    const { move, steps } = await job("16");
    doneOf(await move("Scheduled"));
    expect(steps()).toBe(0);
  });

  test("of a name that two pipelines share is taken only where a transition leads there; else nobody knows which is meant", async () => {
    const near = await job("14");
    doneOf(await near.move("Accepted"));
    expect(near.now()).toBe("Accepted");
    const far = await job("19");
    expect(errorOf(await far.move("Accepted"))).toMatchObject({ code: "centerpoint/not-writable", hint: "Give the id." });
    expect(far.steps()).toBe(0);
  });

  test("of another pipeline is never reached, and no step is taken on the way to nowhere", async () => {
    const { move, steps } = await job("22");
    expect(errorOf(await move("25"))).toMatchObject({
      code: "centerpoint/no-transition",
      next: "hold-record",
      field: "workflowStage",
      inDoubt: false,
    });
    expect(steps()).toBe(0);
  });

  test("whose way breaks off in the middle says how far it came, and is in doubt", async () => {
    const { simulator, move, now } = await job("14");
    let sent = 0;
    simulator.faults.next("500", 1, (path) => path.endsWith("/production_stage_transitions") && ++sent === 2);
    const error = errorOf(await move("17"));
    expect(error).toMatchObject({ code: "centerpoint/half-moved", next: "hold-record", inDoubt: true });
    expect(error.message).toContain('1 steps, to "Accepted"');
    expect(now()).toBe("Accepted");
  });

  test("that takes more steps than are allowed ends with words about it, not in a loop", async () => {
    const { simulator, connection, call } = await connect({ options: { assumptions: { maxStageSteps: 2 } } });
    simulator.change("services", "9001", { relations: { workflowStage: "14" } });
    const services = (await connection.streams(call)).find(({ name }) => name === "services");
    expect(errorOf(await services?.update?.([{ key: "9001", set: { workflowStage: "20" } }], call))).toMatchObject({
      code: "centerpoint/no-transition",
      inDoubt: true,
    });
  });

  test("comes after the other fields; where it fails, the error says that they were written", async () => {
    const { stream, call, simulator } = await connect();
    simulator.change("services", "9001", { relations: { workflowStage: "22" } });
    const error = errorOf(await stream("services").update?.([{ key: "9001", set: { description: "New", workflowStage: "30" } }], call));
    expect(error).toMatchObject({ code: "centerpoint/half-done", inDoubt: true });
    expect(simulator.holds("services")[0]?.description).toBe("New");
  });
});
