import type { Condition, Scalar, Test } from "../spec/model.js";
import { compileCel } from "./cel.js";
import { fold, orderAgainst } from "./compare.js";
import { isNumeric } from "./decimal-text.js";
import { getter } from "./getter.js";
import { isBlank } from "./is-blank.js";
import { isoTime, readIso } from "./iso-date.js";
import { scalarText } from "./scalar-text.js";

export type Holds = (record: unknown, now: Date) => boolean;

/** A condition as one function. Where a path gives a list, a test holds when it holds for a member; a blank value fits no test but `blank`. */
export function compileCondition(condition: Condition): Holds {
  if (condition.op === "not") {
    const inner = compileCondition(condition.of);
    return (record, now) => !inner(record, now);
  }
  if (condition.op === "expr") return compileCel(condition);
  if (condition.op === "test") {
    const get = getter(condition.path);
    const test = compileTest(condition.test);
    return (record, now) => test(get(record), now);
  }
  const parts = condition.of.map(compileCondition);
  return condition.op === "all"
    ? (record, now) => parts.every((part) => part(record, now))
    : (record, now) => parts.some((part) => part(record, now));
}

function compileTest(test: Test): Holds {
  switch (test.is) {
    case "present":
      return (value) => !isBlank(value);
    case "blank":
      return isBlank;
    case "any":
    case "every":
    case "none":
      return ofList(test.is, compileCondition(test.where));
    case "one_of":
      return oneOf(test.values);
    case "within":
      return ofAnyMember(within(test.ms));
    case "starts_with":
    case "ends_with":
    case "contains":
      return ofAnyMember(textTest(test.is, fold(test.text)));
    default:
      return ofAnyMember(ordered(test.is, test.than));
  }
}

function ofAnyMember(test: Holds): Holds {
  return (value, now) => (Array.isArray(value) ? value.some((member) => test(member, now)) : test(value, now));
}

/** A single value counts as a list of one, nothing as an empty list. */
function ofList(is: "any" | "every" | "none", holds: Holds): Holds {
  const members = (value: unknown): readonly unknown[] =>
    Array.isArray(value) ? value : value === null || value === undefined ? [] : [value];
  if (is === "any") return (value, now) => members(value).some((member) => holds(member, now));
  if (is === "none") return (value, now) => !members(value).some((member) => holds(member, now));
  return (value, now) => {
    const list = members(value);
    return list.length > 0 && list.every((member) => holds(member, now));
  };
}

function ordered(is: "over" | "under" | "at_least" | "at_most", than: number | string): Holds {
  const order = orderAgainst(than);
  const fits = {
    over: (sign: number) => sign > 0,
    under: (sign: number) => sign < 0,
    at_least: (sign: number) => sign >= 0,
    at_most: (sign: number) => sign <= 0,
  }[is];
  return (value) => {
    const sign = order(value);
    return sign !== undefined && fits(sign);
  };
}

function textTest(is: "starts_with" | "ends_with" | "contains", text: string): Holds {
  const fits = {
    starts_with: (one: string) => one.startsWith(text),
    ends_with: (one: string) => one.endsWith(text),
    contains: (one: string) => one.includes(text),
  }[is];
  return (value) => {
    const own = scalarText(value);
    return own !== undefined && own.trim() !== "" && fits(fold(own));
  };
}

const dayMs = 86_400_000;

/** At most so long ago or so far ahead. A mere day counts from its first to its last moment, in UTC. */
function within(ms: number): Holds {
  return (value, now) => {
    const iso = typeof value === "string" ? readIso(value.trim()) : undefined;
    if (iso === undefined) return false;
    const start = isoTime(iso);
    const end = iso.time === undefined ? start + dayMs - 1 : start;
    return start <= now.getTime() + ms && end >= now.getTime() - ms;
  };
}

function oneOf(values: readonly Scalar[]): Holds {
  const texts = new Set<string>();
  const others: Holds[] = [];
  for (const value of values) {
    if (value === null || (typeof value === "string" && value.trim() === "")) others.push(isBlank);
    else if (typeof value === "string" && readIso(value.trim()) === undefined) {
      texts.add(fold(value));
      if (isNumeric(value)) others.push(onlyOf("number", equals(value)));
    } else if (typeof value === "boolean") texts.add(String(value));
    else others.push(equals(value));
  }
  const single: Holds = (value, now) => {
    if (typeof value === "string" ? texts.has(fold(value)) : typeof value === "boolean" && texts.has(String(value))) return true;
    return others.some((other) => other(value, now));
  };
  return (value, now) => (Array.isArray(value) && value.length > 0 ? value.some((member) => single(member, now)) : single(value, now));
}

function equals(fixed: number | string): Holds {
  const order = orderAgainst(fixed);
  return (value) => order(value) === 0;
}

/** `zip: "0123"` is not the text "123", but it is the number 123. */
function onlyOf(type: "number", holds: Holds): Holds {
  return (value, now) => typeof value === type && holds(value, now);
}
