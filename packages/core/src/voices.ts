import type { RunEvent } from "./events.js";

type Outside<Event> = Event extends { readonly run: string } ? Omit<Event, "run"> : never;

/** What a connector says on its own account: it does not know of runs. */
export type Saying = Outside<Extract<RunEvent, { type: "notice" | "waiting-for-budget" }>>;

/** Carries what connectors say to the runs that are under way. */
export interface Voices {
  say(saying: Saying): void;
  /** The answer ends the hearing. */
  hear(listener: (saying: Saying) => void): () => void;
}

export function createVoices(): Voices {
  const listeners = new Set<(saying: Saying) => void>();
  return {
    say: (saying) => {
      for (const listener of listeners) listener(saying);
    },
    hear: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
