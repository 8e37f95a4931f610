import type { DataRecord } from "../contract.js";

/** Records that are made when they are asked for. `at` is pure. */
export interface Base {
  readonly count: number;
  readonly at: (index: number) => DataRecord;
}

/** The base with what has changed since laid over it. An index is for good: it is not used again after a removal. */
export interface Rows {
  readonly size: number;
  has(index: number): boolean;
  at(index: number): DataRecord;
  set(index: number, record: DataRecord): DataRecord;
  /** The new record's index. */
  push(record: DataRecord): number;
  drop(index: number): void;
  /** All from the `offset`-th that is still there. */
  from(offset: number): Generator<DataRecord>;
}

export function createRows(base: Base): Rows {
  const overlay = new Map<number, DataRecord>(); // changed and added records by index
  const removed: number[] = []; // indices, ascending
  let end = base.count;
  const at = (index: number): DataRecord => overlay.get(index) ?? base.at(index);
  return {
    at,
    get size() {
      return end - removed.length;
    },
    has: (index) => removed[place(removed, index)] !== index,
    set(index, record) {
      overlay.set(index, record);
      return record;
    },
    push(record) {
      overlay.set(end, record);
      end += 1;
      return end - 1;
    },
    drop(index) {
      removed.splice(place(removed, index), 0, index);
      overlay.delete(index);
    },
    *from(offset) {
      let gap = 0;
      let index = offset;
      while (gap < removed.length && (removed[gap] as number) <= index) {
        gap += 1;
        index += 1;
      }
      for (; index < end; index += 1) {
        if (removed[gap] === index) gap += 1;
        else yield at(index);
      }
    },
  };
}

/** Where `value` is, or belongs, in an ascending list. */
function place(list: readonly number[], value: number): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((list[middle] as number) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
