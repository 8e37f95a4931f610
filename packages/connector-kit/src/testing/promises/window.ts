import type { DataRecord } from "../../contract.js";
import { type StreamPromise, unreadable } from "../promise.js";
import { keyOf } from "../same-records.js";
import { collect, inTrial } from "../trial.js";

export const windowed: StreamPromise = {
  text: "a read of a span of days misses no record of its first and last day",
  per: "stream",
  unless: (facts, stream) =>
    unreadable(facts, stream) ??
    (stream.window ? undefined : "the vendor has no filter by days") ??
    (stream.window?.field === undefined ? "no field carries the day" : undefined),
  async judge(subject, name) {
    await inTrial(subject, {}, async (trial) => {
      const stream = await trial.stream(name);
      const dayOf = (record: DataRecord): string => String(record[stream.window?.field ?? ""] ?? "").slice(0, 10);
      const held = trial.simulator.holds(name).filter((record) => dayOf(record) !== "");
      const days = held.map(dayOf).sort();
      const [from, to] = [days[Math.floor(days.length / 3)], days[Math.floor((days.length * 2) / 3)]];
      if (from === undefined || to === undefined) throw new Error(`${name}: no record carries a ${stream.window?.field}.`);
      const { records } = await collect(await trial.pages(name, { pageSize: 2, window: { from, to } }));
      const seen = new Set(records.map((record) => keyOf(stream, record)));
      const missed = held.find((record) => dayOf(record) >= from && dayOf(record) <= to && !seen.has(keyOf(stream, record)));
      if (missed) throw new Error(`${name}: a read of ${from} to ${to} missed ${keyOf(stream, missed)} of ${dayOf(missed)}.`);
    });
  },
};
