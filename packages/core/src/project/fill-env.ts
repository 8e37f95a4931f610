import type { PartPath } from "../spec/source-text.js";

export type Environment = Readonly<Record<string, string | undefined>>;

export interface Filled {
  /** Parts whose optional variable is unset are left out. */
  readonly value: unknown;
  /** Unset variables that are needed. */
  readonly missing: readonly string[];
  /** Where `env:` is followed by something that cannot be a variable. */
  readonly wrong: readonly PartPath[];
}

/** Replaces every `env:NAME` (needed) and `env:NAME?` (may be unset) in a value. An empty variable counts as unset. */
export function fillEnv(value: unknown, env: Environment): Filled {
  const missing = new Set<string>();
  const wrong: PartPath[] = [];
  const fill = (each: unknown, path: PartPath): unknown => {
    if (Array.isArray(each)) return each.map((member, index) => fill(member, [...path, index])).filter((member) => member !== undefined);
    if (typeof each === "object" && each !== null && Object.getPrototypeOf(each) === Object.prototype) {
      const entries = Object.entries(each).map(([key, member]): [string, unknown] => [key, fill(member, [...path, key])]);
      return Object.fromEntries(entries.filter(([, member]) => member !== undefined));
    }
    if (typeof each !== "string" || !each.startsWith("env:")) return each;
    const [, name, optional] = /^env:([A-Za-z_][A-Za-z0-9_]*)(\?)?$/.exec(each) ?? [];
    if (name === undefined) {
      wrong.push(path);
      return undefined;
    }
    const found = env[name];
    if (found !== undefined && found !== "") return found;
    if (optional === undefined) missing.add(name);
    return undefined;
  };
  const filled = fill(value, []);
  return { value: filled, missing: [...missing], wrong };
}
