import type { ReadRequest } from "../../contract.js";
import { type StreamPromise, unreadable } from "../promise.js";
import { sameRecords } from "../same-records.js";
import type { Subject } from "../subject.js";
import { collect, inTrial, usualSize } from "../trial.js";

export const readsOnce: StreamPromise = {
  text: "reads every record exactly once whatever the page size",
  per: "stream",
  unless: unreadable,
  async judge(subject, name) {
    const { maxPageSize } = await inTrial(subject, {}, async (trial) => (await trial.stream(name)).listing);
    // The largest page twice over and a bit: only then does a limit that is not the vendor's own show.
    const many = Math.min(2 * maxPageSize + 3, 2003);
    await readWith(subject, { name, size: usualSize, pageSize: 1 });
    await readWith(subject, { name, size: usualSize, pageSize: 7 });
    await readWith(subject, { name, size: many, pageSize: maxPageSize });
  },
};

interface Reading extends Pick<ReadRequest, "pageSize"> {
  readonly name: string;
  readonly size: number;
}

async function readWith(subject: Subject, { name, size, pageSize }: Reading): Promise<void> {
  await inTrial(subject, { size }, async (trial) => {
    const stream = await trial.stream(name);
    const { pages, records } = await collect(await trial.pages(name, { pageSize }));
    try {
      sameRecords(stream, records, trial.simulator.holds(name));
      const largest = Math.max(0, ...pages.map((page) => page.records.length));
      if (largest > stream.listing.maxPageSize)
        throw new Error(`${name}: a page held ${largest} records, though it may hold ${stream.listing.maxPageSize}.`);
    } catch (error) {
      throw new Error(`With pages of ${pageSize}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
    }
  });
}
