import type { Stream } from "@fieldwright/connector-kit";
import type { Connections } from "../connections.js";
import type { ReadySync } from "../ready-sync.js";
import type { Checking } from "./checking.js";

export interface WorldOf {
  readonly prepared: { readonly streams: ReadonlyMap<string, Stream> };
  readonly connections: Connections;
  readonly sync: ReadySync;
}

/** What the checks of a sync need beside the run that they follow, or without one. */
export function worldOf({ prepared, connections, sync }: WorldOf): Pick<Checking, "sync" | "target" | "streams" | "redact"> {
  return { sync, target: connections.get(sync.spec.to.connection), streams: prepared.streams, redact: connections.redact };
}
