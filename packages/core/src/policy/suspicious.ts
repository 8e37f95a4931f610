import type { Field } from "@fieldwright/connector-kit";
import { type Canonical, canonical, isBlank } from "../mapping/index.js";
import { sortedJson } from "../mapping/sorted-json.js";
import { type FieldExample, FieldWatch } from "./field-watch.js";
import type { PlannedValues } from "./planned-values.js";
import { SwapWatch } from "./swap-watch.js";

/** A pattern over many changes that people mostly did not mean. */
export interface Suspicion {
  readonly kind: "emptied" | "same_everywhere" | "factor" | "swapped";
  readonly fields: readonly string[];
  /** Records that show it, and changes of the field that could have. */
  readonly count: number;
  readonly of: number;
  readonly example: FieldExample;
  /** For a person who knows the business and not the software. */
  readonly says: string;
}

export interface ChangeWatch {
  add(change: PlannedValues): void;
  suspicions(): readonly Suspicion[];
}

export interface WatchOptions {
  /** Fewer records than these show no pattern. 10 if not given. */
  readonly least?: number;
}

const emptiedShare = 0.25;
const sameShare = 0.8;
const swappedShare = 0.5;
const numbers: ReadonlySet<Field["type"]> = new Set(["integer", "number", "decimal"]);

/** Watches planned updates go by, one at a time; memory grows with the number of fields, never of records. */
export function watchChanges(fields: Readonly<Record<string, Field>>, options: WatchOptions = {}): ChangeWatch {
  const least = options.least ?? 10;
  const watches = new Map<string, { watch: FieldWatch; textOf: Canonical }>();
  const swaps = new SwapWatch();
  const watchOf = (name: string) => {
    let own = watches.get(name);
    if (own === undefined) {
      const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
      own = {
        watch: new FieldWatch(field === undefined || numbers.has(field.type)),
        textOf: field === undefined ? asItIs : canonical(field),
      };
      watches.set(name, own);
    }
    return own;
  };
  return {
    add: (change) => {
      const replaced: { field: string; before: string; after: string }[] = [];
      for (const field of Object.keys(change.after)) {
        const { watch, textOf } = watchOf(field);
        const old = change.before[field];
        const next = change.after[field];
        const texts = { before: isBlank(old) ? null : textOf(old), after: isBlank(next) ? null : textOf(next) };
        if (texts.before === texts.after) continue;
        watch.add({ id: change.id, before: old ?? null, after: next ?? null }, texts);
        if (texts.before !== null && texts.after !== null) replaced.push({ field, before: texts.before, after: texts.after });
      }
      swaps.add(change, replaced);
    },
    suspicions: () => [
      ...[...watches].flatMap(([field, { watch }]) => ofField(field, watch, least)),
      ...swaps.swaps().flatMap((swap) => {
        const [a, b] = swap.fields;
        const of = Math.max(watchOf(a).watch.replaced, watchOf(b).watch.replaced);
        if (swap.count < least || swap.count < of * swappedShare) return [];
        const example = {
          id: swap.example.id,
          before: pick(swap.example.before, swap.fields),
          after: pick(swap.example.after, swap.fields),
        };
        const says = `\`${a}\` and \`${b}\` would trade places in ${counted(swap.count, of)}: what stands in one now would stand in the other${like(example)}. Are the two mixed up in the spec or at the source?`;
        return [{ kind: "swapped" as const, fields: swap.fields, count: swap.count, of, example, says }];
      }),
    ],
  };
}

function ofField(field: string, watch: FieldWatch, least: number): readonly Suspicion[] {
  const found: Suspicion[] = [];
  if (watch.emptied >= least && watch.emptied >= watch.changed * emptiedShare) {
    const example = watch.example("emptied");
    const says = `\`${field}\` would become empty in ${counted(watch.emptied, watch.changed)}${like(example)}. Did the source stop giving it?`;
    found.push({ kind: "emptied", fields: [field], count: watch.emptied, of: watch.changed, example, says });
  }
  const same = watch.commonest;
  if (same !== undefined && watch.varied && same.count >= least && same.count >= watch.replaced * sameShare) {
    const example = watch.example("replaced");
    const says = `\`${field}\` differs from record to record now, and would become the same, ${shown(same.value)}, in ${counted(same.count, watch.replaced)}${like(example)}. Is one value filled in for all?`;
    found.push({ kind: "same_everywhere", fields: [field], count: same.count, of: watch.replaced, example, says });
    return found; // a factor between the two would say nothing
  }
  const factor = watch.factors.top();
  if (factor !== undefined && watch.varied && factor.count >= least && factor.count >= watch.factors.seen * sameShare) {
    const example = watch.example("factor");
    const size = factor.factor === -1 ? "turned from plus to minus or back" : `${sized(factor.factor)}`;
    const says = `Numbers in \`${field}\` would be ${size} in ${counted(factor.count, watch.factors.seen)}${like(example)}. ${factor.meaning === undefined ? "Is that meant?" : `That is mostly ${factor.meaning}.`}`;
    found.push({ kind: "factor", fields: [field], count: factor.count, of: watch.factors.seen, example, says });
  }
  return found;
}

function sized(factor: number): string {
  const size = Math.abs(factor) >= 1 ? factor : 1 / factor;
  return `${Number(size.toPrecision(4)).toLocaleString("en-US")} times ${Math.abs(factor) >= 1 ? "as large" : "smaller"}`;
}

function counted(count: number, of: number): string {
  return `${count.toLocaleString("en-US")} of the ${of.toLocaleString("en-US")} records where it changes`;
}

function like(example: FieldExample): string {
  return ` (for example ${example.id}: ${shown(example.before)} -> ${shown(example.after)})`;
}

function shown(value: unknown): string {
  if (isBlank(value)) return "(blank)";
  const text = typeof value === "string" ? value : sortedJson(value);
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}

function pick(values: Readonly<Record<string, unknown>>, fields: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(fields.map((field) => [field, values[field] ?? null]));
}

const asItIs: Canonical = (value) => (isBlank(value) ? null : typeof value === "string" ? value : sortedJson(value));
