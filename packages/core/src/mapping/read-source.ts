import type { DataRecord } from "@fieldwright/connector-kit";
import type { FieldRule, Path, Scalar } from "../spec/model.js";
import { CannotConvert } from "./cannot-convert.js";
import { compareValues, fold } from "./compare.js";
import { compileCondition } from "./compile-condition.js";
import { fieldGetter, getter } from "./getter.js";
import { isBlank } from "./is-blank.js";
import { kindOf, scalarText } from "./scalar-text.js";

/** What mapping a record needs beside the record. */
export interface MapContext {
  /** By the name under `with`: a record, a list of them, or `undefined` where there is none. */
  readonly related: Readonly<Record<string, DataRecord | readonly DataRecord[] | undefined>>;
  /** The target id that a sync linked to a source id. */
  readonly refs: (sync: string, id: string) => string | undefined;
  readonly now: Date;
}

/** A reference whose record has no target yet. */
export class Waits {
  readonly sync: string;
  readonly id: string;
  constructor(sync: string, id: string) {
    this.sync = sync;
    this.id = id;
  }
}

/** Gives a field's value before its steps: `undefined` where the source does not say it, a `CannotConvert`, or a `Waits`. */
export type ReadSource = (record: DataRecord, context: MapContext) => unknown;

/** `related`: the names under `with`, which lead paths away from the record. */
export function compileSource(rule: FieldRule, related: ReadonlySet<string>): ReadSource {
  const read = (path: Path) => readPath(path, related);
  switch (rule.kind) {
    case "from":
      return read(rule.from);
    case "value":
      return () => rule.value;
    case "join":
      return joined(rule.join.map(read), rule.separator);
    case "map":
      return mapped(read(rule.from), rule);
    case "take_one":
      return oneOf(read(rule.from), rule);
    case "ref":
      return referenced(read(rule.id), rule);
  }
}

export function readPath(path: Path, related: ReadonlySet<string>): ReadSource {
  const [name, ...rest] = path;
  if (name === undefined || !related.has(name))
    return name === undefined || name === "." || rest.length > 0 ? getter(path) : fieldGetter(name);
  const get = getter(rest);
  return (_record, context) => get(context.related[name]);
}

function joined(parts: readonly ReadSource[], separator: string): ReadSource {
  return (record, context) => {
    let text: string | undefined;
    let isSaid = false;
    for (const part of parts) {
      const value = part(record, context);
      if (value !== undefined) isSaid = true;
      for (const one of Array.isArray(value) ? value : [value]) {
        if (isBlank(one)) continue;
        const own = scalarText(one);
        if (own === undefined) return new CannotConvert(`has a part that is ${kindOf(one)}, which cannot be joined to a text`);
        text = text === undefined ? own.trim() : `${text}${separator}${own.trim()}`;
      }
    }
    return text ?? (isSaid ? null : undefined);
  };
}

function mapped(read: ReadSource, rule: Extract<FieldRule, { kind: "map" }>): ReadSource {
  const table = new Map<string, Scalar>(Object.entries(rule.map).map(([from, to]) => [fold(from), to]));
  const known = Object.keys(rule.map);
  const unknownValue = new CannotConvert(
    `is not in the \`map\` (${known.slice(0, 12).join(", ")}${known.length > 12 ? ", …" : ""}); add it there, or say what to do with \`unknown\``,
  );
  const one = (value: unknown): unknown => {
    const text = isBlank(value) ? "" : scalarText(value);
    const found = text === undefined ? undefined : table.get(fold(text));
    if (found !== undefined) return found;
    if (text === "") return value; // a blank is not an unknown value
    return rule.unknown === "hold" ? unknownValue : rule.unknown === "keep" ? value : rule.unknown.use;
  };
  return (record, context) => {
    const value = read(record, context);
    if (!Array.isArray(value)) return one(value);
    const all = value.map(one);
    return all.find((member) => member instanceof CannotConvert) ?? all;
  };
}

function oneOf(read: ReadSource, rule: Extract<FieldRule, { kind: "take_one" }>): ReadSource {
  const holds = rule.where === undefined ? () => true : compileCondition(rule.where);
  const by = rule.latest ?? rule.earliest;
  const sign = rule.latest === undefined ? -1 : 1;
  const rankOf = by === undefined ? undefined : getter(by);
  const then = getter(rule.then);
  return (record, context) => {
    const list = read(record, context);
    if (list === undefined || list === null) return list;
    let best: { readonly member: unknown; readonly value: unknown } | undefined;
    for (const member of Array.isArray(list) ? list : [list]) {
      if (!holds(member, context.now)) continue;
      if (rankOf === undefined) return then(member) ?? null;
      const value = rankOf(member);
      // The first of equals stays; a member without the value is taken only where none has it.
      if (best === undefined || (!isBlank(value) && (isBlank(best.value) || (compareValues(value, best.value) ?? 0) * sign > 0)))
        best = { member, value };
    }
    return best === undefined ? null : (then(best.member) ?? null);
  };
}

function referenced(read: ReadSource, rule: Extract<FieldRule, { kind: "ref" }>): ReadSource {
  return (record, context) => {
    const value = read(record, context);
    if (value === undefined) return undefined;
    if (isBlank(value)) return null;
    if (typeof value === "object") return new CannotConvert(`is ${kindOf(value)}, not one id; a \`ref\` leads to one record`);
    const id = String(value);
    const target = context.refs(rule.sync, id);
    if (target !== undefined) return target;
    if (rule.whenNone === "blank") return null;
    return rule.whenNone === "wait"
      ? new Waits(rule.sync, id)
      : new CannotConvert(`names a record that ${rule.sync} has not linked to a target`);
  };
}
