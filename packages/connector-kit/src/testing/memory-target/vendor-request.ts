import type { DataRecord, Update } from "../../contract.js";
import type { MemoryStream } from "./memory-streams.js";

/** What can be asked of the vendor, over the wire or in the same process. */
export type VendorRequest = { readonly stream: MemoryStream } & (
  | { readonly operation: "list"; readonly page: number; readonly size: number; readonly since?: string; readonly until?: string }
  | { readonly operation: "get"; readonly keys: readonly string[] }
  | { readonly operation: "find"; readonly field: string; readonly values: readonly unknown[] }
  | VendorWrite
);

export type VendorWrite =
  | { readonly operation: "create"; readonly records: readonly DataRecord[] }
  | { readonly operation: "update"; readonly updates: readonly Update[] }
  | { readonly operation: "delete" | "restore"; readonly keys: readonly string[] };

export interface VendorListing {
  readonly items: readonly DataRecord[];
  readonly pages: number;
  readonly total: number;
}

/** One for each record of a write, in its order. */
export type VendorOutcome =
  | { readonly ok: true; readonly key: string; readonly record: DataRecord }
  | { readonly ok: false; readonly code: string; readonly message: string; readonly field?: string };

export interface VendorAnswer {
  readonly list?: VendorListing;
  readonly items?: readonly DataRecord[];
  readonly outcomes?: readonly VendorOutcome[];
}

export const writeOperations: readonly string[] = ["create", "update", "delete", "restore"] satisfies readonly VendorWrite["operation"][];
