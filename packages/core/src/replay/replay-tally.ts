import type { ReadySync } from "../ready-sync.js";
import type { Replay, ReplayedKind, ReplayedRecord } from "./replay-report.js";

/** Adds a replay up as it goes; keeps the first records only, so that its size does not grow with theirs. */
export class ReplayTally {
  read = 0;
  #changed = 0;
  readonly #changes = new Map<string, { was: ReplayedKind; becomes: ReplayedKind; records: number }>();
  readonly #fields = new Map<string, number>();
  readonly #records: ReplayedRecord[] = [];

  constructor(private readonly limit: number) {}

  add(record: ReplayedRecord): void {
    this.#changed++;
    const [was, becomes] = [record.was.decision, record.becomes.decision];
    const change = this.#changes.get(`${was} ${becomes}`) ?? { was, becomes, records: 0 };
    change.records++;
    this.#changes.set(`${was} ${becomes}`, change);
    for (const { field } of record.fields) this.#fields.set(field, (this.#fields.get(field) ?? 0) + 1);
    if (this.#records.length < this.limit) this.#records.push(record);
  }

  sums(sync: ReadySync): Pick<Replay, "read" | "same" | "changed" | "changes" | "fields" | "records"> {
    const fields = [...this.#fields].map(([field, records]) => {
      const line = sync.spec.lines[`fields.${field}`];
      return { field, records, ...(line === undefined ? {} : { line }) };
    });
    return {
      read: this.read,
      same: this.read - this.#changed,
      changed: this.#changed,
      changes: [...this.#changes.values()].sort((a, b) => b.records - a.records),
      fields: fields.sort((a, b) => b.records - a.records),
      records: this.#records,
    };
  }
}
