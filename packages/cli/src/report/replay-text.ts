import type { Replay, ReplayedDecision, ReplayedKind, ReplayedRecord } from "@fieldwright/core";
import type { Colors } from "../progress/line.js";
import { count, plainLine, shown, some } from "./words.js";

const words: Readonly<Record<ReplayedKind, string>> = {
  create: "create",
  update: "update",
  unchanged: "as it is",
  filtered: "left out",
  waiting: "waiting",
  held: "held",
  failed: "failed",
};

/** How many decisions the edit changes, in which fields, and the first records with both decisions. */
export function replayText(replay: Replay, colors: Colors): string {
  const against = replay.comparedWith === null ? "" : ` against ${replay.comparedWith}, which decided last`;
  const head = [
    `${colors.bold(`Replay of ${replay.sync}`)}   spec ${replay.specHash}${against}   ${some(replay.read, "record")}`,
    ...(replay.note === null ? [] : [colors.yellow(replay.note)]),
    ...(replay.inLine === 0 ? [] : [`${some(replay.inLine, "record")} changed since and will be decided by the next run anyway.`]),
  ];
  if (replay.changed === 0) return [...head, colors.green("No decision changes.")].join("\n");
  const changes = replay.changes.map((one) => `  ${words[one.was]} -> ${words[one.becomes]}   ${count(one.records)}`);
  const fields = replay.fields.map((one) => `${one.field} ${count(one.records)}`).join(", ");
  const left = replay.changed - replay.records.length;
  return [
    ...head,
    `${some(replay.changed, "decision")} ${replay.changed === 1 ? "changes" : "change"}, ${count(replay.same)} stay the same.`,
    ...changes,
    ...(fields === "" ? [] : [`  in fields: ${fields}`]),
    "",
    ...replay.records.map((record) => recordText(record, colors)),
    ...(left === 0 ? [] : [colors.dim(`and ${some(left, "more record")}: --limit ${replay.changed} shows all`)]),
    "",
    "Nothing was read from the source, and nothing written. `fieldwright plan` shows what a run would do.",
  ].join("\n");
}

function recordText(record: ReplayedRecord, colors: Colors): string {
  const target = record.targetId === null || record.targetId === record.sourceId ? "" : ` -> ${record.targetId}`;
  const head = `  ${record.sourceId}${target}   ${decisionText(record.was)} -> ${decisionText(record.becomes)}`;
  const width = Math.max(0, ...record.fields.map((one) => one.field.length));
  const fields = record.fields.map(
    (one) =>
      `      ${one.field.padEnd(width)}  ${shown(one.was, 30)} -> ${shown(one.becomes, 30)}${one.because === null ? "" : colors.dim(`   ${one.because}`)}`,
  );
  return [head, ...fields].join("\n");
}

function decisionText({ decision, reason }: ReplayedDecision): string {
  return reason === undefined ? words[decision] : `${words[decision]} (${plainLine(reason)})`;
}
