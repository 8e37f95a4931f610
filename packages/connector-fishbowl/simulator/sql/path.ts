import type { DataRecord } from "@fieldwright/connector-kit";
import { comparable, type Value } from "../column-index.js";
import type { Store } from "../store.js";
import { type Compiler, compile } from "./compile.js";
import type { Scope } from "./scope.js";
import type { Expression, Select } from "./tree.js";

/** A way to a table's rows that leaves most of the others alone. */
export interface Path {
  readonly rows: (outer: Scope) => Iterable<DataRecord>;
  /** They come in the order that the select asks for. */
  readonly isOrdered: boolean;
}

interface Asked {
  readonly store: Store;
  readonly alias: string;
  readonly conditions: readonly Expression[];
  readonly order: Select["order"];
  /** Knows the outer aliases alone: what it can compile is the same for all rows. */
  readonly outer: Compiler;
}

export function pathTo(asked: Asked): Path {
  const { store, conditions, order } = asked;
  for (const condition of conditions) {
    const rows = equalRows(asked, condition);
    if (rows) return { rows, isOrdered: false };
  }
  const first = order[0];
  const ordered = first === undefined || first.isDown ? undefined : ownColumn(asked, first.of);
  const bounds = conditions.flatMap((condition) => lowerBound(asked, condition));
  const fitting = bounds.find(({ column }) => column === ordered) ?? (ordered === store.key ? undefined : bounds[0]);
  const isByKey = order.length === 1 || (order.length === 2 && ownColumn(asked, order[1]?.of) === store.key);
  if (fitting) {
    const { column, value } = fitting;
    return { rows: (outer) => store.from(column, value(outer)), isOrdered: column === ordered && isByKey };
  }
  return { rows: () => store, isOrdered: ordered === store.key && order.length === 1 };
}

/** Conditions that all hold. */
export function conditionsIn(where: Expression | undefined): readonly Expression[] {
  if (where === undefined) return [];
  return where.kind === "both" ? [...conditionsIn(where.left), ...conditionsIn(where.right)] : [where];
}

function equalRows(asked: Asked, condition: Expression): Path["rows"] | undefined {
  if (condition.kind === "compare" && condition.sign === "=") {
    const sides = [
      [condition.left, condition.right],
      [condition.right, condition.left],
    ] as const;
    for (const [own, other] of sides) {
      const column = ownColumn(asked, own);
      const value = constant(asked, other);
      if (column !== undefined && value) return (outer) => asked.store.equal(column, present([value(outer)]));
    }
  }
  if (condition.kind !== "in") return undefined;
  const column = ownColumn(asked, condition.of);
  const values = condition.values.map((value) => constant(asked, value));
  if (column === undefined || values.includes(undefined)) return undefined;
  return (outer) => asked.store.equal(column, present([...new Set(values.map((value) => value?.(outer)))]));
}

function lowerBound(
  asked: Asked,
  condition: Expression,
): readonly { readonly column: string; readonly value: (outer: Scope) => Value | undefined }[] {
  if (condition.kind !== "compare" || (condition.sign !== ">" && condition.sign !== ">=")) return [];
  const column = ownColumn(asked, condition.left);
  const value = constant(asked, condition.right);
  return column === undefined || !value ? [] : [{ column, value }];
}

function ownColumn({ store, alias }: Asked, of: Expression | undefined): string | undefined {
  if (of?.kind !== "column" || (of.table !== undefined && of.table.toLowerCase() !== alias.toLowerCase())) return undefined;
  return Object.keys(store.columns).find((name) => name.toLowerCase() === of.name.toLowerCase());
}

function constant({ outer, alias }: Asked, of: Expression): ((scope: Scope) => Value | undefined) | undefined {
  if (of.kind === "column" && (of.table === undefined || of.table.toLowerCase() === alias.toLowerCase())) return undefined;
  if (of.kind !== "literal" && of.kind !== "column") return undefined;
  if (of.kind === "column" && !outer.world.known.some((one) => one.alias.toLowerCase() === of.table?.toLowerCase())) return undefined;
  const value = compile(of, outer);
  return (scope) => comparable(value(scope));
}

function present(values: readonly (Value | undefined)[]): readonly Value[] {
  return values.filter((value) => value !== undefined);
}
