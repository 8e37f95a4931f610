import type { DataRecord, Stream } from "../contract.js";

/** The same JSON for the same values, whatever the order of fields. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_name, part: unknown) => {
    if (typeof part !== "object" || part === null || Array.isArray(part)) return part;
    return Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}

export function keyOf(stream: Pick<Stream, "key">, record: DataRecord): string {
  return String(record[stream.key]);
}

/** @throws when `got` is not exactly `truth`, each record once and value by value, in any order. */
export function sameRecords(
  stream: Pick<Stream, "key" | "name" | "volatile">,
  got: readonly DataRecord[],
  truth: readonly DataRecord[],
): void {
  const seen = new Map<string, DataRecord>();
  const twice: string[] = [];
  for (const record of got) {
    const key = keyOf(stream, record);
    if (seen.has(key)) twice.push(key);
    seen.set(key, record);
  }
  const missing = truth.map((record) => keyOf(stream, record)).filter((key) => !seen.has(key));
  const known = new Set(truth.map((record) => keyOf(stream, record)));
  const invented = [...seen.keys()].filter((key) => !known.has(key));
  const problems = [said("missing", missing), said("read twice", twice), said("not there at all", invented)].filter((text) => text !== "");
  if (problems.length > 0) throw new Error(`${stream.name}: of ${truth.length} records ${problems.join("; ")}.`);
  for (const record of truth) {
    const difference = differs(stream, seen.get(keyOf(stream, record)) ?? {}, record);
    if (difference !== undefined) throw new Error(`${stream.name} ${keyOf(stream, record)}: ${difference}`);
  }
}

function differs(stream: Pick<Stream, "volatile">, got: DataRecord, truth: DataRecord): string | undefined {
  for (const name of new Set([...Object.keys(truth), ...Object.keys(got)])) {
    if (stream.volatile?.includes(name)) continue;
    const [one, other] = [canonical(got[name]), canonical(truth[name])];
    if (one !== other) return `${name} was read as ${one}, and is ${other}.`;
  }
  return undefined;
}

function said(what: string, keys: readonly string[]): string {
  if (keys.length === 0) return "";
  return `${keys.length} ${what} (${keys.slice(0, 5).join(", ")}${keys.length > 5 ? ", ..." : ""})`;
}
