import type { ConnectionPromise } from "../promise.js";
import { inTrial, readable, type Trial } from "../trial.js";

// Never waited for by a connector that keeps the promise.
const slowMs = 15_000;

export const aborts: ConnectionPromise = {
  text: "an aborted call stops at once",
  per: "connection",
  async judge(subject) {
    const names = await inTrial(subject, {}, async (trial) => (await readable(subject, trial)).map((stream) => stream.name));
    for (const name of names) {
      await inTrial(subject, {}, (trial) => neverStarts(trial, name));
      await inTrial(subject, {}, (trial) => stopsBetween(trial, name));
      await inTrial(subject, {}, async (trial) => {
        if (trial.simulator.faults.kinds?.includes("slow") !== false) await stopsWaiting(trial, name);
      });
    }
  },
};

async function neverStarts(trial: Trial, name: string): Promise<void> {
  await trial.stream(name);
  const before = trial.simulator.traffic.requests;
  const outcome = await next(trial, name, AbortSignal.abort());
  if (outcome !== "threw") throw new Error(`${name}: a read with a signal that was aborted already gave ${outcome} in place of an error.`);
  if (trial.simulator.traffic.requests > before) throw new Error(`${name}: a read with a signal that was aborted already sent a request.`);
}

async function stopsBetween(trial: Trial, name: string): Promise<void> {
  const controller = new AbortController();
  const pages = (await trial.pages(name, { pageSize: 1 }, controller.signal))[Symbol.asyncIterator]();
  const first = await pages.next();
  if (first.done === true || !first.value.next) return;
  controller.abort();
  // A page that was fetched ahead may still come; the end may not: it would look like a whole listing.
  for (let extra = 0; extra < 3; extra += 1) {
    try {
      const more = await pages.next();
      if (more.done === true) throw new Finished(`${name}: an aborted read ended as if it were whole.`);
    } catch (error) {
      if (error instanceof Finished) throw error;
      return;
    }
  }
  throw new Error(`${name}: an aborted read went on for three pages.`);
}

class Finished extends Error {}

async function stopsWaiting(trial: Trial, name: string): Promise<void> {
  await trial.stream(name);
  const { faults, traffic } = trial.simulator;
  const before = traffic.requests;
  faults.slowMs = slowMs;
  faults.next("slow");
  const controller = new AbortController();
  const outcome = next(trial, name, controller.signal);
  let settled = false;
  void outcome.finally(() => {
    settled = true;
  });
  while (traffic.requests === before && !settled) await new Promise((resolve) => setImmediate(resolve));
  controller.abort();
  if ((await outcome) !== "threw")
    throw new Error(`${name}: a read that was aborted while the vendor was slow waited for the answer all the same.`);
}

async function next(trial: Trial, name: string, signal: AbortSignal): Promise<"threw" | "a page" | "an end"> {
  try {
    const pages = (await trial.pages(name, { pageSize: 1 }, signal))[Symbol.asyncIterator]();
    return (await pages.next()).done === true ? "an end" : "a page";
  } catch {
    return "threw";
  }
}
