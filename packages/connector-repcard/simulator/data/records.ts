export type Id = number | string;

export interface Extra {
  /** Keys of the row as somebody set them by hand, in place of what would be derived. */
  readonly extra?: Readonly<Record<string, unknown>>;
}

export interface RecordsOptions<R extends P, P> {
  /** How many records there are from the start; none of them is made before somebody asks for it. */
  readonly count: number;
  /** The record at an index; called with indexes from `count` on for records that are added. */
  readonly make: (index: number) => R;
  readonly idOf: (record: R) => Id;
  /** The index of the record that was made with this id, if any can have been. */
  readonly indexOf: (id: Id) => number | undefined;
  /** The part of a record that filters need, where making the whole one is dear. */
  readonly peek?: (index: number) => P;
  /** Keeps what was made: for kinds that are few and looked up for every row of another kind. */
  readonly keep?: boolean;
  /** What a record belongs to, to find those that were added later. */
  readonly parentOf?: (record: R) => Id;
}

/** Generated records, in the order of their ids, with what people have changed since laid over them. */
export class Records<R extends P, P = R> {
  /** Rises with every change. */
  version = 0;
  private readonly changed = new Map<number, R>();
  private readonly kept = new Map<number, R>();
  /** Indexes, ascending. */
  private readonly removed: number[] = [];
  private readonly addedByParent = new Map<Id, number[]>();
  private readonly selections = new Map<string, { version: number; indexes: readonly number[] }>();
  /** Records that were added under an id of somebody's choice. */
  private readonly chosenIds = new Map<Id, number>();
  private end: number;

  constructor(private readonly options: RecordsOptions<R, P>) {
    this.end = options.count;
  }

  get size(): number {
    return this.end - this.removed.length;
  }

  /** The index of the next record to be added. */
  get nextIndex(): number {
    return this.end;
  }

  /** The records from the place `offset` on, in the list's order. */
  slice(offset: number, limit: number): R[] {
    return this.indexes(offset, limit).map((index) => this.record(index));
  }

  indexes(offset: number, limit: number): number[] {
    const to = Math.min(offset + limit, this.size);
    return Array.from({ length: Math.max(0, to - offset) }, (_, n) => this.indexAtPlace(offset + n));
  }

  record(index: number): R {
    const known = this.changed.get(index) ?? this.kept.get(index);
    if (known !== undefined) return known;
    const made = this.options.make(index);
    if (this.options.keep) this.kept.set(index, made);
    return made;
  }

  /** Whether a person or a call has touched the record since the start. */
  touched(index: number): boolean {
    return this.changed.has(index);
  }

  indexOf(id: Id): number | undefined {
    const index = this.chosenIds.get(id) ?? this.options.indexOf(id);
    if (index === undefined || index < 0 || index >= this.end || this.isRemoved(index)) return undefined;
    return index;
  }

  get(id: Id): R | undefined {
    const index = this.indexOf(id);
    if (index === undefined) return undefined;
    const record = this.record(index);
    return this.options.idOf(record) === id ? record : undefined;
  }

  *all(): Generator<R> {
    for (let index = 0; index < this.end; index += 1) {
      if (!this.isRemoved(index)) yield this.record(index);
    }
  }

  /** The records that belong to `parent`: of the generated ones those in the range, and all that were added since. */
  children(parent: Id, generated: { readonly from: number; readonly to: number }): R[] {
    const range = Array.from({ length: generated.to - generated.from }, (_, n) => generated.from + n);
    return [...range, ...(this.addedByParent.get(parent) ?? [])]
      .filter((index) => !this.isRemoved(index))
      .map((index) => this.record(index));
  }

  /** Indexes of the records that pass; remembered under `name` until something changes, so that each next page is cheap. */
  select(name: string, passes: (record: P) => boolean): readonly number[] {
    const known = this.selections.get(name);
    if (known?.version === this.version) return known.indexes;
    const indexes: number[] = [];
    for (let index = 0; index < this.end; index += 1) {
      if (!this.isRemoved(index) && passes(this.peek(index))) indexes.push(index);
    }
    if (this.selections.size >= 20) this.selections.clear();
    this.selections.set(name, { version: this.version, indexes });
    return indexes;
  }

  add(record: R): R {
    const id = this.options.idOf(record);
    if (this.get(id) !== undefined) throw new Error(`There is a record ${id} already.`);
    if (this.options.indexOf(id) !== this.end) this.chosenIds.set(id, this.end);
    this.changed.set(this.end, record);
    if (this.options.parentOf) {
      const parent = this.options.parentOf(record);
      const siblings = this.addedByParent.get(parent);
      if (siblings) siblings.push(this.end);
      else this.addedByParent.set(parent, [this.end]);
    }
    this.end += 1;
    this.version += 1;
    return record;
  }

  replace(id: Id, record: R): R {
    const index = this.indexOf(id);
    if (index === undefined) throw new Error(`There is no record ${id} to change.`);
    this.changed.set(index, record);
    this.version += 1;
    return record;
  }

  remove(id: Id): boolean {
    const index = this.indexOf(id);
    if (index === undefined) return false;
    this.removed.splice(this.removedBefore(index), 0, index);
    this.changed.delete(index);
    this.version += 1;
    return true;
  }

  private peek(index: number): P {
    return this.changed.get(index) ?? (this.options.peek ?? this.options.make)(index);
  }

  private indexAtPlace(place: number): number {
    let low = 0;
    let high = this.removed.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.removed[middle] as number) - middle <= place) low = middle + 1;
      else high = middle;
    }
    return place + low;
  }

  private removedBefore(index: number): number {
    let low = 0;
    let high = this.removed.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.removed[middle] as number) < index) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  private isRemoved(index: number): boolean {
    return this.removed.length > 0 && this.removed[this.removedBefore(index)] === index;
  }
}

/** Ids that count up from `first`. */
export function numbered(first: number): (id: Id) => number | undefined {
  return (id) => (typeof id === "number" && Number.isInteger(id) ? id - first : undefined);
}

/** A Mongo-like id: seconds of its moment, then a number that rises. */
export function mongoId(ms: number, index: number): string {
  const seconds = Math.floor(ms / 1000);
  return `${hex(seconds, 8)}a8f1909f${hex(index, 8)}`;
}

export function mongoIndex(id: Id): number | undefined {
  return typeof id === "string" && /^[0-9a-f]{24}$/.test(id) ? Number.parseInt(id.slice(16), 16) : undefined;
}

function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, "0");
}
