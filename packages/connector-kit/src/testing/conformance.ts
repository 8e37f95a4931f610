import { describe, it } from "vitest";
import { conformanceCases, type Skips } from "./conformance-cases.js";
import type { Subject } from "./subject.js";

export { promises } from "./promises.js";
export type { Subject, WriteTrial } from "./subject.js";

export interface Conformance extends Subject {
  readonly skip?: Skips;
}

/** Registers a test for each promise, by stream where that makes sense: a whole test file. */
export function conformance({ skip, ...subject }: Conformance): void {
  // Which tests there are depends on the streams, and those are known once a connection is open.
  describe(`${subject.connector.title} keeps its promises`, async () => {
    for (const { title, judge } of await conformanceCases(subject, skip)) it(title, judge ?? (() => undefined));
  });
}
