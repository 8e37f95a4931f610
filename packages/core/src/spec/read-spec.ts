import type { Problem } from "../problem.js";
import { checkShape } from "./check-shape.js";
import { linesOf } from "./excerpt.js";
import type { Match, Spec, WhenDeleted } from "./model.js";
import { notYetUses } from "./not-yet.js";
import { isMap } from "./read-condition.js";
import { readFields } from "./read-fields.js";
import { noMatch, readMatch } from "./read-match.js";
import { readPolicies } from "./read-policies.js";
import { readRun } from "./read-run.js";
import { readFrom } from "./read-source.js";
import { Reading, type ReadingOptions } from "./reading.js";
import { type SyncInput, syncShape } from "./shape.js";
import { type Finding, inReadingOrder, problemAt, type SourceText } from "./source-text.js";
import { specHash } from "./spec-hash.js";
import { stepVersions } from "./step-versions.js";

export interface SpecRead {
  readonly spec?: Spec;
  readonly problems: readonly Problem[];
}

/** The spec in a plain value, or everything that is wrong with it. Sound parts are checked even where others are not. */
export function readSpec(value: unknown, source: SourceText, options: ReadingOptions): SpecRead {
  const reading = new Reading(source, options, checkShape(value, { area: "spec", shape: syncShape, thing: "a spec" }));
  const parts = isMap(value) ? readParts(value as unknown as SyncInput, reading) : undefined;
  const findings = options.preview ? reading.findings : instead(reading.findings, notYetUses(value));
  const problems = inReadingOrder(findings.map((finding) => problemAt(source, finding)));
  if (parts === undefined || findings.length > 0) return { problems };
  return { spec: parts(), problems };
}

/** Of a word that is refused as a whole nothing else is told. */
function instead(findings: readonly Finding[], refused: readonly Finding[]): Finding[] {
  const roots = refused.map((finding) => finding.path);
  const kept = findings.filter((finding) => !roots.some((root) => root.every((part, index) => finding.path[index] === part)));
  return [...kept, ...refused];
}

/** Reads what is sound; the result makes the spec once everything is. */
function readParts(input: SyncInput, reading: Reading): () => Spec {
  const sound = (word: string) => (input as unknown as Record<string, unknown>)[word] !== undefined && isWhole(word, input, reading);
  if (sound("sync")) checkName(input.sync, reading);
  const from = isMap(input.from) ? readFrom(input.from, reading) : undefined;
  const match = readMatchOf(input, reading);
  const fields = isMap(input.fields) ? readFields(input.fields, reading) : [];
  const run = isMap(input.run) ? readRun(input.run, reading) : {};
  const policy = readPolicies(input, sound, reading);
  if (from !== undefined && match !== undefined && reading.findings.length === 0) checkMatchIsMapped(input, match, reading);
  return () => {
    const spec = {
      version: 1 as const,
      name: input.sync,
      from: from as Spec["from"],
      to: { connection: input.to.connection, stream: input.to.stream },
      match: match ?? noMatch,
      write: input.write ?? ("upsert" as const),
      fields,
      whenSourceDeleted: whenDeleted(input.when_source_deleted),
      ...policy.deciding,
      ...stepVersions(fields, reading.transforms),
    };
    return {
      ...spec,
      ...(input.about === undefined ? {} : { about: input.about }),
      ...(reading.source.file === undefined ? {} : { file: reading.source.file }),
      ...(reading.source.text === undefined ? {} : { source: reading.source }),
      hash: specHash(spec),
      run,
      ...policy.watching,
      lines: linesByPart(reading.source),
    };
  };
}

/** Whether the part has the shape that its reader takes for granted. */
function isWhole(word: string, input: SyncInput, reading: Reading): boolean {
  const value = (input as unknown as Record<string, unknown>)[word];
  return value !== null && reading.sound(word);
}

function checkName(name: string, reading: Reading): void {
  if (/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name)) return;
  const proposal = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "");
  reading.add({
    code: "spec/bad-value",
    path: ["sync"],
    message: `\`${name}\` cannot be a sync's name, which is made of lower-case letters, digits and \`-\`.`,
    hint: proposal === "" ? "Write e.g. `crm-customers`." : `Write \`${proposal}\`.`,
  });
}

function readMatchOf(input: SyncInput, reading: Reading): Match | undefined {
  if (isMap(input.match) && isMap(input)) return Array.isArray(input.match.try_in_order) ? readMatch(input.match, reading) : undefined;
  if (
    input.match === undefined &&
    input.write !== "append" &&
    !reading.findings.some((finding) => finding.hint === "Did you mean `match`?")
  ) {
    reading.add({
      code: "spec/missing-key",
      path: [],
      on: "key",
      message: "`match` is missing: how is the same record found in the target?",
      hint: "Write `match: { try_in_order: [{ id: id }] }` with target field and source path. Only `write: append` needs none.",
    });
  }
  return undefined;
}

/** A created record must be found again by its keys, even if the store that remembers links is lost. */
function checkMatchIsMapped(input: SyncInput, match: Match, reading: Reading): void {
  if (match.whenNone !== "create" || input.write === "update_only" || match.tryInOrder.length === 0) return;
  const mapped = new Set(Object.keys(input.fields));
  const keys = match.tryInOrder.map((key) => key.pairs.map((pair) => pair.target));
  if (keys.some((targets) => targets.every((target) => mapped.has(target)))) return;
  const lacking = keys[0]?.find((target) => !mapped.has(target)) ?? "";
  reading.add({
    code: "spec/key-not-mapped",
    path: ["match", "try_in_order", 0],
    message: `New records are created without \`${lacking}\`, so that the next look for them by this key would miss them and create them again.`,
    hint: `Add \`${lacking}\` to \`fields\`; or write \`when_none: skip\` if nothing is to be created.`,
  });
}

function whenDeleted(input: SyncInput["when_source_deleted"]): WhenDeleted {
  if (input === undefined) return { act: "keep" };
  return typeof input === "string" ? { act: input } : { act: "mark", field: input.mark };
}

function linesByPart(source: SourceText): Record<string, number> {
  const entries = Object.entries(source.positions ?? {});
  const lines = linesOf(
    source.text ?? "",
    entries.map(([, position]) => (position.key ?? position.value)[0]),
  );
  return Object.fromEntries(entries.map(([key], index) => [key, lines[index] ?? 1]));
}
