import type { DataRecord, Stream } from "@fieldwright/connector-kit";

/** A stream that answers the same question once: two specs look at the same targets, and those are asked over the network. */
export interface SharedTarget {
  readonly stream: Stream;
  /** Before each page, so that answers do not pile up. */
  forget(): void;
}

export function sharedTarget(stream: Stream): SharedTarget {
  const answers = new Map<string, Promise<readonly DataRecord[]>>();
  const once = (question: readonly unknown[], ask: () => Promise<readonly DataRecord[]>) => {
    const key = JSON.stringify(question);
    const known = answers.get(key) ?? ask();
    answers.set(key, known);
    return known;
  };
  const { get, find } = stream;
  return {
    stream: {
      ...stream,
      ...(get ? { get: (keys, call) => once(["get", ...keys], () => get(keys, call)) } : {}),
      ...(find ? { find: (field, values, call) => once(["find", field, ...values], () => find(field, values, call)) } : {}),
    },
    forget: () => answers.clear(),
  };
}
