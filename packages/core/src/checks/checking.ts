import type { Call, Connection, DataRecord, Stream } from "@fieldwright/connector-kit";
import type { ReadySync } from "../ready-sync.js";
import type { BalanceCounts } from "../store/checks.js";
import type { Store } from "../store/open-store.js";

/** What the checks of one sync may look at. They write nothing anywhere. */
export interface Checking {
  readonly store: Store;
  readonly sync: ReadySync;
  /** The target's connection. */
  readonly target: Connection;
  /** By "connection.stream". */
  readonly streams: ReadonlyMap<string, Stream>;
  /** Its signal ends the checks, when the time is over too. */
  readonly call: Call;
  readonly now: () => Date;
  readonly redact: (text: string) => string;
  /** The most linked records to ask for, one by one, at a target without SQL. */
  readonly look: number;
  readonly sqlTimeoutMs: number;
  /** The run that the checks follow; they are asked for alone without it. */
  readonly after?: { readonly run: number; readonly counts: BalanceCounts; readonly specToo: boolean };
}

/** The target records with these ids, as they are now. */
export async function targetRecords(c: Checking, ids: readonly string[]): Promise<ReadonlyMap<string, DataRecord>> {
  const { key, stream } = c.sync.target;
  return recordsByKey({ stream, key, ids, call: c.call });
}

/** @throws RangeError for a stream that cannot be asked for single records. */
export async function recordsByKey(asked: {
  readonly stream: Stream;
  readonly key: string;
  readonly ids: readonly string[];
  readonly call: Call;
}): Promise<ReadonlyMap<string, DataRecord>> {
  const { stream, key, ids, call } = asked;
  if (ids.length === 0) return new Map();
  call.signal.throwIfAborted();
  if (!stream.get && !stream.find) throw new CannotBeAsked(`${stream.name} cannot be asked for single records.`);
  const records = stream.get ? await stream.get(ids, call) : ((await stream.find?.(key, ids, call)) ?? []);
  return new Map(records.map((record) => [String(record[key]), record]));
}

/** The system has no way to answer a check: nothing that anyone could mend. */
export class CannotBeAsked extends Error {}

/** Whether a query can go over all the target's records at once. */
export function takesSql(c: Checking): boolean {
  return c.target.query !== undefined && c.sync.target.stream.sql?.key !== undefined;
}
