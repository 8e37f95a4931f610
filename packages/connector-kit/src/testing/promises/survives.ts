import type { DataRecord } from "../../contract.js";
import { VendorError } from "../../vendor-error.js";
import type { FaultKind } from "../faults.js";
import type { ConnectionPromise } from "../promise.js";
import { sameRecords } from "../same-records.js";
import type { Subject } from "../subject.js";
import { inTrial, readable } from "../trial.js";

const words: readonly (readonly [FaultKind, string])[] = [
  ["429", "a 429"],
  ["500", "a 500"],
  ["html-500", "an error page in HTML"],
  ["truncated-json", "JSON that stops in the middle"],
  ["cut", "a connection cut in the middle of an answer"],
  ["reset", "a connection reset before any answer"],
  ["slow", "a slow answer"],
];

/** The same records as without the fault, at the first request and in the middle of a listing. */
export const survives: readonly ConnectionPromise[] = words.map(([kind, name]) => ({
  text: `survives ${name}`,
  per: "connection",
  unless: impossible(kind),
  judge: (subject) => inEveryStream(subject, (stream) => readThrough(subject, kind, stream)),
}));

/** It may be a login page or a wrong address, and then no other try helps: to give up is as good as to get through. */
export const distrustsHtml: ConnectionPromise = {
  text: "takes a web page where data was due for a failure, never for an empty page",
  per: "connection",
  unless: impossible("html-200"),
  judge: (subject) =>
    inEveryStream(subject, async (stream) => {
      try {
        await readThrough(subject, "html-200", stream);
      } catch (error) {
        if (!(error instanceof Error && error.cause instanceof VendorError)) throw error;
      }
    }),
};

function impossible(kind: FaultKind): NonNullable<ConnectionPromise["unless"]> {
  return ({ simulator }) => (simulator.faults.kinds?.includes(kind) === false ? "nothing like it can happen to this vendor" : undefined);
}

async function inEveryStream(subject: Subject, judge: (stream: string) => Promise<void>): Promise<void> {
  const streams = await inTrial(subject, {}, async (trial) => (await readable(subject, trial)).map((stream) => stream.name));
  await Promise.all(streams.map(judge));
}

async function readThrough(subject: Subject, kind: FaultKind, name: string): Promise<void> {
  await inTrial(subject, {}, async (trial) => {
    const { faults } = trial.simulator;
    const stream = await trial.stream(name);
    const records: DataRecord[] = [];
    const happened = faults.count;
    faults.slowMs = 300;
    faults.next(kind);
    let first = true;
    try {
      for await (const page of await trial.pages(name, { pageSize: 4 })) {
        records.push(...page.records);
        if (first) faults.next(kind);
        first = false;
      }
      sameRecords(stream, records, trial.simulator.holds(name));
    } catch (error) {
      throw new Error(`${name} did not survive it: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
    }
    if (faults.count === happened) throw new Error(`${name}: the fault never happened, because no request was made.`);
  });
}
