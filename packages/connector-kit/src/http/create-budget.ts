import type { Limits } from "../contract.js";
import { VendorError } from "../vendor-error.js";
import type { Budget } from "./budget.js";
import { createPace, type Pace } from "./pace.js";
import { askedWaitMs, longestWaitMs, rateWords, resetMs } from "./rate-headers.js";
import { createRequestWindow, type RequestWindow } from "./request-window.js";
import { onAbort, wait as realWait, unlessAborted } from "./wait.js";

export interface BudgetOptions {
  /** Milliseconds since 1970. */
  readonly now?: () => number;
  /** A request has to wait, until when. */
  readonly onWait?: (untilMs: number) => void;
  /** Goes with a `now` that is not the real clock. */
  readonly wait?: (ms: number, signal: AbortSignal) => Promise<void>;
}

type Caller = Parameters<Budget["take"]>[0];

interface Lane {
  /** Settles when everybody who came before has gone. */
  last: Promise<void>;
  waiting: number;
  wake?: (() => void) | undefined;
}

interface Ledger {
  readonly limits: Limits;
  readonly window: RequestWindow;
  readonly pace: Pace;
  readonly now: () => number;
  readonly lanes: { readonly people: Lane; readonly sync: Lane };
  readonly options: BudgetOptions;
  limit: number;
}

// The real clock, but one that never jumps when the machine's is set.
const steadyNow = () => performance.timeOrigin + performance.now();

/** At most `requests` starts in any span of `perSeconds`, first come first served. */
export function createBudget(limits: Limits, options: BudgetOptions = {}): Budget {
  const windowMs = limits.perSeconds * 1000;
  // The margin covers clocks that run unequally fast.
  const lengthMs = windowMs + Math.min(250, windowMs * 0.02);
  const ledger: Ledger = {
    limits,
    window: createRequestWindow(lengthMs),
    pace: createPace(windowMs),
    now: options.now ?? steadyNow,
    lanes: { people: { last: Promise.resolve(), waiting: 0 }, sync: { last: Promise.resolve(), waiting: 0 } },
    options,
    limit: limits.requests,
  };
  return {
    take: (call) => take(ledger, call),
    learn: (headers, status) => learn(ledger, headers, status),
    get state() {
      const now = ledger.now();
      const at = startsAt(ledger, "sync", now);
      const left = at > now ? 0 : cap(ledger, "sync", now) - ledger.window.used(now);
      return { limit: ledger.limit, perSeconds: limits.perSeconds, left, waitUntilMs: at > now ? at : null };
    },
  };
}

/** How many requests may count at once for this kind of caller. */
function cap(ledger: Ledger, priority: "people" | "sync", now: number): number {
  const share = ledger.limits.perSeconds <= 10 ? 0.95 : 1;
  const all = Math.max(1, Math.round(ledger.limit * share * ledger.pace.share(now)));
  if (priority === "people") return all;
  return Math.max(1, all - Math.ceil(ledger.limit * (ledger.limits.reserve ?? 0)));
}

/** When a request of this kind may start; infinitely late where it waits for another one to end. */
function startsAt(ledger: Ledger, priority: "people" | "sync", now: number): number {
  const { parallel } = ledger.limits;
  if (parallel !== undefined && ledger.window.running() >= parallel) return Number.POSITIVE_INFINITY;
  return Math.max(now, ledger.pace.pausedUntil, ledger.window.freeAt(now, cap(ledger, priority, now)));
}

async function take(ledger: Ledger, call: Caller): Promise<void> {
  call.signal.throwIfAborted();
  const lane = ledger.lanes[call.priority ?? "sync"];
  const now = ledger.now();
  if (lane.waiting === 0 && startsAt(ledger, call.priority ?? "sync", now) <= now) {
    ledger.window.start(now);
    return;
  }
  lane.waiting += 1;
  const visitor = { call, started: false };
  const turn = lane.last
    .then(() => stand(ledger, lane, visitor))
    .finally(() => {
      lane.waiting -= 1;
    });
  lane.last = turn.catch(() => undefined);
  try {
    // Those further back must not have to wait for their turn to learn that they are cancelled.
    await unlessAborted(turn, call.signal);
  } catch (error) {
    // Cancelled in the very moment of its start: nobody else will say that it is over.
    if (visitor.started) ledger.window.end(ledger.now());
    throw error;
  }
}

/** Waits at the head of a lane. */
async function stand(ledger: Ledger, lane: Lane, visitor: { readonly call: Caller; started: boolean }): Promise<void> {
  const { call } = visitor;
  for (;;) {
    call.signal.throwIfAborted();
    const now = ledger.now();
    const at = startsAt(ledger, call.priority ?? "sync", now);
    if (at <= now) {
      ledger.window.start(now);
      visitor.started = true;
      return;
    }
    if (Number.isFinite(at) && at - now > longestWaitMs) throw usedUp(ledger, at - now);
    if (Number.isFinite(at)) ledger.options.onWait?.(at);
    await sleep(ledger, lane, { ms: at - now, signal: call.signal });
  }
}

async function sleep(ledger: Ledger, lane: Lane, { ms, signal }: { ms: number; signal: AbortSignal }): Promise<void> {
  const alarm = new AbortController();
  const ring = () => alarm.abort();
  lane.wake = ring;
  const forget = onAbort(signal, ring);
  try {
    await (ledger.options.wait ?? realWait)(ms, alarm.signal);
  } catch (error) {
    if (!alarm.signal.aborted) throw error;
  } finally {
    lane.wake = undefined;
    forget();
  }
}

function learn(ledger: Ledger, headers: Readonly<Record<string, string>>, status: number): void {
  const now = ledger.now();
  const startedAt = ledger.window.end(now) ?? now;
  if (status !== 0) learnFromAnswer(ledger, { headers, status, now, startedAt });
  if (ledger.limits.parallel === undefined) return;
  ledger.lanes.people.wake?.();
  ledger.lanes.sync.wake?.();
}

interface Lesson {
  readonly headers: Readonly<Record<string, string>>;
  readonly status: number;
  readonly now: number;
  readonly startedAt: number;
}

function learnFromAnswer(ledger: Ledger, { headers, status, now, startedAt }: Lesson): void {
  const { window, pace, limits } = ledger;
  const said = rateWords(headers);
  const sameWindow = said.perSeconds === undefined || said.perSeconds === limits.perSeconds;
  // Never above what was set: a higher number may be that of a longer window, or a person may have wanted less.
  if (said.limit !== undefined && sameWindow) ledger.limit = Math.min(limits.requests, said.limit);
  if (status === 429 || (status === 503 && headers["retry-after"] !== undefined)) {
    pace.refused({ startedAt, now, askedMs: askedWaitMs(headers, now) });
    return;
  }
  pace.answered();
  if (said.remaining === undefined || !sameWindow) return;
  const untilReset = resetMs(headers, now);
  if (said.remaining === 0 && untilReset !== undefined) pace.pauseUntil(now + untilReset);
  const weThink = cap(ledger, "people", now) - window.own(now);
  window.othersUsed(Math.max(0, weThink - said.remaining), now + (untilReset ?? limits.perSeconds * 1000));
}

function usedUp(ledger: Ledger, waitMs: number): VendorError {
  const until = new Date(Date.now() + waitMs).toISOString().slice(0, 16).replace("T", " ");
  return new VendorError(
    `The account's requests are used up until ${until} UTC (limit ${ledger.limit} in ${ledger.limits.perSeconds} s).`,
    {
      code: "http/used-up",
      next: "stop-run",
      retryAfterMs: waitMs,
      hint: "Run again after that moment; the run goes on where it stopped.",
    },
  );
}
