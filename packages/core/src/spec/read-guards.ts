import { defaultGuards } from "./default-guards.js";
import type { Guards, Limit } from "./model.js";
import { readLimit } from "./read-limit.js";
import type { Reading } from "./reading.js";
import type { AskFirstInput } from "./shape-policy.js";

export function readGuards(input: AskFirstInput, reading: Reading): Guards {
  if (input === "always") return { ...defaultGuards, always: true };
  if (input === "never") return { always: false, firstRun: false, sourceIsEmpty: false };
  const limits = {
    changes: limitOf("more_changes_than", defaultGuards.changes),
    creates: limitOf("more_creates_than", defaultGuards.creates),
    deletes: limitOf("more_deletes_than", defaultGuards.deletes),
    errors: limitOf("more_errors_than", defaultGuards.errors),
  };
  return {
    always: false,
    firstRun: input.first_run ?? defaultGuards.firstRun,
    sourceIsEmpty: input.source_is_empty ?? defaultGuards.sourceIsEmpty,
    ...Object.fromEntries(Object.entries(limits).filter(([, limit]) => limit !== undefined)),
  };

  function limitOf(word: `more_${"changes" | "creates" | "deletes" | "errors"}_than`, otherwise: Limit | undefined): Limit | undefined {
    const said = typeof input === "string" ? undefined : input[word];
    if (said === undefined || !reading.sound("ask_first_if", word)) return otherwise;
    return readLimit(said, { path: ["ask_first_if", word], word: "no limit", means: undefined }, reading);
  }
}
