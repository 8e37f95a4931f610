import { type Call, type DataRecord, type Page, type Position, type ReadRequest, VendorError } from "@fieldwright/connector-kit";
import type { Api } from "./api.js";
import type { Declaration } from "./declaration.js";
import { inTicks } from "./moment.js";

// A little more than the lag: these are the rows that a feed may send again.
const recentMs = 20 * 60_000;

/**
 * A feed from its start, from a moment on, or from where a reading was left; the position is `{ token, whole }`. Rows come by
 * their time of change, so one that changes meanwhile comes again later and none is passed over.
 */
export async function* readFeed(
  api: Api,
  stream: Declaration,
  { request, call }: { request: ReadRequest; call: Call },
): AsyncGenerator<Page> {
  const path = api.path(stream.module, stream.feed ?? stream.list);
  const { recentChanges } = api.options;
  const once = createOnce(api, stream.key ?? "id");
  let { token, whole } = standing(request);
  for (;;) {
    const from = token ?? (request.since === undefined ? undefined : inTicks(request.since));
    const page = await api.feed(path, { ...stream.feedQuery, from, includeRecentChanges: recentChanges }, call);
    if (page.hasMore && page.continueFrom === token) throw standsStill(path);
    token = page.continueFrom;
    const records = once(page.data.map((row) => stream.shaped?.(row) ?? row));
    // Only with recent changes is nothing held back.
    yield page.hasMore ? { records, next: { token, whole } } : { records, complete: whole && recentChanges };
    if (!page.hasMore) return;
  }
}

function standing({ position, since }: ReadRequest): { token: string | undefined; whole: boolean } {
  if (position === undefined) return { token: undefined, whole: since === undefined };
  return { token: text(position, "token"), whole: position.whole === true };
}

function text(position: Position, name: string): string | undefined {
  const value = position[name];
  return typeof value === "string" ? value : undefined;
}

/** With recent changes ServiceTitan repeats rows over consecutive calls; only rows as young as that have to be remembered. */
function createOnce(api: Api, key: string): (rows: readonly DataRecord[]) => readonly DataRecord[] {
  const seen = new Set<string>();
  return (rows) => {
    const young = api.now().getTime() - recentMs;
    return rows.filter((row) => {
      if (Date.parse(String(row.modifiedOn)) < young) return true;
      const name = `${String(row[key])} ${String(row.modifiedOn)}`;
      if (seen.has(name)) return false;
      seen.add(name);
      return true;
    });
  };
}

function standsStill(path: string): VendorError {
  return new VendorError(`ServiceTitan's feed ${path} says that there is more and names the page it was asked for as the next one.`, {
    code: "servicetitan/feed-stands-still",
    next: "stop-stream",
    hint: "Run it again later; if it stays so, read this stream as a list (`sources`).",
  });
}
