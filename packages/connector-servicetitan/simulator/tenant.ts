import { randomAt } from "@fieldwright/connector-kit/testing";
import { firstIdOf, type Kind, kinds } from "./kinds.js";
import type { Settings } from "./options.js";
import type { Place } from "./place.js";
import { rowOf } from "./rows/row-of.js";
import { sortable, stamp } from "./stamp.js";
import { createStore, type Row, type Store } from "./store.js";

export interface Note {
  readonly id: number;
  readonly text: string;
  readonly isPinned: boolean;
  readonly createdById: number;
  readonly createdOn: string;
  readonly modifiedOn: string;
}

/** Everything that one tenant holds. */
export interface Tenant {
  readonly settings: Settings;
  readonly stores: Readonly<Record<Kind, Store>>;
  /** "customers 7" -> its notes. */
  readonly notes: Map<string, Note[]>;
  /** "customers 7 <application>" -> its external data. */
  readonly external: Map<string, readonly { readonly key: string; readonly value: string }[]>;
  /** Rows of the logs that actions leave, by job. */
  readonly canceledLog: { readonly jobId: number; readonly reasonId: number; readonly memo: string }[];
  /** A new time of change, later than every one before it. */
  now(): string;
  nextNoteId(): number;
  add(kind: Kind, row: Readonly<Record<string, unknown>>): Row;
  change(kind: Kind, id: number, set: Readonly<Record<string, unknown>>): Row;
  remove(kind: Kind, id: number): void;
}

const historyStart = Date.UTC(2023, 0, 2, 8);
const historyEnd = Date.UTC(2026, 0, 30, 18);

export function createTenant(settings: Settings): Tenant {
  const stores = Object.fromEntries(kinds.map((kind) => [kind, storeOf(settings, kind)])) as Record<Kind, Store>;
  let ticks = 0;
  let noteIds = 4_100_000_000;
  const now = (): string => {
    ticks = (ticks % 9998) + 1;
    return stamp(settings.clock.now().getTime(), ticks);
  };
  return {
    settings,
    stores,
    notes: new Map(),
    external: new Map(),
    canceledLog: [],
    now,
    nextNoteId: () => {
      noteIds += 1;
      return noteIds;
    },
    add(kind, row) {
      const at = now();
      const id = typeof row.id === "number" ? row.id : stores[kind].nextId();
      return stores[kind].add({ ...row, id, createdOn: at, modifiedOn: at });
    },
    change(kind, id, set) {
      const row = stores[kind].get(id);
      if (row === undefined) throw new Error(`There is no ${id} in ${kind}.`);
      return stores[kind].set(id, { ...row, ...set, id, modifiedOn: now() });
    },
    remove(kind, id) {
      const row = stores[kind].get(id);
      if (row === undefined) throw new Error(`There is no ${id} in ${kind}.`);
      stores[kind].remove(id, { ...row, active: false, modifiedOn: now() });
    },
  };
}

function storeOf({ seed, sizes }: Settings, kind: Kind): Store {
  const count = sizes[kind];
  const firstId = firstIdOf(kind);
  const stepMs = Math.floor((historyEnd - historyStart) / Math.max(1, count));
  const kindSeed = seed * 100 + kinds.indexOf(kind);
  const modifiedMs = (index: number): number => historyStart + index * stepMs;
  // Not all rows have all seven digits.
  const ticksAt = (index: number): number => (index % 7 === 0 ? 0 : ((index * 7919) % 9999) + 1);
  const modifiedAt = (index: number): string => stamp(modifiedMs(index), ticksAt(index));
  const ref: Place["ref"] = (other, n) => firstIdOf(other) + (n % Math.max(1, sizes[other]));
  return createStore({
    count,
    firstId,
    changedAt: (index) => sortable(modifiedAt(index)) ?? "",
    at(index) {
      const createdMs = modifiedMs(index) - ((index * 37) % 240) * 60_000;
      const share: Place["share"] = (other) => Math.floor((index * Math.max(1, sizes[other])) / Math.max(1, count));
      const random = randomAt(kindSeed, index);
      return rowOf[kind]({
        index,
        id: firstId + index,
        random,
        createdOn: stamp(createdMs, ticksAt(index)),
        modifiedOn: modifiedAt(index),
        createdMs,
        ref,
        share,
      });
    },
  });
}
