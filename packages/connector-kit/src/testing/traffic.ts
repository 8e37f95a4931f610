/** What arrived at the server, as the server saw it. */
export interface Traffic {
  readonly requests: number;
  /** Answers with status 429, whatever their reason. */
  readonly refused: number;
  /** The most requests that arrived within any one window of the rate limit (of one second where there is none). */
  readonly maxInWindow: number;
  /** The most requests that were open at the same time. */
  readonly maxParallel: number;
  /** Paths with query, in order of arrival. The last 10,000. */
  paths(): readonly string[];
  reset(): void;
}

export interface TrafficLog extends Traffic {
  arrived(path: string, atMs: number): void;
  answered(status: number): void;
  left(): void;
  windowMs: number;
}

const keptPaths = 10_000;

export function createTraffic(): TrafficLog {
  let requests = 0;
  let refused = 0;
  let maxInWindow = 0;
  let maxParallel = 0;
  let open = 0;
  let paths: string[] = [];
  let recent: number[] = []; // arrival times, of which those from `first` on lie in the window
  let first = 0;
  const log: TrafficLog = {
    windowMs: 1000,
    get requests() {
      return requests;
    },
    get refused() {
      return refused;
    },
    get maxInWindow() {
      return maxInWindow;
    },
    get maxParallel() {
      return maxParallel;
    },
    paths: () => paths.slice(-keptPaths),
    reset() {
      requests = refused = maxInWindow = first = 0;
      maxParallel = open;
      paths = [];
      recent = [];
    },
    arrived(path, atMs) {
      requests += 1;
      open += 1;
      maxParallel = Math.max(maxParallel, open);
      paths.push(path);
      if (paths.length > 2 * keptPaths) paths = paths.slice(-keptPaths);
      recent.push(atMs);
      while ((recent[first] as number) <= atMs - log.windowMs) first += 1;
      if (first > 10_000) {
        recent = recent.slice(first);
        first = 0;
      }
      maxInWindow = Math.max(maxInWindow, recent.length - first);
    },
    answered(status) {
      if (status === 429) refused += 1;
    },
    left() {
      open -= 1;
    },
  };
  return log;
}
