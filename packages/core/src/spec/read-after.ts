import { readIso } from "../mapping/iso-date.js";
import type { Alert, AlertWhen, Expected, SpecTest } from "./model.js";
import { readSpan } from "./read-source.js";
import type { Reading } from "./reading.js";
import type { AlertInput, AlertWhenInput, TestInput } from "./shape-after.js";
import type { PartPath } from "./source-text.js";

export function readAlert(input: AlertInput, reading: Reading): Alert {
  const many = Array.isArray(input.when);
  const each: readonly AlertWhenInput[] = [input.when].flat();
  return {
    to: reading.sound("alert", "to") ? [input.to].flat() : [],
    when: each.flatMap((one, index) => {
      const path = many ? ["alert", "when", index] : ["alert", "when"];
      return one !== undefined && reading.sound(...path) ? readWhen(one, path, reading) : [];
    }),
  };
}

function readWhen(input: AlertWhenInput, path: PartPath, reading: Reading): AlertWhen[] {
  if (typeof input === "string") return [{ is: input }];
  const entries = Object.entries(input).filter(([word]) => !word.startsWith("x-"));
  if (entries.length === 0)
    reading.add({
      code: "spec/bad-value",
      path,
      message: "This entry is empty, so that nobody is ever told.",
      hint: "Write e.g. `held_records_over: 20`.",
    });
  return entries.flatMap(([word, value]): AlertWhen[] => {
    if (typeof value === "number") return [{ is: word as "held_records_over", count: value }];
    const ms = typeof value === "string" ? readSpan(value, [...path, word], reading) : undefined;
    return ms === undefined ? [] : [{ is: "no_success_for", ms }];
  });
}

export function readTests(input: readonly TestInput[], reading: Reading): SpecTest[] {
  return input.flatMap((test, index) => {
    const path = ["tests", index];
    if (!reading.sound(...path)) return [];
    checkNow(test.now, [...path, "now"], reading);
    const linked = Object.entries(test.linked ?? {}).map(([sync, ids]) => [sync, texts(ids)] as const);
    return {
      name: test.about ?? `test ${index + 1}`,
      given: test.given,
      ...(test.target_has === undefined ? {} : { targetHas: test.target_has }),
      linked: Object.fromEntries(linked),
      ...(test.now === undefined ? {} : { now: test.now }),
      expect: expected(test.expect, path, reading),
      ...reading.line(path.join(".")),
    };
  });
}

function texts(ids: Readonly<Record<string, string | number>>): Record<string, string> {
  return Object.fromEntries(Object.entries(ids).map(([source, target]) => [source, String(target)]));
}

function expected(input: TestInput["expect"], path: PartPath, reading: Reading): Expected {
  if (typeof input === "string") return { is: "outcome", outcome: input };
  if (Object.keys(input).length === 0)
    reading.add({
      code: "spec/bad-value",
      path: [...path, "expect"],
      message: "`expect` is empty, so that the test would show nothing.",
      hint: "Write an outcome (`expect: held`) or target fields (`expect: { stage: contacted }`).",
    });
  return { is: "fields", fields: input };
}

function checkNow(now: string | undefined, path: PartPath, reading: Reading): void {
  if (now === undefined || readIso(now)?.offset !== undefined) return;
  reading.add({
    code: "spec/bad-value",
    path,
    message: `\`${now}\` is not a time with its zone.`,
    hint: "Write e.g. `2026-01-31T12:00:00Z`.",
  });
}
