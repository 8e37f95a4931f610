import type { DataRecord } from "@fieldwright/connector-kit";

/** Asks for each key in turn; those that are not there are left out. */
export async function foundOf(
  keys: readonly string[],
  ask: (key: string) => Promise<DataRecord | undefined>,
): Promise<readonly DataRecord[]> {
  const found: DataRecord[] = [];
  for (const key of keys) {
    const record = await ask(key);
    if (record !== undefined) found.push(record);
  }
  return found;
}
