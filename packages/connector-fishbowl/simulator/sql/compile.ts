import type { DataRecord } from "@fieldwright/connector-kit";
import { comparable, compare, type Value } from "../column-index.js";
import { cast, functionOf } from "./functions.js";
import type { Evaluate, Scope, World } from "./scope.js";
import { SqlError } from "./tokens.js";
import type { Expression, Select } from "./tree.js";

/** How a subquery is made ready to be carried out for each row; given in, since selects hold expressions and expressions selects. */
export type PrepareSelect = (select: Select, world: World) => (outer: Scope) => readonly DataRecord[];

export interface Compiler {
  readonly world: World;
  readonly prepare: PrepareSelect;
}

export function compile(expression: Expression, compiler: Compiler): Evaluate {
  const inner = (one: Expression): Evaluate => compile(one, compiler);
  switch (expression.kind) {
    case "literal":
      return () => expression.value;
    case "column": {
      const { alias, name } = columnOf(expression, compiler.world);
      return (scope) => scope[alias]?.[name] ?? null;
    }
    case "call": {
      const call = functionOf(expression.name);
      const args = expression.args.map(inner);
      return (scope) =>
        call(
          args.map((arg) => arg(scope)),
          compiler.world.database,
        );
    }
    case "cast": {
      const of = inner(expression.of);
      return (scope) => cast(of(scope), expression.to);
    }
    case "null": {
      const of = inner(expression.of);
      return (scope) => (of(scope) === null) !== expression.not;
    }
    case "both": {
      const [left, right] = [inner(expression.left), inner(expression.right)];
      return (scope) => left(scope) === true && right(scope) === true;
    }
    case "either": {
      const [left, right] = [inner(expression.left), inner(expression.right)];
      return (scope) => left(scope) === true || right(scope) === true;
    }
    case "in": {
      const of = inner(expression.of);
      const values = expression.values.map(inner);
      return (scope) => values.some((value) => holds("=", of(scope), value(scope)));
    }
    case "compare": {
      const [left, right] = [inner(expression.left), inner(expression.right)];
      return (scope) => holds(expression.sign, left(scope), right(scope));
    }
    case "select": {
      const run = compiler.prepare(expression.select, compiler.world);
      return (scope) => Object.values(run(scope)[0] ?? {})[0] ?? null;
    }
  }
}

export function columnOf(
  { table, name }: { readonly table?: string; readonly name: string },
  { known }: World,
): { readonly alias: string; readonly name: string; readonly type: string } {
  for (const one of known) {
    if (table !== undefined && one.alias.toLowerCase() !== table.toLowerCase()) continue;
    const column = one.columns.get(name.toLowerCase());
    if (column) return { alias: one.alias, ...column };
  }
  throw new SqlError(`Unknown column '${table === undefined ? name : `${table}.${name}`}' in 'field list'`);
}

function holds(sign: string, left: unknown, right: unknown): boolean {
  const [a, b] = alike(comparable(left), comparable(right));
  if (a === undefined || b === undefined) return false;
  const order = compare(a, b);
  switch (sign) {
    case "=":
      return order === 0;
    case "<":
      return order < 0;
    case ">":
      return order > 0;
    case "<=":
      return order <= 0;
    case ">=":
      return order >= 0;
    default:
      return order !== 0;
  }
}

/** A number and a text are compared as numbers. */
function alike(a: Value | undefined, b: Value | undefined): readonly [Value | undefined, Value | undefined] {
  if (a === undefined || b === undefined || typeof a === typeof b) return [a, b];
  return [Number(a), Number(b)];
}
