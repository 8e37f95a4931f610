import type { DataRecord } from "@fieldwright/connector-kit";
import { refuse } from "./refuse.js";

/** "In Progress" and "InProgress" are the same: the vendor's screens and its API differ in it. */
export function sameStatus(a: unknown, b: unknown): boolean {
  return bare(a) === bare(b);
}

function bare(status: unknown): string {
  return String(status ?? "")
    .replace(/\s+/g, "")
    .toLowerCase();
}

/** The body of a hold or a cancellation; both want a reason and a few words. */
export function reasonOf(set: DataRecord, what: string): { readonly reasonId: unknown; readonly memo: unknown } {
  const missing = ["reasonId", "memo"].filter((field) => set[field] === undefined || set[field] === null || set[field] === "");
  if (missing.length > 0) {
    throw refuse(`ServiceTitan wants ${missing.join(" and ")} to ${what}.`, {
      field: missing[0] ?? "",
      hint: "Map `reasonId` (see the stream of reasons) and `memo` beside the status.",
    });
  }
  return { reasonId: Number(set.reasonId), memo: String(set.memo) };
}

/** Fields of a set without those that are for an action. */
export function without(set: DataRecord, names: readonly string[]): DataRecord {
  return Object.fromEntries(Object.entries(set).filter(([name, value]) => !names.includes(name) && value !== undefined));
}
