import type { DataRecord } from "@fieldwright/connector-kit";
import { comparable, compare } from "../column-index.js";
import { type Compiler, columnOf, compile } from "./compile.js";
import { conditionsIn, pathTo } from "./path.js";
import type { Evaluate, Known, Scope, World } from "./scope.js";
import { SqlError } from "./tokens.js";
import type { Expression, Select, Source } from "./tree.js";

const aggregates = new Set(["MAX", "MIN", "COUNT", "SUM"]);

/** The rows of a select, under the names that it gives them. */
export function runSelect(select: Select, world: World): readonly DataRecord[] {
  return prepareSelect(select, world)({});
}

function prepareSelect(select: Select, outer: World): (outerScope: Scope) => readonly DataRecord[] {
  const sources = [...(select.from ? [select.from] : []), ...select.joins.map((join) => join.source)];
  const known = sources.map((source) => knownBy(source, outer));
  const compiler: Compiler = { world: { database: outer.database, known: [...known, ...outer.known] }, prepare: prepareSelect };
  const shown = shownBy(select, known);
  const { scopes, isOrdered } = prepareScopes(select, { compiler, outer: { world: outer, prepare: prepareSelect } });
  const where = select.where ? compile(select.where, compiler) : () => true;
  if (select.group.length > 0 || shown.some(({ of }) => isAggregate(of))) {
    const group = prepareGroups(select, { shown, compiler });
    return (outerScope) => group([...scopes(outerScope)].filter((scope) => where(scope) === true));
  }
  const values = shown.map(({ as, of }) => [as, compile(of, compiler)] as const);
  const wanted = isOrdered && select.limit !== undefined ? select.limit : Number.POSITIVE_INFINITY;
  const sort = isOrdered ? (kept: readonly Scope[]) => kept : prepareOrder(select, compiler);
  return (outerScope) => {
    const kept = wanted > 0 ? firstOf(scopes(outerScope), where, wanted) : [];
    const rows = sort(kept).slice(0, select.limit);
    return rows.map((scope) => Object.fromEntries(values.map(([as, value]) => [as, value(scope)])));
  };
}

function firstOf(scopes: Iterable<Scope>, where: Evaluate, wanted: number): readonly Scope[] {
  const kept: Scope[] = [];
  for (const scope of scopes) if (where(scope) === true && kept.push(scope) >= wanted) break;
  return kept;
}

/** Types of the columns that are shown as they are stored. */
export function typesOf(select: Select, world: World): Readonly<Record<string, string>> {
  const sources = [...(select.from ? [select.from] : []), ...select.joins.map((join) => join.source)];
  const known = sources.map((source) => knownBy(source, world));
  return Object.fromEntries(
    shownBy(select, known).flatMap(({ as, of }) => (of.kind === "column" ? [[as, columnOf(of, { ...world, known }).type]] : [])),
  );
}

interface Prepared {
  readonly scopes: (outerScope: Scope) => Iterable<Scope>;
  readonly isOrdered: boolean;
}

function prepareScopes(select: Select, { compiler, outer }: { readonly compiler: Compiler; readonly outer: Compiler }): Prepared {
  if (!select.from) return { scopes: (outerScope) => [outerScope], isOrdered: true };
  const { alias } = select.from;
  const path = sourcePath(select.from, { conditions: conditionsIn(select.where), order: select.order, outer });
  const first = function* (outerScope: Scope): Generator<Scope> {
    for (const row of path.rows(outerScope)) yield { ...outerScope, [alias]: row };
  };
  const scopes = select.joins.reduce<Prepared["scopes"]>((left, join) => {
    const known = compiler.world.known.filter((one) => one.alias !== join.source.alias);
    const inner = { ...outer, world: { ...outer.world, known } };
    const joinTo = prepareJoin(join, { on: compile(join.on, compiler), inner });
    return (outerScope) => joinTo(left(outerScope));
  }, first);
  return { scopes, isOrdered: select.order.length === 0 || path.isOrdered };
}

function prepareJoin(
  join: Select["joins"][number],
  { on, inner }: { readonly on: Evaluate; readonly inner: Compiler },
): (left: Iterable<Scope>) => Iterable<Scope> {
  const path = sourcePath(join.source, { conditions: conditionsIn(join.on), order: [], outer: inner });
  return function* (left) {
    for (const scope of left) {
      let found = false;
      for (const row of path.rows(scope)) {
        const both = { ...scope, [join.source.alias]: row };
        if (on(both) !== true) continue;
        found = true;
        yield both;
      }
      if (!found && join.isLeft) yield { ...scope, [join.source.alias]: undefined };
    }
  };
}

function sourcePath(
  source: Source,
  { conditions, order, outer }: { readonly conditions: readonly Expression[]; readonly order: Select["order"]; readonly outer: Compiler },
): ReturnType<typeof pathTo> {
  if (source.select) {
    return { rows: prepareSelect(source.select, outer.world), isOrdered: false };
  }
  const store = outer.world.database.store(source.table ?? "");
  if (!store) throw new SqlError(`Table 'fishbowl.${source.table}' doesn't exist`);
  return pathTo({ store, alias: source.alias, conditions, order, outer });
}

function knownBy(source: Source, world: World): Known {
  if (source.select) {
    const names = source.select.shown === "all" ? [] : source.select.shown.map(({ as }) => as);
    return { alias: source.alias, columns: new Map(names.map((name) => [name.toLowerCase(), { name, type: "" }])) };
  }
  const store = world.database.store(source.table ?? "");
  if (!store) throw new SqlError(`Table 'fishbowl.${source.table}' doesn't exist`);
  return {
    alias: source.alias,
    columns: new Map(Object.entries(store.columns).map(([name, type]) => [name.toLowerCase(), { name, type }])),
  };
}

function shownBy(select: Select, known: readonly Known[]): readonly { readonly as: string; readonly of: Expression }[] {
  if (select.shown !== "all") return select.shown;
  return known.flatMap(({ alias, columns }) =>
    [...columns.values()].map(({ name }) => ({ as: name, of: { kind: "column" as const, table: alias, name } })),
  );
}

interface Grouping {
  readonly shown: readonly { readonly as: string; readonly of: Expression }[];
  readonly compiler: Compiler;
}

function prepareGroups(select: Select, { shown, compiler }: Grouping): (scopes: readonly Scope[]) => readonly DataRecord[] {
  const by = select.group.map((one) => compile(one, compiler));
  const values = shown.map(({ as, of }) => [as, aggregate(of, compiler)] as const);
  return (scopes) => {
    const groups = new Map<string, Scope[]>();
    for (const scope of scopes) {
      const key = JSON.stringify(by.map((value) => comparable(value(scope)) ?? null));
      const group = groups.get(key);
      if (group) group.push(scope);
      else groups.set(key, [scope]);
    }
    if (groups.size === 0 && select.group.length === 0) groups.set("", []);
    const rows = [...groups.values()].map((group) => Object.fromEntries(values.map(([as, value]) => [as, value(group)])));
    return rows.slice(0, select.limit);
  };
}

function isAggregate(of: Expression): boolean {
  return of.kind === "call" && aggregates.has(of.name);
}

function aggregate(of: Expression, compiler: Compiler): (group: readonly Scope[]) => unknown {
  if (of.kind !== "call" || !aggregates.has(of.name)) {
    const value = compile(of, compiler);
    return (group) => (group[0] ? value(group[0]) : null);
  }
  const [argument = { kind: "literal", value: 1 } as const] = of.args;
  const value = compile(argument, compiler);
  return (group) => {
    const values = group.map(value).filter((one) => one !== null);
    if (of.name === "COUNT") return values.length;
    if (values.length === 0) return null;
    if (of.name === "SUM") return values.reduce<number>((sum, one) => sum + Number(one), 0);
    const sorted = values.sort((a, b) => compare(comparable(a) ?? 0, comparable(b) ?? 0));
    return of.name === "MAX" ? sorted.at(-1) : sorted[0];
  };
}

function prepareOrder(select: Select, compiler: Compiler): (scopes: readonly Scope[]) => readonly Scope[] {
  const by = select.order.map(({ of, isDown }) => ({ value: compile(of, compiler), isDown }));
  return (scopes) => {
    const keyed = scopes.map((scope) => ({ scope, keys: by.map(({ value }) => comparable(value(scope))) }));
    keyed.sort((a, b) => {
      for (const [index, { isDown }] of by.entries()) {
        const [one, other] = [a.keys[index], b.keys[index]];
        const order = one === undefined ? (other === undefined ? 0 : -1) : other === undefined ? 1 : compare(one, other);
        if (order !== 0) return isDown ? -order : order;
      }
      return 0;
    });
    return keyed.map(({ scope }) => scope);
  };
}
