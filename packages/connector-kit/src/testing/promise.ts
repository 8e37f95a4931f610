import type { Stream } from "../contract.js";
import type { Simulator } from "./simulator.js";
import type { Subject } from "./subject.js";

/** What is known of a subject before anything is judged. */
export interface Facts {
  readonly subject: Subject;
  /** A simulator of its kind; closed already. */
  readonly simulator: Simulator;
}

/** Something that users of every connector may rely on. */
export interface ConnectorPromise {
  /** As it is printed. */
  readonly text: string;
  /** Why a connection or stream that declares this is not held to it. */
  unless?(facts: Facts, stream: Stream): string | undefined;
}

export interface StreamPromise extends ConnectorPromise {
  readonly per: "stream";
  /** @throws with what was promised and what came instead. */
  judge(subject: Subject, stream: string): Promise<void>;
}

export interface ConnectionPromise extends Omit<ConnectorPromise, "unless"> {
  readonly per: "connection";
  unless?(facts: Facts): string | undefined;
  judge(subject: Subject): Promise<void>;
}

export type AnyPromise = StreamPromise | ConnectionPromise;

export function unreadable(_facts: Facts, stream: Stream): string | undefined {
  return stream.read ? undefined : "the stream cannot be read";
}
