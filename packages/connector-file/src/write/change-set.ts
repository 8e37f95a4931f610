import { type DataRecord, type Outcome, type Update, VendorError } from "@fieldwright/connector-kit";
import type { Column } from "../layout/columns.js";
import { cellText } from "./cell-text.js";

/** What is asked of a batch. */
export type Wish =
  | { readonly kind: "create"; readonly record: DataRecord }
  | { readonly kind: "update"; readonly update: Update }
  | { readonly kind: "delete"; readonly key: string };

/** What is to be done to the file, by key, and what becomes of each wish. */
export interface ChangeSet {
  readonly outcomes: readonly Outcome[];
  /** Key -> text of the cells to change, by column. */
  readonly changed: ReadonlyMap<string, ReadonlyMap<number, string>>;
  readonly deleted: ReadonlySet<string>;
  /** Whole rows to add, in order. */
  readonly added: readonly (readonly string[])[];
}

export interface Standing {
  readonly columns: readonly Column[];
  readonly keyField: string;
  /** How often each of the keys that are asked about stands in the file. */
  readonly counts: ReadonlyMap<string, number>;
  /** Whether the file's encoding has the text's signs. */
  readonly writable: (text: string) => boolean;
}

export function wishKey(wish: Wish, keyField: string): string | undefined {
  if (wish.kind === "delete") return wish.key;
  if (wish.kind === "update") return wish.update.key;
  const key = wish.record[keyField];
  return key === null || key === undefined || String(key).trim() === "" ? undefined : String(key).trim();
}

/** Decides each wish by itself: a refused one does not keep the others from being done. */
export function changeSet(wishes: readonly Wish[], standing: Standing): ChangeSet {
  const counts = new Map(standing.counts);
  const changed = new Map<string, Map<number, string>>();
  const deleted = new Set<string>();
  const added = new Map<string, string[]>();
  const outcomes = wishes.map((wish): Outcome => {
    const key = wishKey(wish, standing.keyField);
    if (key === undefined)
      return refused("no-key", `The record has no ${standing.keyField}, and a file gives no keys of its own.`, standing.keyField);
    const problem = againstKey(wish, key, counts.get(key) ?? 0);
    if (problem) return problem;
    const texts = wish.kind === "delete" ? new Map<number, string>() : textsOf(wish, key, standing);
    if ("ok" in texts) return texts;
    counts.set(key, wish.kind === "delete" ? 0 : 1);
    if (wish.kind === "create") added.set(key, rowOf(texts, standing.columns.length));
    else if (wish.kind === "delete") {
      if (!added.delete(key)) deleted.add(key);
    } else {
      const row = added.get(key);
      if (row) for (const [at, text] of texts) row[at] = text;
      else changed.set(key, new Map([...(changed.get(key) ?? []), ...texts]));
    }
    return { ok: true, key, created: wish.kind === "create" };
  });
  return { outcomes, changed, deleted, added: [...added.values()] };
}

function againstKey(wish: Wish, key: string, count: number): Outcome | undefined {
  if (wish.kind === "create") return count > 0 ? refused("key-exists", `${key} stands in the file already.`) : undefined;
  if (count === 0) return refused("not-found", `${key} does not stand in the file.`);
  return count > 1 ? refused("two-rows", `${key} stands in ${count} rows of the file, so it is not known which one is meant.`) : undefined;
}

function textsOf(
  wish: Exclude<Wish, { kind: "delete" }>,
  key: string,
  standing: Standing,
): Map<number, string> | Extract<Outcome, { ok: false }> {
  const values = wish.kind === "create" ? wish.record : wish.update.set;
  const texts = new Map<number, string>();
  for (const [field, value] of Object.entries(values)) {
    if (value === undefined) continue;
    const column = standing.columns.find((one) => one.field === field);
    if (!column) return refused("no-column", `The file has no column for ${field}.`, field);
    if (field === standing.keyField && wish.kind === "update" && String(value).trim() !== key)
      return refused("key-fixed", "The key of a record cannot be changed: delete it and create it anew.", field);
    const text = cellText(value, column.shape);
    if (text === undefined) return refused("no-cell", `A ${Array.isArray(value) ? "list" : typeof value} does not fit into a cell.`, field);
    if (!standing.writable(text))
      return refused("no-sign", "The file's encoding does not have all signs of this text. Save the file as UTF-8.", field);
    texts.set(column.at, text);
  }
  return texts;
}

function rowOf(texts: ReadonlyMap<number, string>, width: number): string[] {
  return Array.from({ length: width }, (_, at) => texts.get(at) ?? "");
}

function refused(code: string, message: string, field?: string): Extract<Outcome, { ok: false }> {
  return {
    ok: false,
    error: new VendorError(message, { code: `file/${code}`, next: "hold-record", ...(field === undefined ? {} : { field }) }),
  };
}
