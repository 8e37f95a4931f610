import { Cron } from "croner";
import { IANAZone } from "luxon";
import { parseDuration } from "./duration.js";
import type { RunRule } from "./model.js";
import { readSpan } from "./read-source.js";
import type { Reading } from "./reading.js";
import type { SyncInput } from "./shape.js";

export function readRun(input: NonNullable<SyncInput["run"]>, reading: Reading): RunRule {
  const { every, cron, timezone, no_runs_between: pause, recheck_everything: recheck, on_webhook: onWebhook } = input;
  if (every !== undefined && cron !== undefined) {
    reading.add({
      code: "spec/contradiction",
      path: ["run", "cron"],
      on: "key",
      message: "`every` and `cron` both say when to run.",
      hint: "Keep one of the two.",
    });
  }
  if (typeof every === "string") readSpan(every, ["run", "every"], reading);
  if (typeof cron === "string") readCron(cron, "cron", reading);
  if (typeof recheck === "string" && parseDuration(recheck) === undefined) readCron(recheck, "recheck_everything", reading);
  if (typeof timezone === "string" && !IANAZone.isValidZone(timezone)) {
    reading.add({
      code: "spec/bad-value",
      path: ["run", "timezone"],
      message: `\`${timezone}\` is not a time zone.`,
      hint: "Write an IANA name, e.g. `America/Denver` or `Europe/Malta`.",
    });
  }
  if (typeof pause === "string" && !/^([01]\d|2[0-3]):[0-5]\d and ([01]\d|2[0-3]):[0-5]\d$/.test(pause)) {
    reading.add({
      code: "spec/bad-value",
      path: ["run", "no_runs_between"],
      message: `\`${pause}\` does not name two times of day.`,
      hint: "Write e.g. `22:00 and 06:00`.",
    });
  }
  return {
    ...(every === undefined ? {} : { every }),
    ...(cron === undefined ? {} : { cron }),
    ...(timezone === undefined ? {} : { timezone }),
    ...(pause === undefined ? {} : { noRunsBetween: pause }),
    ...(recheck === undefined ? {} : { recheckEverything: recheck }),
    ...(onWebhook === undefined ? {} : { onWebhook }),
  };
}

function readCron(text: string, word: string, reading: Reading): void {
  try {
    new Cron(text, { paused: true }).stop();
  } catch (error) {
    const why = error instanceof Error ? error.message.replace(/^CronPattern: /, "") : String(error);
    const hint =
      word === "cron"
        ? "Write minute, hour, day, month, weekday: `0 2 * * *` is daily at 2."
        : "Write a span (`1 day`) or a cron expression (`0 2 * * *`).";
    reading.add({ code: "spec/bad-value", path: ["run", word], message: `\`${text}\` is not a cron expression: ${why}.`, hint });
  }
}
