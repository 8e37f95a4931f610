import { setMaxListeners } from "node:events";

const longestTimerMs = 2 ** 31 - 1; // a longer one would fire at once

/** Resolves after `ms`, at the latest after 24 days; rejects at once with the signal's reason when that aborts. */
export function wait(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(signal.reason);
      return;
    }
    const stop = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(
      () => {
        forget();
        resolve();
      },
      Math.min(Math.max(ms, 0), longestTimerMs),
    );
    const forget = onAbort(signal, stop);
  });
}

/** `work`'s result, or the signal's reason as soon as it aborts; `work` itself goes on. */
export function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason);
    if (signal.aborted) stop();
    work.then(resolve, reject).finally(onAbort(signal, stop));
  });
}

/** Calls `stop` when the signal aborts; what it returns takes that back. */
export function onAbort(signal: AbortSignal, stop: () => void): () => void {
  // All requests of a run share its signal, and Node takes more than ten of them for a leak.
  setMaxListeners(0, signal);
  signal.addEventListener("abort", stop, { once: true });
  return () => signal.removeEventListener("abort", stop);
}
