import { sortable } from "./stamp.js";

export type Row = Readonly<Record<string, unknown>> & { readonly id: number; readonly modifiedOn: string };

export interface Generated {
  readonly count: number;
  readonly firstId: number;
  /** Pure. */
  at(index: number): Row;
  /** The sortable time of change of the row at `index`; rises with it. */
  changedAt(index: number): string;
}

/** The rows of one kind: generated when asked for, with what has changed since laid over them. */
export interface Store {
  readonly size: number;
  /** Rises with every change. */
  readonly version: number;
  /** `undefined` where there is none, or where it was deleted. */
  get(id: number): Row | undefined;
  /** By id, the deleted ones as inactive. */
  all(): Generator<Row>;
  /** By id, without the deleted ones. */
  present(): Generator<Row>;
  /** Rows by time of change and id, from those after `after` on, deleted ones as inactive. */
  changed(after: Mark, limit: number): readonly Row[];
  add(row: Row): Row;
  set(id: number, row: Row): Row;
  remove(id: number, row: Row): void;
  nextId(): number;
}

/** A place in the order of change: everything at it is behind it. */
export interface Mark {
  readonly at: string;
  readonly id: number;
}

export function markOf(row: Row): Mark {
  return { at: sortable(row.modifiedOn) ?? "", id: row.id };
}

export function createStore(base: Generated): Store {
  const overlay = new Map<number, Row>();
  const deleted = new Set<number>();
  const added: number[] = [];
  let log: Mark[] = []; // of the overlay, in order
  let version = 0;

  const indexOf = (id: number): number => id - base.firstId;
  const isBase = (id: number): boolean => indexOf(id) >= 0 && indexOf(id) < base.count;
  const find = (id: number): Row | undefined => overlay.get(id) ?? (isBase(id) ? base.at(indexOf(id)) : undefined);
  const lay = (row: Row): Row => {
    const old = overlay.get(row.id);
    if (old !== undefined) log = log.filter((mark) => mark.id !== row.id);
    overlay.set(row.id, row);
    const mark = markOf(row);
    let place = log.length;
    while (place > 0 && before(mark, log[place - 1] as Mark)) place -= 1;
    log.splice(place, 0, mark);
    version += 1;
    return row;
  };
  function* all(): Generator<Row> {
    for (let index = 0; index < base.count; index += 1) yield overlay.get(base.firstId + index) ?? base.at(index);
    for (const id of added) yield overlay.get(id) as Row;
  }
  return {
    get size() {
      return base.count + added.length;
    },
    get version() {
      return version;
    },
    get: (id) => (deleted.has(id) ? undefined : find(id)),
    all,
    *present() {
      for (const row of all()) if (!deleted.has(row.id)) yield row;
    },
    changed(after, limit) {
      const rows: Row[] = [];
      let index = firstAfter(base, after);
      let place = log.findIndex((mark) => before(after, mark));
      if (place === -1) place = log.length;
      while (rows.length < limit) {
        while (index < base.count && overlay.has(base.firstId + index)) index += 1;
        const own = index < base.count ? { at: base.changedAt(index), id: base.firstId + index } : undefined;
        const other = log[place];
        if (own === undefined && other === undefined) break;
        if (other === undefined || (own !== undefined && before(own, other))) {
          rows.push(base.at(index));
          index += 1;
        } else {
          rows.push(overlay.get(other.id) as Row);
          place += 1;
        }
      }
      return rows;
    },
    add(row) {
      if (find(row.id) !== undefined) throw new Error(`There is a record ${row.id} already.`);
      added.push(row.id);
      return lay(row);
    },
    set: (_id, row) => lay(row),
    remove(id, row) {
      lay(row);
      deleted.add(id);
    },
    nextId: () => base.firstId + base.count + added.length,
  };
}

function before(a: Mark, b: Mark): boolean {
  return a.at < b.at || (a.at === b.at && a.id < b.id);
}

/** The first generated row behind a place, by halving. */
function firstAfter(base: Generated, after: Mark): number {
  let low = 0;
  let high = base.count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (before(after, { at: base.changedAt(middle), id: base.firstId + middle })) high = middle;
    else low = middle + 1;
  }
  return low;
}
