import type { DataRecord } from "@fieldwright/connector-kit";
import type { SqlSession } from "@fieldwright/connector-kit/sql";
import { cursorValue, laterOf } from "./cursor-value.js";
import { getter } from "./mapping/index.js";
import type { ReadPage } from "./read.js";
import type { Run, Unit } from "./run.js";
import { compareLanding, type Landed, type LandedRecord, type ReadRecord, readRecord, writeLanding, writeSeen } from "./store/landing.js";
import { enqueueParents, landedTexts } from "./store/related.js";
import { logFailedPage, logStream } from "./store/run-log.js";
import { type Reading, type StreamState, writeStreamState } from "./store/stream-state.js";

/** What a page left to decide: its new and changed records. */
export interface LandedPage {
  readonly changed: readonly LandedRecord[];
  readonly unchangedIds: readonly string[];
  /** None of the changed ones was landed before. */
  readonly areNew: boolean;
  /** Of the stream, after this page. */
  readonly version: number;
}

/** Unchanged pages share a commit: what is lost by a crash between two is read again. */
const unsavedPages = 10;

/** Lands a page and moves the checkpoint, in one commit. Unchanged records die here. */
export async function landPage(
  run: Run,
  unit: Unit,
  read: { item: ReadPage; reading: Reading },
): Promise<{ landed: LandedPage; reading: Reading }> {
  const { item, reading } = read;
  if (item.failed) {
    return {
      landed: { changed: [], unchangedIds: [], areNew: false, version: unit.state.version },
      reading: await passOver(run, unit, { item, reading }),
    };
  }
  const { records, held } = identify(unit, item.page.records);
  const after = advance(unit, reading, { page: item.page, records });
  // The lease makes this process the only one that lands this stream, so the comparison needs no lock.
  const compared = await compareLanding(run.store, run.store.database, { stream: unit.name, records });
  const changed = [...compared.inserted, ...compared.updated];
  const fetched = item.page.records.length;
  unit.counts = add(unit.counts, {
    fetched,
    inserted: compared.inserted.length,
    updated: compared.updated.length,
    unchanged: fetched - held - changed.length,
    held,
  });
  unit.unsaved = {
    pages: unit.unsaved.pages + 1,
    seen: reading.tracksSeen ? [...unit.unsaved.seen, ...records.map((record) => record.id)] : [],
  };
  if (changed.length > 0 || after.ended || unit.unsaved.pages >= unsavedPages) await savePages(run, unit, { compared, reading: after });
  const changedIds = new Set(changed.map((record) => record.id));
  return {
    landed: {
      changed: changed.map(({ id, data }) => ({ id, data, deleted: false })),
      areNew: compared.updated.length === 0,
      unchangedIds: records.filter((record) => !changedIds.has(record.id)).map((record) => record.id),
      version: unit.state.version,
    },
    reading: after,
  };
}

/** Commits what was read since the last commit, with the checkpoint behind it. */
export async function savePages(run: Run, unit: Unit, pages: { compared?: Landed; reading: Reading }): Promise<void> {
  const { compared = { inserted: [], updated: [] } } = pages;
  const changes = compared.inserted.length + compared.updated.length;
  const state: StreamState = { ...unit.state, version: unit.state.version + (changes > 0 ? 1 : 0), reading: pages.reading };
  await run.transaction(async (session) => {
    run.lease.fence(session, `stream:${unit.name}`);
    if (changes > 0) await wakeWatchers(run, session, { unit, compared });
    await writeLanding(run.store, session, { ...compared, stream: unit.name, run: run.id, version: state.version });
    await writeSeen(run.store, session, { stream: unit.name, ids: unit.unsaved.seen });
    writeStreamState(run.store, session, { stream: unit.name, state });
    logStream(run.store, session, {
      run: run.id,
      report: { stream: unit.name, status: "done", error: null, ...unit.counts },
    });
  });
  unit.state = state;
  unit.unsaved = { pages: 0, seen: [] };
}

/** Writes down a page that could not be read, and where the reading goes on. */
async function passOver(run: Run, unit: Unit, read: { item: ReadPage & { failed: object }; reading: Reading }): Promise<Reading> {
  const { item, reading } = read;
  if (unit.unsaved.pages > 0) await savePages(run, unit, { reading });
  const after: Reading = {
    ...reading,
    pages: reading.pages + 1,
    failedPages: reading.failedPages + 1,
    ...(item.goesOnAt === undefined ? {} : { position: item.goesOnAt }),
  };
  const state = { ...unit.state, reading: after };
  const message = run.redact(item.failed.message);
  await run.transaction(async (session) => {
    run.lease.fence(session, `stream:${unit.name}`);
    await logFailedPage(run.store, session, { run: run.id, stream: unit.name, page: after.pages, position: item.at, error: message });
    writeStreamState(run.store, session, { stream: unit.name, state });
  });
  unit.state = state;
  run.emit({ type: "page-failed", run: String(run.id), stream: unit.name, page: after.pages, message });
  return after;
}

/** Records by id, the last of two with the same one. Those without an id cannot be told apart: they are counted as held. */
function identify(unit: Unit, data: readonly DataRecord[]): { records: readonly ReadRecord[]; held: number } {
  const options = { key: unit.key, volatile: unit.stream.volatile ?? [] };
  const byId = new Map<string, ReadRecord>();
  let held = 0;
  for (const one of data) {
    const record = readRecord(one, options);
    if (record) byId.set(record.id, record);
    else held++;
  }
  return { records: [...byId.values()], held };
}

function advance(
  unit: Unit,
  reading: Reading,
  read: { page: { next?: Reading["position"]; total?: number; complete?: boolean }; records: readonly ReadRecord[] },
): Reading {
  const { cursor } = unit.stream;
  let highest = reading.highest;
  if (cursor?.field !== undefined) {
    const get = getter(cursor.field.split("."));
    for (const record of read.records) highest = laterOf(highest, cursorValue(get(record.data), cursor.type), cursor.type);
  }
  const { position: _left, ...rest } = reading;
  return {
    ...rest,
    pages: reading.pages + 1,
    fetched: reading.fetched + read.records.length,
    ...(highest === undefined ? {} : { highest }),
    ...(read.page.next === undefined ? { ended: true } : { position: read.page.next }),
    ...(read.page.complete ? { complete: true } : {}),
  };
}

/** A child that changed marks its parents to be mapped again: those it belongs to now, and those it belonged to before. */
async function wakeWatchers(run: Run, session: SqlSession, change: { unit: Unit; compared: Landed }): Promise<void> {
  const { unit, compared } = change;
  const records = [...compared.inserted, ...compared.updated];
  for (const { syncId, source, relation } of unit.watchers) {
    const own = relation.byKey ? (record: ReadRecord) => record.id : textAt(relation.field);
    const values = new Set(records.map(own));
    if (!relation.byKey) {
      const ids = compared.updated.map((record) => record.id);
      for (const value of await landedTexts(run.store, session, { stream: unit.name, ids, field: relation.field })) values.add(value);
    }
    values.delete("");
    await enqueueParents(run.store, session, { sync: syncId, stream: source, path: relation.path, values: [...values] });
  }
}

function textAt(field: string): (record: ReadRecord) => string {
  const get = getter(field.split("."));
  return (record) => {
    const value = get(record.data);
    return value === null || value === undefined ? "" : String(value);
  };
}

export function add<T extends Readonly<Record<string, number>>>(counts: T, more: Partial<T>): T {
  const sum: Record<string, number> = { ...counts };
  for (const [name, value] of Object.entries(more)) sum[name] = (sum[name] ?? 0) + (value ?? 0);
  return sum as T;
}
