import type { DataRecord, FieldType } from "@fieldwright/connector-kit";
import { VendorError } from "@fieldwright/connector-kit";
import { arrayLiteral } from "@fieldwright/connector-kit/sql";
import { type CheckedLink, readLinks, sampleLinks } from "../store/checks.js";
import { type Checking, takesSql, targetRecords } from "./checking.js";
import type { Asked, CheckResult, Looked } from "./report.js";
import { attempt, cannot, type Found, notChecked, whyNot } from "./result.js";
import { lookedAt } from "./words.js";

/** A check that looks at the linked target records, a page at a time. */
export interface Watch {
  readonly asked: Asked;
  /**
   * For targets that take SQL, an expression over the page's rows of the target `t` (no row where it is missing) and the links `k (id, gone)`.
   * `suspects`: 0 where no record of the page needs to be seen. `adds`: goes to `add`, and no record is seen.
   */
  readonly sql?: { readonly suspects: string } | { readonly adds: string };
  readonly add?: (value: unknown) => void;
  see(page: LinkedPage): void | Promise<void>;
  /** What it has found so far is true, however the pass ends. */
  readonly found?: Found;
  end(looked: Looked): CheckResult | Promise<CheckResult>;
}

export interface LinkedPage {
  readonly links: readonly CheckedLink[];
  /** By target id; those that are missing are not there. */
  readonly records: ReadonlyMap<string, DataRecord>;
}

/** `all`, page by page, or a sample. */
export interface Walk {
  readonly all: boolean;
  readonly linked: number;
}

const pageSize = { sql: 5_000, records: 500 };

/** One pass over the linked records for all the watches: what one of them cannot do is its own trouble. */
export async function walkLinked(c: Checking, watches: readonly Watch[], walk: Walk): Promise<readonly CheckResult[]> {
  const broken = new Map<Watch, CheckResult>();
  let at = 0;
  let end: unknown;
  try {
    for await (const links of pagesOfLinks(c, walk)) {
      const open = watches.filter((watch) => !broken.has(watch));
      if (open.length === 0) break;
      await seePage(c, links, open, (watch, error) => broken.set(watch, cannot(c, watch.asked, error)));
      at += links.length;
    }
  } catch (error) {
    end = error;
  }
  const looked = { at, of: walk.linked };
  const results: CheckResult[] = [];
  for (const watch of watches) results.push(broken.get(watch) ?? (await resultOf(c, watch, { looked, end })));
  return results;
}

async function resultOf(c: Checking, watch: Watch, { looked, end }: { looked: Looked; end: unknown }): Promise<CheckResult> {
  if (end === undefined) return attempt(c, watch.asked, () => watch.end(looked));
  if ((watch.found?.count ?? 0) > 0) {
    const result = await attempt(c, watch.asked, () => watch.end(looked));
    return { ...result, says: `${result.says} The rest could not be checked: ${whyNot(c, end)}` };
  }
  const result = cannot(c, watch.asked, end);
  return looked.at === 0 ? result : notChecked(result, `${whyNot(c, end)} It had looked at ${lookedAt(looked)}.`, { looked });
}

async function* pagesOfLinks(c: Checking, walk: Walk): AsyncGenerator<readonly CheckedLink[]> {
  const of = { sync: c.sync.state.id, stream: c.sync.source.name };
  const limit = takesSql(c) ? pageSize.sql : pageSize.records;
  if (!walk.all) {
    // Another choice with every run, so that in time all records have their turn.
    const run = c.after?.run ?? 0;
    const seed = c.after ? String(run) : c.now().toISOString();
    const sample = await sampleLinks(c.store, c.store.database, { ...of, run, seed, limit: c.look });
    for (let start = 0; start < sample.length; start += limit) yield sample.slice(start, start + limit);
    return;
  }
  for (let after = ""; ; ) {
    const links = await readLinks(c.store, c.store.database, { ...of, after, limit });
    const last = links.at(-1);
    if (!last) return;
    yield links;
    after = last.sourceId;
  }
}

type Break = (watch: Watch, error: unknown) => void;

async function seePage(c: Checking, links: readonly CheckedLink[], watches: readonly Watch[], breaks: Break): Promise<void> {
  c.call.signal.throwIfAborted();
  const seeing = takesSql(c) ? await bySql(c, links, watches) : watches;
  if (seeing.length === 0) return;
  const records = await targetRecords(
    c,
    links.map((link) => link.targetId),
  );
  for (const watch of seeing) {
    try {
      await watch.see({ links, records });
    } catch (error) {
      breaks(watch, error);
    }
  }
}

/** Asks the database about the page for all watches at once, and tells which of them still must see its records. */
async function bySql(c: Checking, links: readonly CheckedLink[], watches: readonly Watch[]): Promise<readonly Watch[]> {
  const { sql } = c.sync.target.stream;
  const asking = watches.filter((watch) => watch.sql !== undefined);
  if (asking.length === 0 || !sql?.key || !c.target.query) return watches;
  const asks = asking.map((watch) => (watch.sql && "adds" in watch.sql ? watch.sql.adds : (watch.sql?.suspects ?? "1")));
  const text = `select ${asks.map((ask, index) => `${ask} as a${index}`).join(", ")}
    from unnest($1::text[]::${sql.key.type}[], $2::boolean[]) k(id, gone) left join ${sql.table} t on t.${sql.key.column} = k.id`;
  const values = [arrayLiteral(links.map((link) => link.targetId)), arrayLiteral(links.map((link) => link.gone))];
  let row: DataRecord | undefined;
  try {
    [row] = await c.target.query({ text, values, timeoutMs: c.sqlTimeoutMs }, c.call);
  } catch (error) {
    // What the database cannot compare is compared here: record by record, as for any other target.
    if (error instanceof VendorError && (error.code === "sql/57014" || error.next === "stop-run")) throw error;
    return watches;
  }
  const seeing = new Set(watches.filter((watch) => watch.sql === undefined));
  for (const [index, watch] of asking.entries()) {
    const value = row?.[`a${index}`];
    if (watch.add) watch.add(value);
    else if (value !== 0) seeing.add(watch);
  }
  return watches.filter((watch) => seeing.has(watch));
}

/** Text with a letter or a digit in it is not blank; text without is seen as a record. Other values are blank when there are none. */
export function blankInSql(column: string, type: FieldType | undefined): string {
  return type === "text" ? `(t.${column} is null or t.${column}::text !~ '[[:alnum:]]')` : `t.${column} is null`;
}
