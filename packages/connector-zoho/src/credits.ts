import { type Budget, type Call, createBudget, type Limits, VendorError, type World } from "@fieldwright/connector-kit";
import type { Assumptions } from "./assumptions.js";

/** API credits of 24 rolling hours as a budget of requests. Most calls cost one; the others are spent besides. */
export interface Credits {
  readonly budget: Budget;
  /** Pays what a call costs beyond the one credit that the request itself takes. */
  spend(more: number, call: Call): Promise<void>;
}

const daySeconds = 24 * 3600;

export function createCredits(assumptions: Assumptions, world: World): Credits {
  const usual: Limits = { requests: assumptions.creditsPerDay, perSeconds: daySeconds, parallel: assumptions.parallel };
  const inner = createBudget({ ...usual, ...world.limits }, world.waiting ? { onWait: world.waiting } : {});
  const budget: Budget = {
    take: (call) => inner.take(call).catch((error: unknown) => Promise.reject(inCredits(error))),
    learn: (headers, status) => inner.learn(...translated(headers, status)),
    get state() {
      return inner.state;
    },
  };
  return {
    budget,
    async spend(more, call) {
      for (let credit = 0; credit < more; credit += 1) {
        await budget.take(call);
        inner.learn({}, 0);
      }
    },
  };
}

/**
 * Zoho says what is left only from half on, and when none is left answers 429 without a moment to wait for: then the
 * rolling day of our own calls tells when there will be some again.
 */
function translated(headers: Readonly<Record<string, string>>, status: number): [Readonly<Record<string, string>>, number] {
  const left = headers["x-api-credits-remaining"];
  if (left === undefined) return [headers, status];
  const usedUp = status === 429 && Number(left) <= 0;
  return [{ ...headers, "x-ratelimit-remaining": left }, usedUp ? 200 : status];
}

function inCredits(error: unknown): unknown {
  if (!(error instanceof VendorError) || error.code !== "http/used-up") return error;
  const waitMs = error.retryAfterMs ?? 0;
  const until = new Date(Date.now() + waitMs).toISOString().slice(0, 16).replace("T", " ");
  return new VendorError(`Zoho's API credits are used up until ${until} UTC.`, {
    code: "zoho/credits-used-up",
    next: "stop-run",
    retryAfterMs: waitMs,
    hint: "Run again after that moment; the run goes on where it stopped. Credits are counted over 24 rolling hours for the whole organisation.",
    cause: error,
  });
}
