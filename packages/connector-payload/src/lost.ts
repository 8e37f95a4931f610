import type { DataRecord } from "@fieldwright/connector-kit";

/** Fields that were sent and are not to be found in the record that Payload answers with. */
export function lostIn(sent: DataRecord, stored: DataRecord): readonly string[] {
  return Object.entries(sent)
    .filter(([name, value]) => isSomething(value) && !isSomething(stored[name]))
    .map(([name]) => name);
}

/** Payload clears a field for an empty text, and an empty list is none. */
function isSomething(value: unknown): boolean {
  return value !== undefined && value !== null && value !== "" && !(Array.isArray(value) && value.length === 0);
}
