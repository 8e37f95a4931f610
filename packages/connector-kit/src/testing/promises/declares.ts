import type { Field, Stream } from "../../contract.js";
import { fitsStream } from "../fits.js";
import { type ConnectionPromise, type StreamPromise, unreadable } from "../promise.js";
import { keyOf } from "../same-records.js";
import { collect, inTrial, usualSize } from "../trial.js";

export const fitsFields: StreamPromise = {
  text: "the values fit the declared fields",
  per: "stream",
  unless: unreadable,
  async judge(subject, name) {
    await inTrial(subject, { size: 4 * usualSize }, async (trial) => {
      const stream = await trial.stream(name);
      if (!stream.fields[stream.key]) throw new Error(`${name}: the key ${stream.key} is not a declared field.`);
      if (stream.cursor?.field !== undefined && !declared(stream, stream.cursor.field))
        throw new Error(`${name}: the cursor ${stream.cursor.field} is not a declared field.`);
      const { records } = await collect(await trial.pages(name, { pageSize: stream.listing.maxPageSize }));
      if (records.length === 0) throw new Error(`${name}: nothing was read, so nothing can be said.`);
      for (const record of records) {
        const wrong = fitsStream(stream, record);
        if (wrong.length > 0) throw new Error(`${name} ${keyOf(stream, record)}: ${wrong.join("; ")}.`);
      }
    });
  },
};

export const refersRightly: ConnectionPromise = {
  text: "references lead to a declared stream",
  per: "connection",
  async judge(subject) {
    await inTrial(subject, {}, async (trial) => {
      const streams = await trial.connection.streams(trial.call());
      const names = new Set(streams.map((stream) => stream.name));
      if (names.size < streams.length)
        throw new Error(`Two streams have the same name: ${streams.map((stream) => stream.name).join(", ")}.`);
      for (const stream of streams) {
        for (const [field, to] of Object.entries(stream.references ?? {})) {
          if (!names.has(to)) throw new Error(`${stream.name}.${field} refers to ${to}, and there is no such stream.`);
          if (!declared(stream, field)) throw new Error(`${stream.name}.${field} refers to ${to}, and is not a declared field.`);
        }
      }
    });
  },
};

/** Whether a path with dots leads to a field; one below an undescribed object may. */
function declared(stream: Stream, path: string): boolean {
  const [first = "", ...rest] = path.split(".");
  let field: Field | undefined = stream.fields[path] ?? stream.fields[first];
  if (stream.fields[path]) return true;
  for (const part of rest) {
    if (field?.type === "list" && field.of) field = field.of;
    if (!field?.fields) return field !== undefined && (field.type === "object" || field.type === "json" || field.type === "list");
    field = field.fields[part];
  }
  return field !== undefined || (stream.open === true && rest.length === 0);
}
