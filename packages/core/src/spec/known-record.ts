import type { Stream } from "@fieldwright/connector-kit";
import type { Shelf } from "./check-path.js";
import type { KnownRecord } from "./model.js";
import type { SpecCheck } from "./spec-check.js";

/** What an expression may take for granted about a record of this shelf, related records included. */
export function knownRecord(check: SpecCheck, shelf: Shelf): KnownRecord {
  const related = shelf.related === true ? Object.entries(check.spec.from.with) : [];
  const named = related.map(([name, one]) => [name, { take: one.take, of: ofStream(check.stream(one)) }] as const);
  return { fields: shelf.fields, open: shelf.open === true, related: Object.fromEntries(named) };
}

function ofStream(stream: Stream | undefined): KnownRecord {
  return { fields: stream?.fields ?? {}, open: stream === undefined || stream.open === true, related: {} };
}
