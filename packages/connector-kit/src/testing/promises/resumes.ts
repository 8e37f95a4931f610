import type { Page, Position, Stream } from "../../contract.js";
import { type StreamPromise, unreadable } from "../promise.js";
import { sameRecords } from "../same-records.js";
import { collect, inTrial, type Trial } from "../trial.js";

const pageSize = 3;

export const resumes: StreamPromise = {
  text: "goes on from any page",
  per: "stream",
  unless: unreadable,
  async judge(subject, name) {
    await inTrial(subject, {}, async (trial) => {
      const stream = await trial.stream(name);
      const { pages } = await collect(await trial.pages(name, { pageSize }));
      for (const [index, page] of pages.entries()) {
        const isLast = index === pages.length - 1;
        if (isLast && page.next) throw new Error(`${name}: the last page names a next one.`);
        if (!isLast && !page.next) throw new Error(`${name}: page ${index + 1} of ${pages.length} does not say where to go on.`);
        if (page.next) await goesOn({ trial, stream, position: page.next, rest: pages.slice(index + 1), after: `page ${index + 1}` });
      }
    });
  },
};

export const passesOver: StreamPromise = {
  text: "goes on after a page that could not be read",
  per: "stream",
  unless: (facts, stream) =>
    unreadable(facts, stream) ?? (stream.listing.skip ? undefined : "the position after such a page cannot be known"),
  async judge(subject, name) {
    await inTrial(subject, {}, async (trial) => {
      const stream = await trial.stream(name);
      const { pages } = await collect(await trial.pages(name, { pageSize }));
      for (const [index] of pages.entries()) {
        const position = stream.listing.skip?.(index === 0 ? undefined : pages[index - 1]?.next);
        if (position)
          await goesOn({ trial, stream, position, rest: pages.slice(index + 1), after: `page ${index + 1}, that was passed over` });
      }
    });
  },
};

interface Rest {
  readonly trial: Trial;
  readonly stream: Stream;
  readonly position: Position;
  readonly rest: readonly Page[];
  readonly after: string;
}

async function goesOn({ trial, stream, position, rest, after }: Rest): Promise<void> {
  const kept = JSON.parse(JSON.stringify(position)) as Position; // as after a restart
  const { records } = await collect(await trial.pages(stream.name, { pageSize, position: kept }));
  try {
    sameRecords(
      stream,
      records,
      rest.flatMap((page) => page.records),
    );
  } catch (error) {
    throw new Error(`Resumed after ${after}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}
