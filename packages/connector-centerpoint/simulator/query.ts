import type { Kind } from "./kind.js";
import { Refusal } from "./refusal.js";
import type { Wanted } from "./resource.js";

export interface Asked {
  readonly page: number;
  readonly size: number;
  readonly sort: readonly { readonly field: string; readonly down: boolean }[];
  /** By the whole bracket: "updated_at][gt". */
  readonly filters: ReadonlyMap<string, string>;
  readonly wanted: Wanted;
}

export interface Rules {
  readonly pageSizeLimit: number;
  readonly tooLargePages: "clamp" | "refuse";
  readonly unknownFilters: "refuse" | "ignore";
  readonly updatedFilter: boolean;
}

const usualSize = 25;

export function askedOf(url: URL, kind: Kind, rules: Rules): Asked {
  const filters = new Map<string, string>();
  const fields = new Map<string, ReadonlySet<string>>();
  for (const [name, value] of url.searchParams) {
    const filter = /^filter\[(.+)\]$/.exec(name)?.[1];
    const type = /^fields\[(.+)\]$/.exec(name)?.[1];
    if (filter !== undefined && known(filter, kind, rules)) filters.set(filter, value);
    if (type !== undefined) fields.set(type, new Set(value.split(",")));
  }
  const size = numberOf(url, "page[size]") ?? usualSize;
  if (size > rules.pageSizeLimit && rules.tooLargePages === "refuse")
    throw new Refusal(400, "Invalid Query Parameter", `The page.size may not be greater than ${rules.pageSizeLimit}.`);
  return {
    page: numberOf(url, "page[number]") ?? 1,
    size: Math.min(size, rules.pageSizeLimit),
    sort: sortOf(url, kind),
    filters,
    wanted: { include: listOf(url, "include"), fields },
  };
}

function known(filter: string, kind: Kind, rules: Rules): boolean {
  const name = filter.split("][")[0] ?? "";
  if (name === "updated_at" ? rules.updatedFilter : kind.filters.includes(name)) return true;
  if (rules.unknownFilters === "refuse") throw new Refusal(400, "Invalid Query Parameter", `Filter parameter ${name} is not allowed.`);
  return false;
}

function sortOf(url: URL, kind: Kind): Asked["sort"] {
  const names = listOf(url, "sort");
  if (names.length > 0 && !kind.sortable) throw new Refusal(400, "Invalid Query Parameter", "Sort parameters are not allowed.");
  return names.map((name) => (name.startsWith("-") ? { field: name.slice(1), down: true } : { field: name, down: false }));
}

function listOf(url: URL, name: string): readonly string[] {
  return (url.searchParams.get(name) ?? "").split(",").filter((part) => part !== "");
}

function numberOf(url: URL, name: string): number | undefined {
  const text = url.searchParams.get(name);
  if (text === null) return undefined;
  if (!/^[1-9][0-9]{0,8}$/.test(text)) throw new Refusal(400, "Invalid Query Parameter", `The ${name} must be a number from 1.`);
  return Number(text);
}
