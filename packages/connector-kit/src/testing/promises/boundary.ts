import type { Cursor, DataRecord, Stream } from "../../contract.js";
import { type StreamPromise, unreadable } from "../promise.js";
import { canonical, keyOf } from "../same-records.js";
import { collect, inTrial, type Trial } from "../trial.js";

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** Rows at the lower bound exactly, a millisecond later in the same second and day, and at the upper bound exactly. */
export const boundary: StreamPromise = {
  text: "an incremental read misses no boundary row",
  per: "stream",
  unless(facts, stream) {
    if (!stream.cursor) return "the stream has no cursor";
    return unreadable(facts, stream) ?? (stream.cursor.filter ? undefined : "the vendor has no filter by change");
  },
  async judge(subject, name) {
    for (const timeOfDay of [14 * hourMs + 187_000, 0]) {
      await inTrial(subject, {}, async (trial) => {
        const stream = await trial.stream(name);
        const range = await arrange(trial, stream, timeOfDay);
        const { records } = await collect(await trial.pages(name, { pageSize: 2, since: range.since, until: range.until }));
        misses(stream, records, range);
        filters(stream, records, { range, all: trial.simulator.holds(name) });
      });
    }
  },
};

interface Range {
  readonly since: string;
  readonly until: string;
  readonly wanted: readonly DataRecord[];
}

async function arrange(trial: Trial, stream: Stream, timeOfDay: number): Promise<Range> {
  const { simulator } = trial;
  const cursor = stream.cursor as Cursor;
  const before = simulator.holds(stream.name);
  const keys = before.slice(0, 3).map((record) => keyOf(stream, record));
  if (keys.length < 3) throw new Error(`${stream.name}: the simulator holds ${keys.length} records; this needs at least 3.`);
  const latest = Math.max(simulator.clock.now().getTime(), ...before.map((record) => moment(cursorValueOf(cursor, record))));
  const lower = Math.floor(latest / dayMs) * dayMs + 5 * dayMs + timeOfDay;
  const moments = [lower, lower + 1, lower + 2 * hourMs];
  for (const [index, key] of keys.entries()) {
    simulator.clock.set(new Date(moments[index] as number));
    simulator.change(stream.name, key, {});
  }
  simulator.clock.advance(60_000);
  const held = simulator.holds(stream.name);
  const byKey = new Map(held.map((record) => [keyOf(stream, record), record]));
  const changed = keys.map((key) => byKey.get(key) as DataRecord);
  if (cursor.field === undefined)
    return { since: new Date(lower).toISOString(), until: new Date(moments[2] as number).toISOString(), wanted: changed };
  const moved = canonical(cursorValueOf(cursor, changed[0] as DataRecord)) !== canonical(cursorValueOf(cursor, before[0] as DataRecord));
  const ordered = [...held].sort((a, b) => compare(cursor, cursorValueOf(cursor, a), cursorValueOf(cursor, b)));
  // A cursor that no change moves, such as a time of creation: then the bounds lie among the rows there are.
  const low = cursorValueOf(cursor, moved ? (changed[0] as DataRecord) : (ordered[Math.floor(ordered.length / 3)] as DataRecord));
  const high = cursorValueOf(cursor, moved ? (changed[2] as DataRecord) : (ordered[Math.floor((ordered.length * 2) / 3)] as DataRecord));
  const wanted = held.filter(
    (record) => compare(cursor, low, cursorValueOf(cursor, record)) <= 0 && compare(cursor, cursorValueOf(cursor, record), high) <= 0,
  );
  return { since: bound(cursor, low), until: bound(cursor, high), wanted };
}

function misses(stream: Stream, got: readonly DataRecord[], { since, until, wanted }: Range): void {
  const seen = new Set(got.map((record) => keyOf(stream, record)));
  const missed = wanted.find((record) => !seen.has(keyOf(stream, record)));
  if (!missed) return;
  const value = stream.cursor?.field === undefined ? "" : ` (${stream.cursor.field} ${String(cursorValueOf(stream.cursor, missed))})`;
  throw new Error(`${stream.name}: a read from ${since} to ${until} missed ${keyOf(stream, missed)}${value}.`);
}

/** A filter that lets everything through would make every incremental read a full one. */
function filters(
  stream: Stream,
  got: readonly DataRecord[],
  { range, all }: { readonly range: Range; readonly all: readonly DataRecord[] },
): void {
  const cursor = stream.cursor as Cursor;
  if (cursor.field === undefined || cursor.type === "integer" || cursor.type === "text") return;
  const farBelow = moment(range.since) - 3 * dayMs - (cursor.overlap ?? 0);
  const old = all.filter((record) => moment(cursorValueOf(cursor, record)) < farBelow);
  const seen = new Set(got.map((record) => keyOf(stream, record)));
  if (old.length > 0 && old.every((record) => seen.has(keyOf(stream, record))))
    throw new Error(`${stream.name}: a read from ${range.since} on gave all older records too: the declared filter filters nothing.`);
}

function cursorValueOf(cursor: Cursor, record: DataRecord): unknown {
  let value: unknown = record;
  for (const part of (cursor.field ?? "").split("."))
    value = typeof value === "object" && value !== null ? (value as Record<string, unknown>)[part] : undefined;
  return value;
}

/** Milliseconds; a time without a zone counts as UTC. */
function moment(value: unknown): number {
  if (typeof value !== "string") return Number.NEGATIVE_INFINITY;
  const text = value.replace(" ", "T");
  const ms = Date.parse(text.length > 10 && !/(Z|[+-][0-9]{2}:?[0-9]{2})$/.test(text) ? `${text}Z` : text);
  return Number.isNaN(ms) ? Number.NEGATIVE_INFINITY : ms;
}

function compare(cursor: Cursor, a: unknown, b: unknown): number {
  if (cursor.type === "integer") return Number(BigInt(String(a ?? 0)) - BigInt(String(b ?? 0)));
  const [one, other] = cursor.type === "text" ? [0, 0] : [moment(a), moment(b)];
  if (one !== other) return one < other ? -1 : 1;
  const [left, right] = [String(a), String(b)]; // finer than a millisecond, or plain text
  return left < right ? -1 : left > right ? 1 : 0;
}

/** A cursor's value as the engine hands it back. */
function bound(cursor: Cursor, value: unknown): string {
  if (cursor.type !== "datetime") return String(value);
  const text = String(value);
  return /T.*(Z|[+-][0-9]{2}:[0-9]{2})$/.test(text) ? text : new Date(moment(text)).toISOString();
}
