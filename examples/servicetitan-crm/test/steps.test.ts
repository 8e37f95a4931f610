import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openWorld, syncOf, type World } from "./world.js";

let world: World;

beforeAll(async () => {
  world = await openWorld();
}, 120_000);

afterAll(() => world?.close());

describe("the six steps", () => {
  it("carries one customer from the first job to the finished installation", async () => {
    const { tenant } = world;
    const customer = tenant.customer(1);
    const job = tenant.job(customer, "Pool - Sales");
    await world.run();
    const [contact] = world.crm.holds("contacts");
    expect(contact).toMatchObject({
      servicetitanCustomerId: String(customer),
      type: "customer",
      source: "servicetitan",
      firstName: "Ada",
      email: "ada.1@customers.example.com",
      phone: "+18135550101",
      city: "Tampa",
    });
    expect(world.opportunityOf(job)).toMatchObject({
      pipeline: "sales",
      stage: "contacted",
      status: "open",
      contact: contact?.id,
      businessUnit: "Pool - Sales",
    });

    tenant.appointment(job);
    await world.run();
    expect(world.opportunityOf(job)).toMatchObject({ stage: "appointment-scheduled" });

    const estimate = tenant.estimate(job, { name: "Heat pump", subtotal: 8400 });
    await world.run();
    expect(world.opportunityOf(job)).toMatchObject({
      stage: "proposal-sent",
      name: "Ada Hale 1 - Heat pump - 8400",
      amount: 8400,
      servicetitanEstimateId: String(estimate),
      status: "open",
    });

    tenant.sell(estimate);
    await world.run();
    expect(world.opportunityOf(job)).toMatchObject({ stage: "job-sold", status: "won", amount: 8400 });

    const install = tenant.job(customer, "Pool - Install", { createdFromEstimateId: estimate, total: 8400, jobStatus: "Scheduled" });
    await world.run();
    const moved = world.opportunityOf(install);
    expect(moved).toMatchObject({ pipeline: "install", stage: "scheduled", status: "open", servicetitanJobId: String(job) });
    expect(moved?.name).toBe(`Ada Hale 1 - Pool - Install - ${install} - 8400`);
    expect(world.crm.holds("opportunities")).toHaveLength(1);

    for (const [jobStatus, stage, status] of [
      ["InProgress", "in-progress", "open"],
      ["Hold", "on-hold", "open"],
      ["InProgress", "in-progress", "open"],
      ["Hold", "on-hold", "open"],
      ["Scheduled", "in-progress", "open"], // back from hold, and not further back than it was
      ["Completed", "job-completed", "won"],
      ["Scheduled", "job-completed", "won"],
    ] as const) {
      tenant.set("jobs", install, { jobStatus });
      await world.run();
      expect(world.opportunityOf(install), jobStatus).toMatchObject({ stage, status, pipeline: "install" });
    }
    expect(world.opportunityOf(job)).toMatchObject({ name: moved?.name });
  }, 120_000);

  it("goes into install by the customer where the install job does not say from which estimate it was made", async () => {
    const { tenant } = world;
    const customer = tenant.customer(2);
    const job = tenant.job(customer, "Electrical - Service");
    tenant.sell(tenant.estimate(job));
    await world.run();
    const install = tenant.job(customer, "Electrical - Install", { jobStatus: "Hold" });
    await world.run();
    expect(world.opportunityOf(install)).toMatchObject({ servicetitanJobId: String(job), pipeline: "install", stage: "on-hold" });
  }, 120_000);

  it("asks a person where two opportunities of the customer could be meant", async () => {
    const { tenant } = world;
    const customer = tenant.customer(3);
    for (const unit of ["Pool - Sales", "Electrical - Sales"]) tenant.sell(tenant.estimate(tenant.job(customer, unit)));
    await world.run();
    const install = tenant.job(customer, "Pool - Install");
    await world.run();
    const [held] = await world.engine.held({ sync: "install-opportunities" });
    expect(held).toMatchObject({ sourceId: String(install), code: "held/several-matches" });
    await world.engine.resolve("install-opportunities", String(install), { action: "ignore" });
  }, 120_000);
});

describe("what must not happen", () => {
  it("leaves an opportunity in Job Sold when its estimate is dismissed after all, and in Estimate Lost when it is sold after all", async () => {
    const { tenant } = world;
    const [won, lost] = [tenant.job(tenant.customer(4), "Pool - Sales"), tenant.job(tenant.customer(5), "Pool - Sales")];
    const [sold, dismissed] = [tenant.estimate(won), tenant.estimate(lost)];
    tenant.sell(sold);
    tenant.dismiss(dismissed);
    await world.run();
    expect(world.opportunityOf(lost)).toMatchObject({ stage: "estimate-lost", status: "lost" });
    tenant.dismiss(sold);
    tenant.sell(dismissed);
    await world.run();
    expect(world.opportunityOf(won)).toMatchObject({ stage: "job-sold", status: "won" });
    expect(world.opportunityOf(lost)).toMatchObject({ stage: "estimate-lost", status: "lost" });
  }, 120_000);

  it("leaves a follow-up that a person set where it is, and what a person typed", async () => {
    const { tenant } = world;
    const job = tenant.job(tenant.customer(6), "Pool - Sales");
    const estimate = tenant.estimate(job);
    await world.run();
    world.edit(job, { stage: "estimate-follow-up", name: "Call Ada on Friday" });
    tenant.appointment(job);
    tenant.set("estimates", estimate, { subtotal: 9000 });
    await world.run();
    expect(world.opportunityOf(job)).toMatchObject({ stage: "estimate-follow-up", name: "Call Ada on Friday", amount: 9000 });
  }, 120_000);

  it("makes no contact and no opportunity of work that is older than 14 days", async () => {
    const { tenant } = world;
    tenant.daysPass(-20);
    const customer = tenant.customer(7);
    const job = tenant.job(customer, "Pool - Service");
    tenant.daysPass(20);
    const report = await world.run();
    expect(report.status).toBe("done");
    expect(world.opportunityOf(job)).toBeUndefined();
    expect(world.crm.holds("contacts").some((one) => one.servicetitanCustomerId === String(customer))).toBe(false);
  }, 120_000);

  it("makes no second contact of a customer that was merged away, and keeps the first", async () => {
    const { tenant } = world;
    const [stays, goes] = [tenant.customer(8), tenant.customer(9)];
    for (const id of [stays, goes]) tenant.job(id, "Pool - Service");
    await world.run();
    const before = world.crm.holds("contacts").length;
    tenant.set("customers", goes, { active: false, mergedToId: stays, name: "Merged" });
    await world.run();
    const contacts = world.crm.holds("contacts");
    expect(contacts).toHaveLength(before);
    expect(contacts.find((one) => one.servicetitanCustomerId === String(goes))).toMatchObject({ firstName: "Ada" });
  }, 120_000);
});

describe("bad input", () => {
  it("holds a job of a business unit that is not in the table, until the unit is one that is", async () => {
    const { tenant } = world;
    const jobs = [tenant.job(tenant.customer(10), "Spa - Repairs"), tenant.job(tenant.customer(11), "Spa - Install")];
    const report = await world.run();
    expect(syncOf(report, "sales-opportunities").held).toBe(1);
    expect(syncOf(report, "install-opportunities").held).toBe(1);
    const held = await world.engine.held();
    expect(held.map((one) => [one.sourceId, one.field, one.code])).toEqual(
      jobs.map((id) => [String(id), "unitPipeline", "held/invalid-value"]),
    );
    for (const id of jobs) expect(world.opportunityOf(id)).toBeUndefined();
    tenant.set("jobs", jobs[0] ?? 0, { businessUnitId: tenant.unit("Pool - Service") });
    tenant.set("jobs", jobs[1] ?? 0, { businessUnitId: tenant.unit("Pool - Install") });
    await world.run();
    expect(world.opportunityOf(jobs[0] ?? 0)).toMatchObject({ pipeline: "sales" });
    expect(world.opportunityOf(jobs[1] ?? 0)).toMatchObject({ pipeline: "install" });
  }, 120_000);

  it("lets a job wait whose customer is missing, and writes it when the customer has come", async () => {
    const { tenant } = world;
    const ghost = 99_000_001;
    const job = tenant.job(ghost, "Pool - Sales");
    const report = await world.run();
    expect(syncOf(report, "sales-opportunities")).toMatchObject({ waiting: 1, held: 0, failed: 0 });
    tenant.simulator.add("customers", { id: ghost, name: "Grace Late", active: true, address: null, mergedToId: null });
    await world.run();
    expect(world.opportunityOf(job)).toMatchObject({ stage: "contacted", name: "Grace Late" });
  }, 120_000);
});

describe("back to ServiceTitan", () => {
  it("assigns a technician, and takes the assignment back when it is taken out of the CRM", async () => {
    const { tenant, crm } = world;
    const technicians = ["Tess Wire", "Omar Pipe"].map((name) => Number(tenant.simulator.add("technicians", { name, active: true }).id));
    const job = tenant.job(tenant.customer(12), "Pool - Service");
    const appointment = tenant.appointment(job);
    const [assignment] = technicians.map((id) =>
      crm.add("assignments", { servicetitanAppointmentId: appointment, servicetitanTechnicianId: id }),
    );
    const assigned = () =>
      tenant.simulator
        .holds("appointment_assignments")
        .filter((one) => one.appointmentId === appointment && one.active === true)
        .map((one) => one.technicianId);
    const report = await world.run();
    expect(syncOf(report, "technician-assignments"), JSON.stringify(report.syncs)).toMatchObject({ created: 2 });
    expect(assigned()).toEqual(technicians);
    crm.remove("assignments", String(assignment?.id));
    await world.run({ full: true });
    expect(assigned()).toEqual(technicians.slice(1));
  }, 120_000);

  it("dismisses the estimate of an opportunity that a person puts to Estimate Lost", async () => {
    const { tenant } = world;
    const job = tenant.job(tenant.customer(13), "Pool - Sales");
    const estimate = tenant.estimate(job);
    await world.run();
    world.edit(job, { stage: "estimate-lost", status: "lost" });
    await world.run();
    expect(tenant.simulator.holds("estimates").find((one) => one.id === estimate)).toMatchObject({ status: { name: "Dismissed" } });
    await world.run();
    expect(world.opportunityOf(job)).toMatchObject({ stage: "estimate-lost", status: "lost" });
  }, 120_000);

  it("pushes the pricebook: an item that ServiceTitan has by its code is changed, others are made, none twice", async () => {
    const { tenant, crm } = world;
    const id = tenant.simulator.add("services", { code: "PUMP-1", description: "Old", price: 100, categories: [], active: true }).id;
    const product = { name: "Pump", description: "A new pump", hours: 2, active: true };
    crm.add("products", { code: "PUMP-1", price: 120, ...product });
    crm.add("products", { code: "PUMP-2", price: 220.5, ...product });
    const report = await world.run();
    expect(syncOf(report, "pricebook-services")).toMatchObject({ created: 1, updated: 1, failed: 0 });
    const services = tenant.simulator.holds("services");
    expect(services.map((one) => [one.code, one.price, one.description])).toEqual([
      ["PUMP-1", 120, "A new pump"],
      ["PUMP-2", 220.5, "A new pump"],
    ]);
    expect(services[0]?.id).toBe(id);
    const again = await world.run({ full: true });
    expect(syncOf(again, "pricebook-services")).toMatchObject({ created: 0, updated: 0, held: 0, failed: 0 });
  }, 120_000);
});
