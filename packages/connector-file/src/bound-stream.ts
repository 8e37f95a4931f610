import type { World } from "@fieldwright/connector-kit";
import type { Key } from "./key.js";
import type { Layouts } from "./layout/saved-layouts.js";
import type { Limits, StreamOptions } from "./options.js";

/** A stream's options with all that is needed to carry them out. */
export interface BoundStream {
  readonly name: string;
  readonly options: StreamOptions;
  readonly key: Key;
  readonly folder: string;
  readonly limits: Limits;
  readonly quietMs: number;
  readonly layouts: Layouts;
  readonly world: Pick<World, "now" | "notice">;
}
