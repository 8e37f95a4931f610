import type { Account } from "./account.js";
import type { Kind, Stored } from "./kind.js";
import type { Asked } from "./query.js";

export interface Selection {
  readonly total: number;
  rows(offset: number, limit: number): readonly Stored[];
}

/** The rows that a request means, in its order. Which they are is kept until something changes: the next page is cheap. */
export function createSelect(account: Account): (kind: Kind, asked: Asked) => Selection {
  const known = new Map<string, { readonly version: number; readonly ids: readonly string[] }>();
  return (kind, asked) => {
    const table = account.tables[kind.path];
    if (!table) return { total: 0, rows: () => [] };
    const inOrder = asked.sort.length === 0 || (asked.sort.length === 1 && asked.sort[0]?.field === "createdAt" && !asked.sort[0].down);
    // Rows lie in the order of their creation.
    if (inOrder && asked.filters.size === 0)
      return { total: table.size, rows: (offset, limit) => table.slice(offset, limit) as readonly Stored[] };
    const name = JSON.stringify([kind.path, [...asked.filters], asked.sort]);
    let found = known.get(name);
    if (found?.version !== account.version()) {
      found = {
        version: account.version(),
        ids: byTime(account, kind, asked) ?? sorted([...table] as Stored[], asked).map((row) => row.id),
      };
      if (known.size > 40) known.clear();
      known.set(name, found);
    }
    const { ids } = found;
    return { total: ids.length, rows: (offset, limit) => ids.slice(offset, offset + limit).map((id) => table.get(id) as Stored) };
  };
}

/** What changed since, or the newest first: asked for so often that it must not cost the making of every row. */
function byTime(account: Account, { path }: Kind, { filters, sort }: Asked): readonly string[] | undefined {
  const [by] = sort;
  const isNewest = by?.field === "updatedAt" && sort.length === 1;
  if (by && !isNewest && !(by.field === "createdAt" && !by.down)) return undefined;
  const bounds = [...filters].map(([filter, value]) => ({ filter, at: timeOf(value) }));
  if (!bounds.every(({ filter }) => filter === "updated_at][gt" || filter === "updated_at][lt")) return undefined;
  const fits = (time: number): boolean => bounds.every(({ filter, at }) => (filter.endsWith("gt") ? time > at : time < at));
  const { times, idAt, touched } = account.stamps(path);
  const found: { readonly id: string; readonly time: number }[] = [];
  times.forEach((time, index) => {
    if (fits(time) && !touched.has(idAt(index))) found.push({ id: idAt(index), time });
  });
  const rows = [...touched].map((id) => account.tables[path]?.get(id)).filter((row) => row !== undefined);
  for (const row of rows) {
    const time = timeOf(row.updatedAt);
    if (fits(time)) found.push({ id: String(row.id), time });
  }
  const sign = by?.down ? -1 : 1;
  const inOrder = isNewest
    ? found.toSorted((a, b) => sign * (a.time - b.time) || Number(a.id) - Number(b.id))
    : found.toSorted((a, b) => Number(a.id) - Number(b.id));
  return inOrder.map(({ id }) => id);
}

function sorted(rows: readonly Stored[], { filters, sort }: Asked): readonly Stored[] {
  const kept = rows.filter((row) => [...filters].every(([filter, value]) => passes(row, filter.split("]["), value)));
  const [by] = sort;
  if (!by) return kept;
  const sign = by.down ? -1 : 1;
  return kept.toSorted((a, b) => sign * compare(a[by.field], b[by.field]) || Number(a.id) - Number(b.id));
}

function compare(a: unknown, b: unknown): number {
  const [one, other] = [String(a ?? ""), String(b ?? "")];
  return one < other ? -1 : one > other ? 1 : 0;
}

function passes(row: Stored, [name = "", test]: readonly string[], value: string): boolean {
  if (name === "search")
    return String(row.name ?? "")
      .toLowerCase()
      .includes(value.toLowerCase());
  const field = name === "updated_at" ? "updatedAt" : name;
  if (test === "timezone") return true;
  if (test === "gt") return timeOf(row[field]) > timeOf(value);
  if (test === "lt") return timeOf(row[field]) < timeOf(value);
  if (name === "production") return String(row.relations.production) === value;
  return String(row[field]) === value;
}

/** A time without a zone is UTC. */
function timeOf(value: unknown): number {
  const text = String(value).replace(" ", "T");
  return Date.parse(/Z$|[+-]\d\d:\d\d$/.test(text) || text.length <= 10 ? text : `${text}Z`);
}
