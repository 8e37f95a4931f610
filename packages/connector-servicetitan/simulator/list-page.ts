import { booleanOf } from "./feed.js";
import type { List } from "./lists.js";
import { invalid } from "./problem.js";
import { sortable } from "./stamp.js";
import type { Row } from "./store.js";
import type { Tenant } from "./tenant.js";

type Test = (row: Row) => boolean;

const mostIds = 50;
const largestPage = 5000;

/** A page of a list: by id, filtered, without deleted rows, inactive ones only when asked for. */
export function listPage(tenant: Tenant, list: List, query: URLSearchParams): object {
  const page = Math.max(1, wholeNumber(query, "page", 1));
  // What is over the limit is cut to it, and said.
  const pageSize = Math.min(largestPage, Math.max(1, wholeNumber(query, "pageSize", 50)));
  const ids = matching(tenant, list, query);
  const start = (page - 1) * pageSize;
  const store = tenant.stores[list.kind];
  const rows = ids.slice(start, start + pageSize).map((id) => store.get(id) as Row);
  return {
    page,
    pageSize,
    hasMore: start + pageSize < ids.length,
    totalCount: booleanOf(query, "includeTotal") ? ids.length : null,
    data: rows.map((row) => shown(tenant, list, { row, application: query.get("externalDataApplicationGuid") })),
  };
}

export function shown(
  tenant: Tenant,
  list: List,
  { row, application }: { readonly row: Row; readonly application?: string | null },
): object {
  const hidden = new Set(list.hidden ?? []);
  const kept = hidden.size === 0 ? { ...row } : Object.fromEntries(Object.entries(row).filter(([name]) => !hidden.has(name)));
  const external = list.external && application ? tenant.external.get(`${list.kind} ${row.id} ${application}`) : undefined;
  return external === undefined ? kept : { ...kept, externalData: external };
}

interface Kept {
  readonly key: string;
  readonly version: number;
  readonly ids: readonly number[];
}

// A walk asks for the same filter page after page.
const found = new WeakMap<Tenant, Map<string, Kept>>();

function matching(tenant: Tenant, list: List, query: URLSearchParams): readonly number[] {
  const store = tenant.stores[list.kind];
  const filter = new URLSearchParams([...query].filter(([name]) => !["page", "pageSize", "includeTotal"].includes(name)));
  const key = `${list.path}?${filter}`;
  const walks = found.get(tenant) ?? new Map<string, Kept>();
  found.set(tenant, walks);
  const known = walks.get(list.path);
  if (known?.key === key && known.version === store.version) return known.ids;
  const tests = testsOf(list, query);
  const ids: number[] = [];
  for (const row of candidates(tenant, list, query)) if (tests.every((test) => test(row))) ids.push(row.id);
  if (query.get("sort")?.startsWith("-")) ids.reverse();
  walks.set(list.path, { key, version: store.version, ids });
  return ids;
}

function candidates(tenant: Tenant, list: List, query: URLSearchParams): Iterable<Row> {
  const store = tenant.stores[list.kind];
  if (!list.ids || !query.has("ids")) return store.present();
  const ids = [...new Set(numbers(query, "ids"))].sort((a, b) => a - b);
  return ids.map((id) => store.get(id)).filter((row) => row !== undefined);
}

function testsOf(list: List, query: URLSearchParams): readonly Test[] {
  return [...activeTest(list, query), ...timeTests(query), ...ownTests(list, query)];
}

function activeTest(list: List, query: URLSearchParams): readonly Test[] {
  if (list.active === "activeState") {
    const state = query.get("activeState") ?? "ActiveOnly";
    if (!["ActiveOnly", "InactiveOnly", "All"].includes(state)) throw invalid("activeState", `The value '${state}' is not valid.`);
    return state === "All" ? [] : [(row) => row.active === (state === "ActiveOnly")];
  }
  // A list that cannot say whether a row is active shows none that is not.
  if (list.active === undefined) return [(row) => row.active !== false];
  const word = query.get("active") ?? "True";
  if (!["True", "Any", "False"].includes(word)) throw invalid("active", `The value '${word}' is not valid.`);
  return word === "Any" ? [] : [(row) => row.active === (word === "True")];
}

function timeTests(query: URLSearchParams): readonly Test[] {
  const tests: Test[] = [];
  for (const [name, field] of [
    ["modified", "modifiedOn"],
    ["created", "createdOn"],
  ] as const) {
    const [from, before] = [time(query, `${name}OnOrAfter`), time(query, `${name}Before`)];
    if (from !== undefined) tests.push((row) => (sortable(String(row[field])) ?? "") >= from);
    if (before !== undefined) tests.push((row) => (sortable(String(row[field])) ?? "") < before);
  }
  return tests;
}

function ownTests(list: List, query: URLSearchParams): readonly Test[] {
  return Object.entries(list.filters ?? {}).flatMap(([parameter, field]) => {
    const text = query.get(parameter);
    if (text === null) return [];
    if (parameter.endsWith("Ids")) {
      const wanted = new Set(numbers(query, parameter));
      return [(row: Row) => wanted.has(Number(row[field]))];
    }
    if (parameter.endsWith("Id") && parameter !== "externalId") {
      const [wanted] = numbers(query, parameter);
      return [(row: Row) => row[field] === wanted];
    }
    // Names are found by a part of them, whatever the case.
    if (/name$/i.test(parameter))
      return [
        (row: Row) =>
          String(row[field] ?? "")
            .toLowerCase()
            .includes(text.toLowerCase()),
      ];
    return [(row: Row) => row[field] === text];
  });
}

function time(query: URLSearchParams, name: string): string | undefined {
  const text = query.get(name);
  if (text === null) return undefined;
  const found = sortable(text);
  if (found === undefined) throw invalid(name, `The value '${text}' is not valid.`);
  return found;
}

function numbers(query: URLSearchParams, name: string): readonly number[] {
  const parts = (query.get(name) ?? "").split(",");
  if (parts.some((part) => !/^\d{1,18}$/.test(part))) throw invalid(name, `The value '${query.get(name)}' is not valid.`);
  if (parts.length > mostIds) throw invalid(name, `No more than ${mostIds} ids are allowed.`);
  return parts.map(Number);
}

function wholeNumber(query: URLSearchParams, name: string, usual: number): number {
  const text = query.get(name);
  if (text === null) return usual;
  if (!/^\d{1,9}$/.test(text)) throw invalid(name, `The value '${text}' is not valid.`);
  return Number(text);
}
