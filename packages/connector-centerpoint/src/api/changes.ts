import type { DataRecord, ReadRequest } from "@fieldwright/connector-kit";
import type { Collection } from "../collections/collection.js";
import type { Api } from "./api.js";

export function howChanges(api: Api, collection: Collection): Collection["incremental"] {
  return api.options.assumptions.incremental[collection.name] ?? collection.incremental;
}

export interface Range {
  /** A row without a time is in every range: better read once more than missed. */
  holds(record: DataRecord): boolean;
  isBelow(record: DataRecord): boolean;
}

export function rangeOf({ since, until }: ReadRequest): Range {
  const [from, to] = [momentOf(since, Number.NEGATIVE_INFINITY), momentOf(until, Number.POSITIVE_INFINITY)];
  const at = (record: DataRecord): number => Date.parse(String(record.updatedAt));
  // The vendor's times are whole seconds.
  const isBelow = (record: DataRecord): boolean => at(record) < Math.floor(from / 1000) * 1000;
  return { isBelow, holds: (record) => !isBelow(record) && !(at(record) > to) };
}

function momentOf(text: string | undefined, otherwise: number): number {
  const ms = text === undefined ? Number.NaN : Date.parse(text);
  return Number.isNaN(ms) ? otherwise : ms;
}
