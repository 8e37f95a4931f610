import { kindOf, shown } from "./check-shape.js";
import { parseDuration } from "./duration.js";
import type { Condition, Scalar, Test } from "./model.js";
import { nearest } from "./nearest.js";
import { notYet, notYetFinding } from "./not-yet.js";
import { parsePath } from "./parse-path.js";
import { cutBy, readExpr } from "./read-expr.js";
import type { Reading } from "./reading.js";
import { testWords } from "./shape-condition.js";
import type { PartPath } from "./source-text.js";

const places = new WeakMap<Condition, PartPath>();

/** Where a condition that `readCondition` made stands; `fallback` for one made otherwise. */
export function placeOfCondition(condition: Condition, fallback: PartPath): PartPath {
  return places.get(condition) ?? fallback;
}

const combining = ["all", "any", "not"];

/** The condition, or `undefined` with findings that say why. Several lines must all hold. */
export function readCondition(value: unknown, path: PartPath, reading: Reading): Condition | undefined {
  if (!isMap(value))
    return bad(reading, path, `A condition must be a map, but this is ${kindOf(value)}.`, "Write `field: value`, e.g. `{ status: Won }`.");
  const entries = Object.entries(value);
  if (entries.length === 0)
    return bad(reading, path, "This condition is empty, so that it says nothing.", "Take it out, or write `field: value`.");
  // What follows an expression that YAML ended early is the rest of it.
  const at = entries.findIndex(([key]) => key === "expr" && cutBy(reading.source, [...path, key]) !== undefined);
  const whole = at === -1 ? entries : entries.slice(0, at + 1);
  const parts = whole.map(([key, each]) => readEntry(key, each, [...path, key], reading));
  if (!parts.every((part) => part !== undefined)) return undefined;
  const [only] = parts;
  return parts.length === 1 && only !== undefined ? only : { op: "all", of: parts };
}

function readEntry(key: string, value: unknown, path: PartPath, reading: Reading): Condition | undefined {
  if (key === "expr") {
    if (reading.preview || !notYet.includes("expr")) {
      const condition = readExpr(value, path, reading);
      if (condition !== undefined) places.set(condition, path);
      return condition;
    }
    reading.add(notYetFinding("expr", path));
    return undefined;
  }
  if (key === "not") {
    const of = readCondition(value, path, reading);
    return of === undefined ? undefined : { op: "not", of };
  }
  if (key === "all" || key === "any") {
    if (!Array.isArray(value) || value.length === 0)
      return bad(
        reading,
        path,
        `\`${key}\` takes a list of conditions, but this is ${Array.isArray(value) ? "an empty list" : kindOf(value)}.`,
        `Write \`${key}: [{ status: Won }, { total: { over: 0 } }]\`.`,
      );
    const of = value.map((each, index) => readCondition(each, [...path, index], reading));
    return of.every((each) => each !== undefined) ? { op: key, of } : undefined;
  }
  const where = parsePath(key);
  if (where === undefined)
    return bad(reading, path, `\`${key}\` is not a path of the source record.`, "Write `field` or `field.part`.", "key");
  const test = readTest(value, path, reading);
  if (test === undefined) return undefined;
  const condition: Condition = { op: "test", path: where, test };
  places.set(condition, path);
  return condition;
}

function readTest(value: unknown, path: PartPath, reading: Reading): Test | undefined {
  if (value === undefined) return undefined;
  if (value === "present" || value === "blank") return { is: value };
  if (isMap(value)) return readTestMap(value, path, reading);
  const values = Array.isArray(value) ? (value as unknown[]) : [value];
  if (values.length === 0) return bad(reading, path, "The list is empty, so that no record could ever fit.", "Name the allowed values.");
  if (value === null) return bad(reading, path, "Here is no value to compare with.", "Write `blank` for a missing value.", "key");
  const wrong = values.findIndex((each) => !isScalar(each));
  if (wrong !== -1)
    return bad(
      reading,
      [...path, wrong],
      `A value in a list must be text, a number, or true or false, but this is ${kindOf(values[wrong])}.`,
      "Tests such as `over` stand alone, not in a list; combine several with `any`.",
    );
  const written = values.map((each, index) => reading.written(Array.isArray(value) ? [...path, index] : path, each));
  const differs = written.some((each) => each !== undefined);
  return {
    is: "one_of",
    values: values as Scalar[],
    ...(differs ? { written: values.map((each, index) => written[index] ?? String(each)) } : {}),
  };
}

function readTestMap(value: Readonly<Record<string, unknown>>, path: PartPath, reading: Reading): Test | undefined {
  const keys = Object.keys(value);
  const [word] = keys;
  if (word === undefined) return bad(reading, path, "This test is empty, so that it says nothing.", `Tests: ${testWords.join(", ")}.`);
  const unknown = keys.find((key) => !testWords.some((each) => each === key));
  if (unknown !== undefined) {
    const near = nearest(unknown, testWords);
    const nested = combining.includes(unknown)
      ? `Put \`${unknown}\` outside, around the path.`
      : `Tests: ${testWords.join(", ")}. A part of a record is written with a dot: \`user.name\`.`;
    return bad(
      reading,
      [...path, unknown],
      `\`${unknown}\` is not a test.`,
      near === undefined ? nested : `Did you mean \`${near}\`?`,
      "key",
    );
  }
  if (keys.length > 1)
    return bad(
      reading,
      [...path, keys[1] ?? ""],
      `Two tests stand here for one path: \`${keys.join("` and `")}\`.`,
      "Write `all: [{ path: { … } }, { path: { … } }]` for both.",
      "key",
    );
  return readOneTest(word as (typeof testWords)[number], value[word], [...path, word], reading);
}

function readOneTest(word: (typeof testWords)[number], value: unknown, path: PartPath, reading: Reading): Test | undefined {
  switch (word) {
    case "over":
    case "under":
    case "at_least":
    case "at_most":
      if (typeof value === "number" || (typeof value === "string" && value !== "")) return { is: word, than: value };
      return bad(
        reading,
        path,
        `\`${word}\` takes a number or a date, but this is ${kindOf(value)}.`,
        `Write e.g. \`{ ${word}: 0 }\` or \`{ ${word}: 2026-01-31 }\`.`,
      );
    case "within": {
      const ms = typeof value === "string" ? parseDuration(value) : undefined;
      if (ms !== undefined) return { is: "within", ms };
      return bad(
        reading,
        path,
        `\`within\` takes a span of time, not ${shown(value)}.`,
        "Write e.g. `14 days`: a whole number, then second, minute, hour, day or week.",
      );
    }
    case "starts_with":
    case "ends_with":
    case "contains": {
      const text = typeof value === "string" ? value : (reading.written(path, value) ?? (typeof value === "number" ? String(value) : ""));
      if (text !== "") return { is: word, text };
      return bad(
        reading,
        path,
        `\`${word}\` takes a text, but this is ${value === "" ? "empty" : kindOf(value)}.`,
        `Write e.g. \`{ ${word}: "- Install" }\`.`,
      );
    }
    default: {
      const where = readCondition(value, path, reading);
      return where === undefined ? undefined : { is: word, where };
    }
  }
}

function bad(reading: Reading, path: PartPath, message: string, hint: string, on: "key" | "value" = "value"): undefined {
  reading.add({ code: "spec/bad-condition", path, on, message, hint });
  return undefined;
}

export function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isScalar(value: unknown): boolean {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean";
}
