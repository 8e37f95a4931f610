import { type StreamPromise, unreadable } from "../promise.js";
import { keyOf } from "../same-records.js";
import { collect, inTrial } from "../trial.js";

export const provesComplete: StreamPromise = {
  text: "says that a listing is complete on its last page only, and only where it can prove it",
  per: "stream",
  unless: unreadable,
  async judge(subject, name) {
    await inTrial(subject, {}, async (trial) => {
      const { listing } = await trial.stream(name);
      let said = false;
      for (const pageSize of [7, listing.maxPageSize]) {
        const { pages } = await collect(await trial.pages(name, { pageSize }));
        const early = pages.slice(0, -1).findIndex((page) => page.complete === true);
        if (early !== -1) throw new Error(`${name}: page ${early + 1} of ${pages.length} says that the listing is complete.`);
        said ||= pages.at(-1)?.complete === true;
      }
      if (listing.complete === "never" && said)
        throw new Error(`${name}: declares that a listing never proves completeness, and its last page says it does.`);
      // Some can prove it only of a listing that fits one page, so either size will do.
      if (listing.complete === "by-page" && !said)
        throw new Error(
          `${name}: an undisturbed listing from the start does not say that it is complete, so nothing would ever be seen as deleted.`,
        );
    });
  },
};

/** A record that goes while pages are read pulls the others forward, across the border of a page. */
export const shiftsHonestly: StreamPromise = {
  text: "loses no record when pages shift while they are read, or does not call the listing complete",
  per: "stream",
  unless: (facts, stream) =>
    unreadable(facts, stream) ?? (stream.listing.complete === "never" ? "it never calls a listing complete" : undefined),
  async judge(subject, name) {
    await inTrial(subject, {}, async (trial) => {
      const stream = await trial.stream(name);
      const seen = new Set<string>();
      let complete = false;
      let page = 0;
      for await (const { records, complete: said } of await trial.pages(name, { pageSize: 5 })) {
        for (const record of records) seen.add(keyOf(stream, record));
        complete = said === true;
        page += 1;
        const gone = trial.simulator.holds(name)[0];
        if (page === 2 && gone) trial.simulator.remove(name, keyOf(stream, gone));
      }
      const lost = trial.simulator.holds(name).filter((record) => !seen.has(keyOf(stream, record)));
      if (complete && lost.length > 0)
        throw new Error(
          `${name}: ${keyOf(stream, lost[0] ?? {})} was never read, because a record before it was deleted meanwhile, and yet the listing is called complete: it would be taken for deleted.`,
        );
    });
  },
};
