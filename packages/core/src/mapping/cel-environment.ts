import type { Field } from "@fieldwright/connector-kit";
import type { Environment } from "@marcbachmann/cel-js";
import type { KnownRecord } from "../spec/model-condition.js";
import { celBase } from "./cel-functions.js";
import { isRecord, own, toDate, toNumber, toPlain } from "./cel-values.js";

/** Gives the value as an expression sees it; `undefined` for a blank, and for one that is not what its field declares. */
export type ToCel = (value: unknown) => unknown;

export interface CelEnvironment {
  readonly env: Environment;
  /** By variable: how the record's value becomes the variable's. */
  readonly variables: ReadonlyMap<string, ToCel>;
  /** The whole record, for `record`. */
  readonly whole: ToCel;
}

const base = celBase();
const timestamp = "google.protobuf.Timestamp";

/** The world of an expression: the fields of the record as variables, `record` and `now`. Without `known` nothing is checked. */
export function celEnvironment(known: KnownRecord | undefined): CelEnvironment {
  const open = known === undefined || known.open;
  const env = base.clone({ unlistedVariablesAreDyn: open });
  if (known === undefined) {
    env.registerVariable("record", "dyn");
    env.registerVariable("now", timestamp);
    return { env, variables: new Map(), whole: toPlain };
  }
  const types = new Types(env);
  const whole = types.ofRecord(known);
  const variables = new Map<string, ToCel>();
  for (const [name, { type, toCel }] of Object.entries(types.partsOf(known))) {
    if (/^[A-Za-z_]\w*$/.test(name) && registered(env, name, type)) variables.set(name, toCel);
  }
  registered(env, "record", whole.type);
  registered(env, "now", timestamp);
  return { env, variables, whole: whole.toCel };
}

/** `type`, `list`, `in` and the like are words of CEL: a field of that name is reached by `record.type`. */
function registered(env: Environment, name: string, type: string): boolean {
  try {
    env.registerVariable(name, type);
    return true;
  } catch {
    return false;
  }
}

interface Typed {
  readonly type: string;
  readonly toCel: ToCel;
}

const dynamic: Typed = { type: "dyn", toCel: toPlain };

/** CEL types for declared records; each closed record becomes a type of its own, so that a wrong name is found before a run. */
class Types {
  private count = 0;

  constructor(private readonly env: Environment) {}

  partsOf(known: KnownRecord): Record<string, Typed> {
    const fields = Object.entries(known.fields).map(([name, field]) => [name, this.ofField(field)] as const);
    const related = Object.entries(known.related).map(([name, { take, of }]) => {
      const one = this.ofRecord(of);
      return [name, take === "one" ? one : listOf(one)] as const;
    });
    return Object.fromEntries([...fields, ...related]);
  }

  ofRecord(known: KnownRecord): Typed {
    const parts = this.partsOf(known);
    return known.open ? openRecord(parts) : this.closedRecord(parts);
  }

  private closedRecord(parts: Readonly<Record<string, Typed>>): Typed {
    const name = `fieldwright.record${++this.count}`;
    const Shape = class {};
    const names = Object.keys(parts).filter((part) => part !== "constructor" && part !== "__proto__");
    this.env.registerType(name, { ctor: Shape, fields: Object.fromEntries(names.map((part) => [part, parts[part]?.type ?? "dyn"])) });
    const toCel: ToCel = (value) => {
      if (!isRecord(value)) return undefined;
      const shaped = new Shape() as Record<string, unknown>;
      for (const part of names) shaped[part] = parts[part]?.toCel(own(value, part));
      return shaped;
    };
    return { type: name, toCel };
  }

  private ofField(field: Field): Typed {
    switch (field.type) {
      case "text":
      case "uuid":
      case "time":
        return { type: "string", toCel: (value) => (typeof value === "string" ? value : undefined) };
      case "integer":
      case "number":
      case "decimal":
        return { type: "double", toCel: toNumber };
      case "boolean":
        return { type: "bool", toCel: (value) => (typeof value === "boolean" ? value : undefined) };
      case "date":
      case "datetime":
        return { type: timestamp, toCel: toDate };
      case "object":
        return field.fields === undefined ? dynamic : this.ofRecord({ fields: field.fields, open: false, related: {} });
      case "list":
        return listOf(field.of === undefined ? dynamic : this.ofField(field.of));
      case "json":
        return dynamic;
    }
  }
}

function openRecord(parts: Readonly<Record<string, Typed>>): Typed {
  const toCel: ToCel = (value) => {
    if (!isRecord(value)) return undefined;
    const entries = Object.keys(value).map((part) => [part, (parts[part]?.toCel ?? toPlain)(own(value, part))] as const);
    return Object.fromEntries(entries.filter(([, each]) => each !== undefined));
  };
  return { type: "map<string, dyn>", toCel };
}

/** A single value counts as a list of one. */
function listOf(member: Typed): Typed {
  const toCel: ToCel = (value) => {
    if (value === null || value === undefined) return undefined;
    const members = Array.isArray(value) ? (value as unknown[]) : [value];
    return members.map(member.toCel).filter((each) => each !== undefined);
  };
  return { type: `list<${member.type}>`, toCel };
}
