import type { DataRecord } from "@fieldwright/connector-kit";
import { loadRelated } from "../map.js";
import { getter } from "../mapping/index.js";
import { orHold } from "../or-hold.js";
import type { Path } from "../spec/model.js";
import { countSourceRows, firstUnlinkedRows, readSourceRows, type SourceRow } from "../store/checks.js";
import type { Checking } from "./checking.js";
import { Found, namedAtMost } from "./result.js";
import { Sum } from "./sum.js";
import { nameOf } from "./words.js";

/** What the source, as it was last read, asks the target to have. */
export interface SourceSide {
  /** Records that the spec lets through. */
  readonly counted: number;
  /** Records that it leaves out on purpose. */
  readonly leftOut: number;
  /** Counted, and without a target. */
  readonly missing: Found;
  /** Linked, though the spec does not let them through any more. */
  readonly extra: Found;
  /** Over the counted records, in the order of the paths. */
  readonly sums: readonly Sum[];
}

const pageSize = 2_000;

export async function sourceSide(c: Checking, paths: readonly Path[]): Promise<SourceSide> {
  return needsRecords(c) || paths.length > 0 ? fromPages(c, paths) : fromCounts(c);
}

/** Whether only the records themselves tell which of them count. */
function needsRecords({ sync: { spec } }: Checking): boolean {
  return spec.from.only !== undefined || spec.createIf?.otherwise === "skip";
}

async function fromCounts(c: Checking): Promise<SourceSide> {
  const of = { sync: c.sync.state.id, stream: c.sync.source.name };
  const counts = await countSourceRows(c.store, c.store.database, of);
  const skipped = mayPassOver(c) ? counts.passedOver : 0;
  const missing = new Found();
  const which = mayPassOver(c) ? "in line" : "all";
  for (const row of await firstUnlinkedRows(c.store, c.store.database, { ...of, which, limit: namedAtMost }))
    missing.add(() => missingText(row));
  missing.count = counts.inLine + counts.passedOver - skipped;
  return { counted: counts.all - counts.ignored - skipped, leftOut: counts.ignored + skipped, missing, extra: new Found(), sums: [] };
}

async function fromPages(c: Checking, paths: readonly Path[]): Promise<SourceSide> {
  const of = { sync: c.sync.state.id, stream: c.sync.source.name };
  const values = paths.map((path) => getter(path));
  const side = { counted: 0, leftOut: 0, missing: new Found(), extra: new Found(), sums: paths.map(() => new Sum()) };
  for (let after = ""; ; ) {
    c.call.signal.throwIfAborted();
    const rows = await readSourceRows(c.store, c.store.database, { ...of, after, limit: pageSize });
    const last = rows.at(-1);
    if (!last) return side;
    after = last.id;
    for (const { row, whole } of await wholeRecords(c, rows)) {
      const fate = fateOf(c, row, whole);
      if (fate === "counted") {
        side.counted++;
        for (const [index, value] of values.entries()) side.sums[index]?.add(value(whole));
        if (row.targetId === null) side.missing.add(() => missingText(row));
      } else {
        side.leftOut++;
        if (fate === "extra") side.extra.add(() => extraText(row));
      }
    }
  }
}

export interface WholeRow {
  readonly row: SourceRow;
  /** With its related records under their names. */
  readonly whole: DataRecord;
}

export async function wholeRecords(c: Checking, rows: readonly SourceRow[]): Promise<readonly WholeRow[]> {
  const related = await loadRelated(
    c,
    c.store.database,
    c.sync,
    rows.map(({ id, data }) => ({ id, data, deleted: false })),
  );
  if (related.length === 0) return rows.map((row) => ({ row, whole: row.data }));
  return rows.map((row) => ({ row, whole: { ...row.data, ...Object.fromEntries(related.map((one) => [one.name, one.of(row.data)])) } }));
}

function fateOf(c: Checking, row: SourceRow, whole: DataRecord): "counted" | "left out" | "extra" {
  const { sync } = c;
  const now = c.now();
  if (row.ignored) return "left out";
  if (orHold(row.id, () => sync.passes(whole, now)) === false) return row.targetId === null ? "left out" : "extra";
  if (row.targetId !== null || row.state !== null) return "counted";
  if (mayPassOver(c)) return "left out";
  const skips = sync.spec.createIf?.otherwise === "skip" && orHold(row.id, () => sync.mayCreate(whole, now)) === false;
  return skips ? "left out" : "counted";
}

/** Whether the spec lets a record go that nothing fits. */
function mayPassOver({ sync: { spec } }: Checking): boolean {
  return spec.write === "update_only" || spec.match.whenNone === "skip";
}

function missingText({ id, data, state, reason }: SourceRow) {
  const why = reason === null || reason === "" ? "" : `: ${reason}`;
  const says =
    state === "held"
      ? `held for a person${why}`
      : state === "waiting"
        ? `waits${why}`
        : state === "failed"
          ? `failed${why}`
          : state === "changed"
            ? "in line for the next run"
            : "has no link, and is not in line either";
  return { sourceId: id, targetId: null, name: nameOf(data), says };
}

function extraText({ id, data, targetId }: SourceRow) {
  return { sourceId: id, targetId, name: nameOf(data), says: "is linked, but `only` does not let it through any more" };
}
