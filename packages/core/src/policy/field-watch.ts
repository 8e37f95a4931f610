import { isBlank } from "../mapping/index.js";
import { FactorWatch } from "./factor-watch.js";
import { HeavyHitters } from "./heavy-hitters.js";

export interface FieldExample {
  readonly id: string;
  readonly before: unknown;
  readonly after: unknown;
}

const longestText = 120; // characters told apart
const values = 8; // told apart at once
/** So many different old values say that the field usually differs from record to record. */
const manyDifferent = 5;

/** What happened to one field over all planned changes, in constant memory. */
export class FieldWatch {
  changed = 0;
  emptied = 0;
  /** Changes from one value to another. */
  replaced = 0;
  readonly factors = new FactorWatch();
  readonly #old = new HeavyHitters(manyDifferent * 2);
  readonly #new = new HeavyHitters(values);
  #widest = 0;
  readonly #examples: { emptied?: FieldExample; replaced?: FieldExample; factor?: FieldExample } = {};

  constructor(readonly isNumber: boolean) {}

  add(one: FieldExample, texts: { readonly before: string | null; readonly after: string | null }): void {
    this.changed++;
    const { before, after } = texts;
    if (before === null) return;
    if (after === null) {
      this.emptied++;
      this.#examples.emptied ??= one;
      return;
    }
    this.replaced++;
    this.#examples.replaced ??= one;
    this.#old.add(before.slice(0, longestText));
    this.#widest = Math.max(this.#widest, this.#old.different);
    this.#new.add(after.slice(0, longestText));
    const numbers = this.isNumber ? { old: numberOf(one.before), new: numberOf(one.after) } : undefined;
    if (numbers?.old === undefined || numbers.new === undefined) return;
    if (this.factors.add(numbers.old, numbers.new)) this.#examples.factor ??= one;
  }

  /** The old values differed from record to record. */
  get varied(): boolean {
    return this.#widest >= manyDifferent;
  }

  /** The most frequent new value, with at least how often it came. */
  get commonest(): { readonly value: string; readonly count: number } | undefined {
    return this.#new.top();
  }

  example(of: "emptied" | "replaced" | "factor"): FieldExample {
    return this.#examples[of] ?? { id: "", before: null, after: null };
  }
}

function numberOf(value: unknown): number | undefined {
  if (isBlank(value) || (typeof value !== "number" && typeof value !== "string")) return undefined;
  const number = Number(value);
  return Number.isFinite(number) ? number : undefined;
}
