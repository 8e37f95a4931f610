import type { DataRecord } from "@fieldwright/connector-kit";
import { quoteName } from "@fieldwright/connector-kit/sql";
import { isBlank } from "../mapping/index.js";
import { pairs } from "./blank-and-every.js";
import { CannotBeAsked, type Checking } from "./checking.js";
import type { LinkedPage, Watch } from "./linked-pass.js";
import type { Asked, CheckResult } from "./report.js";
import { Found, failed, namedAtMost, passed } from "./result.js";
import { listed, lookedAt, nameOf, shown, some } from "./words.js";

/** Fields that together stand once in the target. Blanks do not count. */
export interface UniqueAsked {
  readonly asked: Asked;
  readonly fields: readonly string[];
}

const advice = "Put the twins together in the target, or make the value different. Then `fieldwright check` again.";

/** All records of the target at once, linked or not. */
export async function checkUniqueBySql(c: Checking, { asked, fields }: UniqueAsked): Promise<CheckResult> {
  const { stream, key } = c.sync.target;
  const { sql } = stream;
  if (!sql || !c.target.query) throw new CannotBeAsked(`${stream.name} takes no SQL.`);
  const columns = fields.map((field) => `t.${quoteName(field)}`);
  const ids = sql.key ? `(array_agg(t.${sql.key.column}::text order by t.${sql.key.column}))[1:5]` : "array[]::text[]";
  const filled = columns.map((column) => `btrim(${column}::text, E' \\t\\r\\n') <> ''`).join(" and ");
  const text = `select ${columns.map((column, index) => `${column}::text as v${index}`).join(", ")}, count(*)::int as n, (count(*) over ())::int as found,
    ${ids} as ids from ${sql.table} t where ${filled} group by ${columns.join(", ")} having count(*) > 1 order by count(*) desc, ${columns.join(", ")} limit ${namedAtMost}`;
  const rows = await c.target.query({ text, timeoutMs: c.sqlTimeoutMs }, c.call);
  const count = Number(rows[0]?.found ?? 0);
  if (count === 0) return passed(asked, `No two records of ${stream.name} have the same ${listed(fields)}.`);
  const records = rows.map((row) => {
    const all = (row.ids as readonly string[] | null) ?? [];
    const values = fields.map((_, index) => shown(row[`v${index}`])).join(" + ");
    const more = Number(row.n) > all.length && all.length > 0 ? ", …" : "";
    const says = `${values} stands in ${row.n} records${all.length === 0 ? "" : `: ${key} ${all.join(", ")}${more}`}`;
    return { sourceId: null, targetId: all[0] ?? null, name: null, says };
  });
  return failed(
    asked,
    `${some(count, "value stands", "values stand")} in several records of ${stream.name}.`,
    { count, records },
    { advice },
  );
}

/** The values of the linked records, each looked for in the target: twins that no sync knows are found too. */
export function watchUnique(c: Checking, { asked, fields }: UniqueAsked): Watch {
  const found = new Found();
  const told = new Set<string>();
  return {
    asked,
    found,
    see: async (page) => {
      for (const [value, twins] of await twinsOf(c, page, fields)) {
        if (told.has(value)) continue;
        told.add(value);
        found.add(() => twinText(c, twins, fields));
      }
    },
    end: (looked) => {
      const whose = `the values of ${lookedAt(looked)}`;
      return found.count === 0
        ? passed(asked, `Searched for ${whose}: no other record has them.`, { looked })
        : failed(asked, `${some(found.count, "value stands", "values stand")} in several records; searched for ${whose}.`, found, {
            looked,
            advice,
          });
    },
  };
}

function twinText(c: Checking, twins: readonly DataRecord[], fields: readonly string[]) {
  const { key } = c.sync.target;
  const [first] = twins;
  const ids = twins.map((twin) => String(twin[key]));
  const shownIds = `${ids.slice(0, 5).join(", ")}${ids.length > 5 ? ", …" : ""}`;
  const values = fields.map((field) => shown(first?.[field])).join(" + ");
  return {
    sourceId: null,
    targetId: ids[0] ?? null,
    name: nameOf(first),
    says: `${values} stands in ${ids.length} records: ${key} ${shownIds}`,
  };
}

async function twinsOf(c: Checking, page: LinkedPage, fields: readonly string[]): Promise<ReadonlyMap<string, readonly DataRecord[]>> {
  const { stream, key } = c.sync.target;
  const [first] = fields;
  if (!stream.find || first === undefined) throw new CannotBeAsked(`${stream.name} cannot be searched by ${listed(fields)}.`);
  const text = (record: DataRecord): string | undefined => {
    const parts = fields.map((field) => (isBlank(record[field]) ? null : (c.sync.canonical[field]?.(record[field]) ?? null)));
    return parts.includes(null) ? undefined : JSON.stringify(parts);
  };
  const asked = new Map<string, unknown>();
  const wanted = new Set<string>();
  for (const { record } of pairs(page)) {
    const own = text(record);
    if (own === undefined) continue;
    wanted.add(own);
    asked.set(String(record[first]), record[first]);
  }
  if (asked.size === 0) return new Map();
  c.call.signal.throwIfAborted();
  const groups = new Map<string, Map<string, DataRecord>>();
  for (const record of await stream.find(first, [...asked.values()], c.call)) {
    const own = text(record);
    if (own === undefined || !wanted.has(own)) continue;
    groups.set(own, (groups.get(own) ?? new Map<string, DataRecord>()).set(String(record[key]), record));
  }
  return new Map([...groups].filter(([, twins]) => twins.size > 1).map(([own, twins]) => [own, [...twins.values()]]));
}
