import type { Stream } from "@fieldwright/connector-kit";
import type { BoundStream } from "../bound-stream.js";
import type { Place } from "../find-files.js";

export type Writes = Pick<Stream, "create" | "update" | "delete" | "batchSize" | "sideEffects">;

export function writesOf(_bound: BoundStream, _place: Place): Writes {
  return {};
}
