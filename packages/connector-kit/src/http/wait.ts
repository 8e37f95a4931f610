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
        signal.removeEventListener("abort", stop);
        resolve();
      },
      Math.min(Math.max(ms, 0), longestTimerMs),
    );
    signal.addEventListener("abort", stop, { once: true });
  });
}

/** `work`'s result, or the signal's reason as soon as it aborts; `work` itself goes on. */
export function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason);
    if (signal.aborted) stop();
    signal.addEventListener("abort", stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener("abort", stop));
  });
}
