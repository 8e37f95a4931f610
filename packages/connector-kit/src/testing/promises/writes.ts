import type { DataRecord, Outcome, Stream } from "../../contract.js";
import type { StreamPromise } from "../promise.js";
import { canonical, keyOf } from "../same-records.js";
import type { WriteTrial } from "../subject.js";
import { collect, inTrial, type Trial } from "../trial.js";
import { unknownKey } from "./operations.js";

type Done = Extract<Outcome, { readonly ok: true }>;

interface Writing {
  readonly trial: Trial;
  readonly stream: Stream;
  readonly write: WriteTrial;
}

/** What was written is what is read afterwards, by whichever way there is to read it. */
export const writesRoundTrip: StreamPromise = {
  text: "writes round-trip: what was created, updated and deleted is read so afterwards",
  per: "stream",
  unless({ subject }, stream) {
    if (!stream.create && !stream.update && !stream.upsert && !stream.delete) return "the stream cannot be written";
    return subject.writes?.some((write) => write.stream === stream.name) ? undefined : "the suite was told no record to write";
  },
  async judge(subject, name) {
    const write = subject.writes?.find((candidate) => candidate.stream === name);
    if (!write) throw new Error(`${name}: the suite was told no record to write.`);
    for (const step of [creates, updates, upserts, deletes]) {
      await inTrial(subject, {}, async (trial) => step({ trial, stream: await trial.stream(name), write }));
    }
  },
};

async function creates({ trial, stream, write }: Writing): Promise<void> {
  if (!stream.create) return;
  const records = [write.record(1), write.record(2)];
  const outcomes = done(stream, "create", { outcomes: await stream.create(records, trial.call()), asked: 2 });
  for (const [index, outcome] of outcomes.entries()) {
    if (!outcome.created) throw new Error(`${stream.name}: create says of ${outcome.key} that it was there before.`);
    shows(stream, await readBack(trial, stream, outcome.key), { key: outcome.key, fields: records[index] ?? {}, after: "create" });
  }
  if (outcomes[0]?.key === outcomes[1]?.key)
    throw new Error(`${stream.name}: two records were created under the same key ${outcomes[0]?.key}.`);
}

async function updates(writing: Writing): Promise<void> {
  const { trial, stream, write } = writing;
  if (!stream.update) return;
  const key = await someKey(writing);
  const before = await readBack(trial, stream, key);
  const missing = unknownKey(key);
  const outcomes = await stream.update(
    [
      { key, set: write.change },
      { key: missing, set: write.change },
    ],
    trial.call(),
  );
  done(stream, "update", { outcomes: outcomes.slice(0, 1), asked: 1 });
  if (outcomes.length !== 2) throw new Error(`${stream.name}: an update of 2 records gave ${outcomes.length} outcomes.`);
  if (outcomes[1]?.ok) throw new Error(`${stream.name}: an update of ${missing}, which does not exist, is said to have worked.`);
  const moved = (name: string): boolean => name in write.change || write.follows?.includes(name) === true || movesByItself(stream, name);
  const untouched = Object.fromEntries(Object.entries(before ?? {}).filter(([name]) => name in stream.fields && !moved(name)));
  shows(stream, await readBack(trial, stream, key), { key, fields: { ...untouched, ...write.change }, after: "update" });
}

async function upserts({ trial, stream, write }: Writing): Promise<void> {
  if (!stream.upsert) return;
  const on = write.upsertOn ?? [stream.key];
  const record = write.record(3);
  const [first] = done(stream, "upsert", { outcomes: await stream.upsert([record], on, trial.call()), asked: 1 });
  const count = trial.simulator.holds(stream.name).length;
  const again = { ...record, ...write.change };
  const [second] = done(stream, "upsert", { outcomes: await stream.upsert([again], on, trial.call()), asked: 1 });
  if (first?.created !== true || second?.created !== false)
    throw new Error(
      `${stream.name}: an upsert of a new record, and again, should say created and not created; it said ${first?.created} and ${second?.created}.`,
    );
  if (first.key !== second.key || trial.simulator.holds(stream.name).length !== count)
    throw new Error(`${stream.name}: an upsert of a record that is there made another one.`);
  shows(stream, await readBack(trial, stream, second.key), { key: second.key, fields: again, after: "upsert" });
}

async function deletes(writing: Writing): Promise<void> {
  const { trial, stream } = writing;
  if (!stream.delete) return;
  const key = await someKey(writing);
  const before = await readBack(trial, stream, key);
  done(stream, "delete", { outcomes: await stream.delete([key], trial.call()), asked: 1 });
  if (await readBack(trial, stream, key)) throw new Error(`${stream.name}: ${key} is still read after it was deleted.`);
  if (!stream.restore) return;
  done(stream, "restore", { outcomes: await stream.restore([key], trial.call()), asked: 1 });
  shows(stream, await readBack(trial, stream, key), { key, fields: before ?? {}, after: "restore" });
}

/** One of our own where records can be created: the vendor's may be protected. */
async function someKey({ trial, stream, write }: Writing): Promise<string> {
  const [created] = stream.create
    ? done(stream, "create", { outcomes: await stream.create([write.record(4)], trial.call()), asked: 1 })
    : [];
  const held = trial.simulator.holds(stream.name)[0];
  if (created) return created.key;
  if (!held) throw new Error(`${stream.name}: the simulator holds no record to write to.`);
  return keyOf(stream, held);
}

function done(
  stream: Stream,
  operation: string,
  { outcomes, asked }: { readonly outcomes: readonly Outcome[]; readonly asked: number },
): readonly Done[] {
  if (outcomes.length !== asked) throw new Error(`${stream.name}: ${operation} of ${asked} records gave ${outcomes.length} outcomes.`);
  return outcomes.map((outcome) => {
    if (!outcome.ok) throw new Error(`${stream.name}: ${operation} failed: ${outcome.error.message}`, { cause: outcome.error });
    return outcome;
  });
}

async function readBack(trial: Trial, stream: Stream, key: string): Promise<DataRecord | undefined> {
  if (stream.get) return (await stream.get([key], trial.call()))[0];
  if (stream.read)
    return (await collect(stream.read({ pageSize: stream.listing.maxPageSize }, trial.call()))).records.find(
      (record) => keyOf(stream, record) === key,
    );
  return trial.simulator.holds(stream.name).find((record) => keyOf(stream, record) === key);
}

function shows(
  stream: Stream,
  got: DataRecord | undefined,
  { key, fields, after }: { readonly key: string; readonly fields: DataRecord; readonly after: string },
): void {
  if (!got) throw new Error(`${stream.name}: ${key} is not to be found after ${after}.`);
  for (const [name, value] of Object.entries(fields)) {
    if (after === "restore" && movesByItself(stream, name)) continue;
    if (canonical(got[name]) !== canonical(value))
      throw new Error(`${stream.name} ${key}: after ${after} ${name} is ${canonical(got[name])} and should be ${canonical(value)}.`);
  }
}

function movesByItself(stream: Stream, name: string): boolean {
  return name === stream.cursor?.field || stream.fields[name]?.readOnly === true || (stream.volatile?.includes(name) ?? false);
}
