import type { ConnectionPromise } from "../promise.js";
import { inTrial, readable, type Trial } from "../trial.js";

/** A second for what is a minute or an hour at the vendor's, so that nobody waits long. */
const limit = { requests: 6, perSeconds: 1 };
const enough = 2 * limit.requests + 2;

export const keepsBudget: ConnectionPromise = {
  text: "keeps the budget, whatever is read at the same time",
  per: "connection",
  unless: ({ simulator }) => (simulator.limit && simulator.limitTo ? undefined : "the vendor has no limit of requests"),
  async judge(subject) {
    await inTrial(subject, { limit }, async (trial) => {
      const streams = (await readable(subject, trial)).slice(0, 3);
      for (let round = 0; round < 20 && trial.simulator.traffic.requests < enough; round += 1)
        await Promise.all(streams.map((stream) => readSome(trial, stream.name)));
      const { requests, refused, maxInWindow } = trial.simulator.traffic;
      if (requests < enough) throw new Error(`Only ${requests} requests arrived: too few to tell.`);
      if (refused > 0)
        throw new Error(
          `The server refused ${refused} of ${requests} requests: up to ${maxInWindow} arrived within ${limit.perSeconds} s, and ${limit.requests} are allowed.`,
        );
    });
  },
};

async function readSome(trial: Trial, name: string): Promise<void> {
  for await (const _ of await trial.pages(name, { pageSize: 1 })) if (trial.simulator.traffic.requests >= enough) return;
}

export const knowsBudget: ConnectionPromise = {
  text: "asks for no more than the vendor allows when nobody sets a limit",
  per: "connection",
  unless: ({ simulator }) => (simulator.limit ? undefined : "the vendor has no limit of requests"),
  async judge(subject) {
    await inTrial({ ...subject, world: { ...subject.world, limits: {} } }, {}, async (trial) => {
      const allowed = trial.simulator.limit;
      const budget = trial.connection.budget?.state;
      if (!allowed) return;
      if (!budget) throw new Error("The connection has no budget, and the vendor has a limit.");
      // The same requests in a shorter span are a burst that the vendor refuses; in a longer one they are only slow.
      if (budget.limit > allowed.requests || budget.limit / budget.perSeconds > allowed.requests / allowed.perSeconds)
        throw new Error(
          `The connector goes by ${budget.limit} requests in ${budget.perSeconds} s, and the vendor allows ${allowed.requests} in ${allowed.perSeconds} s.`,
        );
    });
  },
};
