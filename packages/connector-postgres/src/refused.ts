import type { DataRecord } from "@fieldwright/connector-kit";
import type { Table } from "./table.js";

/** What was refused: for the message. */
export interface Refused {
  readonly table: Table;
  readonly record: DataRecord;
  readonly operation: "create" | "update" | "upsert" | "delete";
}
