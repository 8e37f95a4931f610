import type { Kind } from "./kinds.js";
import { invalid } from "./problem.js";
import { sortable, stamp } from "./stamp.js";
import { type Mark, markOf, type Row } from "./store.js";
import type { Tenant } from "./tenant.js";

const lagMs = 15 * 60_000;

interface From extends Mark {
  /** Whether the row at the place itself comes again. */
  readonly again: boolean;
}

/**
 * A page of an export feed. A change shows up 15 minutes after it happened; with `includeRecentChanges` at once, and then rows as
 * young as that come again with the next call: the token that is given never goes beyond what can no longer change its place.
 */
export function feedPage(tenant: Tenant, kind: Kind, query: URLSearchParams): object {
  const { feedPageSize, clock } = tenant.settings;
  const recent = booleanOf(query, "includeRecentChanges");
  const old = sortable(stamp(clock.now().getTime() - lagMs)) ?? "";
  const from = fromOf(kind, query.get("from"));
  const found = tenant.stores[kind].changed(from.again ? { at: from.at, id: from.id - 1 } : from, feedPageSize + 1);
  const visible = recent ? found : found.filter((row) => markOf(row).at <= old);
  const hasMore = visible.length > feedPageSize;
  const data = visible.slice(0, feedPageSize);
  return { hasMore, continueFrom: token(kind, next({ data, from, old, hasMore })), data: shownIn(query, data) };
}

function next({ data, from, old, hasMore }: { data: readonly Row[]; from: From; old: string; hasMore: boolean }): From {
  const marks = data.map(markOf);
  const last = marks.at(-1);
  if (last === undefined) return from;
  if (last.at <= old) return { ...last, again: false };
  // Within one walk the last row comes again; the token of a last page goes back to where all is settled.
  if (hasMore) return { ...last, again: data.length > 1 };
  const settled = marks.filter((mark) => mark.at <= old).at(-1);
  return settled === undefined ? { ...from, again: from.again } : { ...settled, again: false };
}

/** Two of the feeds take a word on inactive rows; all others show them in any case. */
function shownIn(query: URLSearchParams, rows: readonly Row[]): readonly Row[] {
  const active = query.get("active");
  if (active === null || active === "Any") return rows;
  return rows.filter((row) => String(row.active) === active.toLowerCase());
}

function token(kind: Kind, { at, id, again }: From): string {
  return Buffer.from(JSON.stringify([kind, at, id, again])).toString("base64url");
}

function fromOf(kind: Kind, text: string | null): From {
  if (text === null || text === "") return { at: "", id: 0, again: false };
  const date = sortable(text);
  // Inclusive: everything at this very time counts.
  if (date !== undefined) return { at: date, id: 0, again: false };
  try {
    const [of, at, id, again] = JSON.parse(Buffer.from(text, "base64url").toString("utf8")) as [string, string, number, boolean];
    if (of === kind) return { at, id, again };
  } catch {
    // Not one of ours: the same answer as for another feed's.
  }
  throw invalid("from", `The value '${text}' is not valid.`);
}

export function booleanOf(query: URLSearchParams, name: string): boolean {
  const text = query.get(name)?.toLowerCase() ?? "false";
  if (text !== "true" && text !== "false") throw invalid(name, `The value '${text}' is not valid.`);
  return text === "true";
}
