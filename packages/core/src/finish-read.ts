import type { SqlSession } from "@fieldwright/connector-kit/sql";
import { laterOf } from "./cursor-value.js";
import { add, landPage } from "./land.js";
import type { Run, Unit } from "./run.js";
import { absentIds, analyze, clearSeen, markDeleted } from "./store/landing.js";
import { enqueueParentsOfGone } from "./store/related.js";
import { logStream } from "./store/run-log.js";
import { type Reading, type StreamState, writeStreamState } from "./store/stream-state.js";

const askedOneByOne = 200;

/** After the last page: finds what is gone, moves the cursor, and closes the reading. */
export async function finishReading(run: Run, unit: Unit, reading: Reading): Promise<void> {
  const gone = await findGone(run, unit, reading);
  await run.transaction(async (session) => {
    run.lease.fence(session, `stream:${unit.name}`);
    const version = unit.state.version + (gone === "none" ? 0 : 1);
    const deleted = gone === "none" ? 0 : await markDeleted(run.store, session, { stream: unit.name, run: run.id, version, ids: gone });
    if (deleted > 0) await wakeParents(run, session, { unit, version });
    if (reading.tracksSeen) await clearSeen(run.store, session, unit.name);
    const cursor = newCursor(unit, reading);
    const state: StreamState = {
      version,
      reading: null,
      cursor,
      lastTotal: reading.mode.kind === "full" ? reading.fetched : unit.state.lastTotal,
    };
    writeStreamState(run.store, session, { stream: unit.name, state, listed: reading.complete ?? false });
    unit.counts = add(unit.counts, { deleted });
    logStream(run.store, session, {
      run: run.id,
      report: { stream: unit.name, status: "done", error: null, ...unit.counts },
    });
    unit.state = state;
    if (reading.mode.kind === "full" && reading.failedPages === 0) unit.listed = reading.fetched;
  });
}

/** Records that looked at one that is gone are mapped again. */
async function wakeParents(run: Run, session: SqlSession, of: { unit: Unit; version: number }): Promise<void> {
  for (const { syncId, source, relation } of of.unit.watchers) {
    const field = relation.byKey ? "key" : relation.field;
    await enqueueParentsOfGone(run.store, session, {
      sync: syncId,
      stream: source,
      path: relation.path,
      child: of.unit.name,
      field,
      version: of.version,
    });
  }
}

/** The cursor moves only over what was read without a gap; a window of days never moves it. */
function newCursor(unit: Unit, reading: Reading): string | null {
  const { cursor } = unit.stream;
  if (reading.mode.kind === "window" || reading.failedPages > 0) return unit.state.cursor;
  if (cursor?.field === undefined) return reading.startedAt;
  const highest = laterOf(unit.state.cursor ?? undefined, reading.highest, cursor.type);
  return highest ?? null;
}

/** Absence means deletion only after a listing that proved complete, or when the vendor says of each absent record that it is not there. */
async function findGone(run: Run, unit: Unit, reading: Reading): Promise<"none" | "all absent" | readonly string[]> {
  if (!reading.tracksSeen || reading.failedPages > 0 || run.signal.aborted) return "none";
  await analyze(run.store, [run.store.landing(unit.name), run.store.table("seen")]);
  const absent = await absentIds(run.store, run.store.database, { stream: unit.name, limit: askedOneByOne + 1 });
  if (absent.length === 0) return "none";
  if (reading.fetched === 0) {
    run.emit({
      type: "notice",
      run: String(run.id),
      level: "warning",
      text: `${unit.name} gave no records at all, although some are known: nothing is taken for deleted.`,
    });
    return "none";
  }
  if (reading.complete) return "all absent";
  return unit.stream.get ? askEach(run, unit, { reading, absent }) : "none";
}

async function askEach(run: Run, unit: Unit, query: { reading: Reading; absent: readonly string[] }): Promise<"none" | readonly string[]> {
  if (query.absent.length > askedOneByOne) {
    run.emit({
      type: "notice",
      run: String(run.id),
      level: "warning",
      text: `More than ${askedOneByOne} records of ${unit.name} were missing from a listing that cannot prove itself complete: none is taken for deleted.`,
    });
    return "none";
  }
  const found = (await unit.stream.get?.(query.absent, run.call)) ?? [];
  if (found.length > 0) await landPage(run, unit, { item: { page: { records: found } }, reading: query.reading });
  const foundIds = new Set(found.map((record) => String(record[unit.key])));
  const gone = query.absent.filter((id) => !foundIds.has(id));
  return gone.length === 0 ? "none" : gone;
}
