import type { DataRecord } from "@fieldwright/connector-kit";
import type { Table } from "@fieldwright/connector-kit/testing";
import type { AskNow } from "./ask-now.js";

export interface Place {
  readonly ask: AskNow;
  /** Ends in /api. */
  readonly url: string;
  readonly slug: string;
  readonly authorization: string;
}

/** A collection of the real server, looked at and changed as a person with its API would. */
export function realTable({ ask, url, slug, authorization }: Place): Table {
  let now = (): Date => new Date();
  const headers = { authorization, "content-type": "application/json" };
  const call = (path: string, method = "GET", body?: DataRecord): unknown =>
    ask.http(`${url}/${slug}${path}`, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
  const all = (): readonly DataRecord[] => (call("?limit=0&depth=0&sort=id&pagination=false") as { docs: readonly DataRecord[] }).docs;
  const get = (key: string | number): DataRecord | undefined => all().find((record) => String(record.id) === String(key));
  // Payload sets the time of a change by its own clock; the test's clock may be days ahead.
  const touched = (key: string | number): DataRecord => {
    ask.sql(`update ${slug.replaceAll("-", "_")} set updated_at = $1 where id::text = $2`, [now().toISOString(), String(key)]);
    return get(key) as DataRecord;
  };
  return {
    key: "id",
    get size() {
      return (call("/count") as { totalDocs: number }).totalDocs;
    },
    get,
    has: (key) => get(key) !== undefined,
    slice: (offset, limit) => all().slice(offset, offset + limit),
    filter: (test) => all().filter(test),
    add: (record) => touched((call("?depth=0", "POST", record) as { doc: { id: number } }).doc.id),
    change(key, set) {
      if (Object.keys(set).length > 0) call(`/${key}?depth=0`, "PATCH", set);
      return touched(key);
    },
    remove: (key) => void call(`/${key}`, "DELETE"),
    useClock(clock) {
      now = clock;
    },
    [Symbol.iterator]: () => all()[Symbol.iterator](),
  };
}
