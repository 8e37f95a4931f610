import { createRandom, type Random } from "@fieldwright/connector-kit/testing";
import { afterEach, describe, expect, it } from "vitest";
import { fromServiceTitan, openWorld, syncOf, type World } from "./world.js";

let world: World;
afterEach(() => world?.close());

const lines: Readonly<Record<string, readonly string[]>> = {
  sales: ["new-lead", "contacted", "appointment-scheduled", "proposal-sent", "estimate-follow-up", "job-sold"],
  install: ["estimate-approved", "pre-install-planning", "scheduled", "in-progress", "job-completed"],
};
const shut = new Set(["sales.estimate-lost", "install.job-completed"]);

/** Where each opportunity stands: "sales.contacted". */
function places(): Map<number, string> {
  return new Map(world.crm.holds("opportunities").map((one) => [Number(one.id), `${String(one.pipeline)}.${String(one.stage)}`]));
}

/** What is wrong with a move that a sync made; `highest` is the furthest stage on the line before it. */
function wrong(from: string, to: string, highest: number): string | undefined {
  if (from === to) return undefined;
  const [pipeline = ""] = from.split(".");
  const [next = "", nextStage = ""] = to.split(".");
  if (shut.has(from)) return `${from} was left for ${to}`;
  if (from === "sales.job-sold" && next !== "install") return `${from} was left for ${to}`;
  // Within one run it may have gone further on its line first: the trail tells from where it left.
  if (next !== pipeline) return pipeline === "sales" ? undefined : `${from} went to ${to}`;
  const rank = lines[next]?.indexOf(nextStage) ?? -1;
  return rank >= 0 && rank < highest ? `${from} went back to ${to}` : undefined;
}

/** Runs, and tells what moved as it must not. */
async function runAndWatch(highest: Map<number, number>): Promise<readonly string[]> {
  const before = places();
  for (const [id, place] of before) highest.set(id, Math.max(rankOf(place), keptRank(highest, id, place)));
  await world.run();
  const found: string[] = [];
  for (const [id, place] of places()) {
    const from = before.get(id);
    const problem = from === undefined ? undefined : wrong(from, place, highest.get(id) ?? -1);
    if (problem !== undefined) found.push(`${id}: ${problem}`);
    if (from?.split(".")[0] !== place.split(".")[0]) highest.set(id, rankOf(place));
  }
  return found;
}

/** From which stages opportunities left for the install pipeline, by the trail. */
async function leftFrom(): Promise<readonly unknown[]> {
  const rows = await world.engine.sql(
    `select distinct before->>'stage' as stage from fieldwright.trail
     where operation = 'update' and before->>'pipeline' = 'sales' and after->>'pipeline' = 'install'`,
  );
  return rows.map((row) => row.stage);
}

function rankOf(place: string): number {
  const [pipeline = "", stage = ""] = place.split(".");
  return lines[pipeline]?.indexOf(stage) ?? -1;
}

/** Only beside the line what was reached before counts: on it a person may have gone back. */
function keptRank(highest: ReadonlyMap<number, number>, id: number, place: string): number {
  return rankOf(place) === -1 ? (highest.get(id) ?? -1) : -1;
}

function shuffled<T>(random: Random, all: readonly T[]): T[] {
  const rest = [...all];
  return all.map(() => rest.splice(random.integer(0, rest.length - 1), 1)[0] as T);
}

describe("whatever happens, in whatever order", () => {
  it("moves no opportunity back and none out of a protected stage, in 40 random orders of the same events", async () => {
    world = await openWorld();
    const { tenant } = world;
    const random = createRandom(11);
    const stories = Array.from({ length: 40 }, (_, n) => {
      const customer = tenant.customer(n);
      const job = tenant.job(customer, "Pool - Sales");
      const estimates = [tenant.estimate(job, { subtotal: 0 }), tenant.estimate(job, { subtotal: 0 })] as const;
      let install: number | undefined;
      const status = (jobStatus: string) => () => (install === undefined ? undefined : tenant.set("jobs", install, { jobStatus }));
      return shuffled(random, [
        () => void tenant.appointment(job),
        () => tenant.set("estimates", estimates[0], { subtotal: 500 }),
        () => tenant.set("estimates", estimates[1], { subtotal: 900 }),
        () => tenant.sell(estimates[0]),
        () => tenant.dismiss(estimates[0]),
        () => tenant.dismiss(estimates[1]),
        () => {
          install = tenant.job(customer, "Pool - Install", { createdFromEstimateId: estimates[0] });
        },
        status("InProgress"),
        status("Hold"),
        status("Scheduled"),
        status("Completed"),
      ]);
    });
    await world.run();
    const highest = new Map<number, number>();
    const found: string[] = [];
    for (let step = 0; step < 11; step++) {
      for (const story of stories) story[step]?.();
      found.push(...(await runAndWatch(highest)));
    }
    expect(found).toEqual([]);
    const left = await leftFrom();
    expect(left.length).toBeGreaterThan(0);
    expect(["proposal-sent", "estimate-follow-up", "job-sold"]).toEqual(expect.arrayContaining([...left]));
    const ends = new Set(places().values());
    for (const end of ["sales.estimate-lost", "install.in-progress", "install.job-completed"]) expect(ends).toContain(end);
    expect(world.crm.holds("opportunities")).toHaveLength(40);
  }, 240_000);

  it("takes 200 random changes on both sides, keeps every promise, and comes to rest", async () => {
    world = await openWorld();
    const { tenant } = world;
    const random = createRandom(23);
    const jobs = Array.from({ length: 30 }, (_, n) =>
      tenant.job(tenant.customer(n), random.pick(["Pool - Sales", "Pool - Install", "Electrical - Service"])),
    );
    const estimates = jobs.slice(0, 20).map((job) => tenant.estimate(job));
    await world.run();
    const notes = new Map<number, string>();
    const statuses = ["Scheduled", "Dispatched", "InProgress", "Hold", "Completed", "Canceled"];
    const byPerson = (job: number, set: Readonly<Record<string, unknown>>): void => {
      if (world.opportunityOf(job) !== undefined) world.edit(job, set);
    };
    const changes: readonly ((n: number, job: number) => void)[] = [
      (_, job) => tenant.set("jobs", job, { jobStatus: random.pick(statuses) }),
      (_, job) => void tenant.appointment(job, { status: random.pick(["Scheduled", "Canceled"]) }),
      () => tenant.set("estimates", random.pick(estimates), { subtotal: random.integer(0, 9000) }),
      () => tenant.sell(random.pick(estimates)),
      () => tenant.dismiss(random.pick(estimates)),
      (n) => void tenant.job(tenant.customer(100 + n), "Pool - Service"),
      (n, job) => {
        if (world.opportunityOf(job) !== undefined) notes.set(job, `Note ${n}`);
        byPerson(job, { notes: `Note ${n}` });
      },
      (_, job) => byPerson(job, { stage: random.pick(lines[String(world.opportunityOf(job)?.pipeline)] ?? ["contacted"]) }),
    ];
    const highest = new Map<number, number>();
    const found: string[] = [];
    for (let batch = 0; batch < 10; batch++) {
      for (let n = 0; n < 20; n++) random.pick(changes)(batch * 20 + n, random.pick(jobs));
      found.push(...(await runAndWatch(highest)));
    }
    expect(found).toEqual([]);
    for (const [job, note] of notes) expect(world.opportunityOf(job)).toMatchObject({ notes: note });
    const ids = world.crm.holds("opportunities").map((one) => one.servicetitanJobId ?? one.servicetitanInstallJobId);
    expect(new Set(ids).size).toBe(ids.length);
    await world.run();
    const rest = await world.run({ full: true });
    for (const name of fromServiceTitan)
      expect(syncOf(rest, name), name).toMatchObject({ created: 0, updated: 0, deleted: 0, held: 0, failed: 0 });
  }, 240_000);
});
