import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Budget, type Call, createBudget, type Limits, VendorError } from "../src/index.js";
import { client, json, loopback } from "./http-loopback.js";

const call = (priority: "people" | "sync" = "sync"): Call => ({ signal: new AbortController().signal, priority });

/** Time that passes only when everybody waits. */
class Clock {
  now = 1_700_000_000_000;
  private sleepers: { at: number; wake: () => void }[] = [];

  readonly options = {
    now: () => this.now,
    wait: (ms: number, signal: AbortSignal) =>
      new Promise<void>((resolve, reject) => {
        const sleeper = { at: this.now + ms, wake: resolve };
        this.sleepers.push(sleeper);
        signal.addEventListener("abort", () => {
          this.sleepers = this.sleepers.filter((one) => one !== sleeper);
          reject(signal.reason);
        });
      }),
  };

  /** Lets everything happen that happens within `ms`. */
  async pass(ms: number): Promise<void> {
    const end = this.now + ms;
    for (;;) {
      await new Promise((resolve) => setImmediate(resolve));
      const next = this.sleepers.sort((a, b) => a.at - b.at)[0];
      if (next === undefined || next.at > end) break;
      this.sleepers.shift();
      this.now = Math.max(this.now, next.at);
      next.wake();
    }
    this.now = end;
  }
}

function begin(limits: Limits) {
  const clock = new Clock();
  const budget = createBudget(limits, clock.options);
  const starts: number[] = [];
  const start = (count: number, priority?: "people" | "sync") => {
    for (let i = 0; i < count; i += 1) void budget.take(call(priority)).then(() => starts.push(clock.now));
  };
  return { clock, budget, starts, start };
}

function mostInAnyWindow(starts: readonly number[], windowMs: number): number {
  return Math.max(0, ...starts.map((from) => starts.filter((at) => at >= from && at < from + windowMs).length));
}

describe("the budget", () => {
  test("never lets more requests start in any window than allowed, whatever is asked and answered", async () => {
    const step = fc.oneof(
      {
        weight: 4,
        arbitrary: fc.record({
          do: fc.constant("take" as const),
          count: fc.integer({ min: 1, max: 12 }),
          priority: fc.constantFrom("people" as const, "sync" as const),
        }),
      },
      { weight: 4, arbitrary: fc.record({ do: fc.constant("pass" as const), ms: fc.integer({ min: 0, max: 15_000 }) }) },
      {
        weight: 3,
        arbitrary: fc.record({
          do: fc.constant("answer" as const),
          status: fc.constantFrom(0, 200, 429, 500),
          headers: fc.constantFrom<Record<string, string>>(
            {},
            { "retry-after": "2" },
            { "x-ratelimit-limit": "500", "x-ratelimit-remaining": "400" },
            { "x-ratelimit-remaining": "0", "x-ratelimit-reset": "3" },
          ),
        }),
      },
    );
    const limits = fc.record({
      requests: fc.integer({ min: 1, max: 12 }),
      perSeconds: fc.constantFrom(1, 10, 20),
      reserve: fc.constantFrom(0, 0.2),
    });
    await fc.assert(
      fc.asyncProperty(limits, fc.array(step, { maxLength: 25 }), async (limits, steps) => {
        const { clock, budget, starts, start } = begin(limits);
        let ended = 0;
        for (const one of steps) {
          if (one.do === "take") start(one.count, one.priority);
          if (one.do === "pass") await clock.pass(one.ms);
          if (one.do === "answer" && ended < starts.length) {
            ended += 1;
            budget.learn(one.headers, one.status);
          }
        }
        await clock.pass(100_000);
        expect(mostInAnyWindow(starts, limits.perSeconds * 1000)).toBeLessThanOrEqual(limits.requests);
      }),
      { numRuns: 150 },
    );
  });

  test("holds where the vendor counts, too: when requests arrive, however late that is within a window", async () => {
    const trip = fc.record({ thereMs: fc.integer({ min: 0, max: 400 }), backMs: fc.integer({ min: 0, max: 400 }) });
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 6 }), fc.array(trip, { minLength: 1, maxLength: 40 }), async (requests, trips) => {
        const { clock, budget } = begin({ requests, perSeconds: 1 });
        const arrivals: number[] = [];
        for (const { thereMs, backMs } of trips) {
          void (async () => {
            const one = call();
            await budget.take(one);
            await clock.options.wait(thereMs, one.signal);
            arrivals.push(clock.now);
            await clock.options.wait(backMs, one.signal);
            budget.learn({}, 200);
          })();
        }
        await clock.pass(200_000);
        expect(arrivals).toHaveLength(trips.length);
        expect(mostInAnyWindow(arrivals, 1000)).toBeLessThanOrEqual(requests);
      }),
      { numRuns: 100 },
    );
  });

  test("uses what is allowed: 100 in a minute start at once, the next when the first have been answered a minute ago", async () => {
    const { clock, budget, starts, start } = begin({ requests: 100, perSeconds: 60 });
    start(150);
    await clock.pass(1000);
    expect(starts).toHaveLength(100);
    for (let i = 0; i < 100; i += 1) budget.learn({}, 200);
    await clock.pass(59_900);
    // Sixty seconds after their start, but not after their answers: the vendor may have counted them late.
    expect(starts).toHaveLength(100);
    await clock.pass(1000);
    expect(starts).toHaveLength(150);
  });

  test("keeps five of a hundred back in short windows, where clocks and networks weigh more", async () => {
    const { clock, starts, start } = begin({ requests: 100, perSeconds: 10 });
    start(200);
    await clock.pass(9_000);
    expect(starts).toHaveLength(95);
  });

  test("keeps its reserve for people", async () => {
    const { clock, starts, start } = begin({ requests: 10, perSeconds: 60, reserve: 0.2 });
    start(20);
    await clock.pass(1);
    expect(starts).toHaveLength(8);
    start(5, "people");
    await clock.pass(1);
    expect(starts).toHaveLength(10);
  });

  test("serves first who came first", async () => {
    const clock = new Clock();
    const budget = createBudget({ requests: 1, perSeconds: 20 }, clock.options);
    const order: number[] = [];
    for (const nth of [1, 2, 3, 4]) void budget.take(call()).then(() => order.push(nth));
    await clock.pass(100_000);
    expect(order).toEqual([1, 2, 3, 4]);
  });

  test("lets a cancelled request go at once, wherever it stands, and the others keep their place", async () => {
    const { clock, budget, starts, start } = begin({ requests: 1, perSeconds: 60 });
    start(2);
    const controller = new AbortController();
    const waiting = [1, 2].map(() => budget.take({ signal: controller.signal }));
    start(1);
    controller.abort(new Error("cancelled"));
    for (const work of waiting) await expect(work).rejects.toThrow("cancelled");
    await clock.pass(61_000);
    expect(starts).toHaveLength(2);
    await clock.pass(61_000);
    expect(starts).toHaveLength(3);
  });

  test("does not count a request as running that was cancelled in the very moment of its start", async () => {
    const clock = new Clock();
    const controller = new AbortController();
    let cancelNow = false;
    const now = () => {
      if (cancelNow) controller.abort(new Error("cancelled"));
      return clock.now;
    };
    const budget = createBudget({ requests: 100, perSeconds: 60, parallel: 1 }, { ...clock.options, now });
    await budget.take(call());
    const second = budget.take({ signal: controller.signal });
    await clock.pass(0);
    budget.learn({}, 200);
    cancelNow = true;
    await expect(second).rejects.toThrow("cancelled");
    await expect(budget.take(call())).resolves.toBeUndefined();
  });

  test("stops the run instead of waiting for hours, with the moment to go on", async () => {
    const { budget, clock, start } = begin({ requests: 2, perSeconds: 86_400 });
    start(2);
    await clock.pass(1);
    const error: unknown = await budget.take(call()).catch((failure: unknown) => failure);
    expect(error).toBeInstanceOf(VendorError);
    expect(error).toMatchObject({
      next: "stop-run",
      code: "http/used-up",
      message: expect.stringMatching(/until \d{4}-\d\d-\d\d \d\d:\d\d UTC/),
    });
  });

  test("says what is left and until when it waits", async () => {
    const clock = new Clock();
    const waits: number[] = [];
    const budget = createBudget({ requests: 2, perSeconds: 60 }, { ...clock.options, onWait: (until) => void waits.push(until) });
    expect(budget.state).toEqual({ limit: 2, perSeconds: 60, left: 2, waitUntilMs: null });
    for (let i = 0; i < 3; i += 1) void budget.take(call());
    await clock.pass(1);
    expect(budget.state).toMatchObject({ left: 0, waitUntilMs: waits[0] });
    expect(waits[0]).toBeGreaterThan(clock.now + 59_000);
  });
});

describe("requests side by side", () => {
  test("are no more than `parallel`, and the next starts as soon as one ends", async () => {
    const { clock, budget, starts, start } = begin({ requests: 100, perSeconds: 60, parallel: 2 });
    start(3);
    start(1, "people");
    await clock.pass(10);
    expect(starts).toHaveLength(2);
    budget.learn({}, 200);
    await clock.pass(0);
    expect(starts).toHaveLength(3);
    budget.learn({}, 0);
    await clock.pass(0);
    expect(starts).toHaveLength(4);
  });

  test("stay within it at the server, also where requests fail", async () => {
    let running = 0;
    let most = 0;
    const server = await loopback((response, _, nth) => {
      running += 1;
      most = Math.max(most, running);
      setImmediate(() => {
        running -= 1;
        if (nth % 5 === 0) response.destroy();
        else json(response, 200, {});
      });
    });
    const http = client({ baseUrl: server.url, budget: createBudget({ requests: 1000, perSeconds: 60, parallel: 3 }) });
    await Promise.all(Array.from({ length: 40 }, () => http.get("/x", undefined, call())));
    expect(most).toBeLessThanOrEqual(3);
    expect(most).toBeGreaterThan(1);
  });
});

describe("what the vendor says", () => {
  const learned = (budget: Budget, headers: Record<string, string>, status = 200) => {
    void budget.take(call());
    budget.learn(headers, status);
    return budget.state;
  };

  test("lowers the limit, but never lifts it, because a person may have wanted less", () => {
    const budget = createBudget({ requests: 100, perSeconds: 60 }, new Clock().options);
    expect(learned(budget, { "x-ratelimit-limit": "40" }).limit).toBe(40);
    expect(learned(budget, { "x-ratelimit-limit": "10000" }).limit).toBe(100);
    expect(learned(budget, { "ratelimit-limit": "5;w=1" }).limit).toBe(100);
  });

  test("about requests that are left counts those that other programs made with the same key", async () => {
    const { clock, budget } = begin({ requests: 100, perSeconds: 60 });
    expect(learned(budget, { "x-ratelimit-limit": "100", "x-ratelimit-remaining": "30" }).left).toBe(30);
    await clock.pass(61_000);
    expect(budget.state.left).toBe(100);
  });

  test("about none being left pauses everybody until the reset, though our own count would let them go", async () => {
    const { clock, budget, starts, start } = begin({ requests: 1, perSeconds: 60 });
    learned(budget, { "x-ratelimit-remaining": "0", "x-ratelimit-reset": String((clock.now + 90_000) / 1000) });
    start(1);
    await clock.pass(89_000);
    expect(starts).toHaveLength(0);
    await clock.pass(2_000);
    expect(starts).toHaveLength(1);
  });

  test("with a 429 pauses everybody until Retry-After", async () => {
    const { clock, budget, starts, start } = begin({ requests: 100, perSeconds: 60 });
    learned(budget, { "retry-after": "7" }, 429);
    expect(budget.state.waitUntilMs).toBe(clock.now + 7_000);
    start(2);
    start(1, "people");
    await clock.pass(6_999);
    expect(starts).toHaveLength(0);
    await clock.pass(1);
    expect(starts).toHaveLength(3);
  });

  test("with many 429s at once slows down once, and recovers slowly", async () => {
    const { clock, budget, start } = begin({ requests: 100, perSeconds: 60 });
    start(10);
    await clock.pass(0);
    for (let i = 0; i < 10; i += 1) budget.learn({ "retry-after": "1" }, 429);
    await clock.pass(61_000);
    expect(budget.state.left).toBe(80);
    await clock.pass(60_000);
    expect(budget.state.left).toBe(85);
    await clock.pass(600_000);
    expect(budget.state.left).toBe(100);
  });

  test("with a 429 and no word on how long doubles the pause from one incident to the next", async () => {
    const { clock, budget } = begin({ requests: 100, perSeconds: 60 });
    const pauses: number[] = [];
    for (let i = 0; i < 3; i += 1) {
      pauses.push((learned(budget, {}, 429).waitUntilMs ?? 0) - clock.now);
      await clock.pass(10_000);
    }
    expect(pauses).toEqual([1000, 2000, 4000]);
  });

  test("holds for every stream of a connection: a 429 for one request keeps the other back at the server", async () => {
    let opensAt: number | undefined;
    let tooEarly = 0;
    const server = await loopback((response) => {
      if (opensAt !== undefined && performance.now() >= opensAt) return json(response, 200, {});
      if (opensAt !== undefined) tooEarly += 1;
      opensAt ??= performance.now() + 200;
      json(response, 429, {}, { "retry-after": "0.2" });
    });
    const http = client({ baseUrl: server.url, budget: createBudget({ requests: 1000, perSeconds: 60, parallel: 1 }) });
    await Promise.all(Array.from({ length: 5 }, () => http.get("/x", undefined, call())));
    expect(tooEarly).toBe(0);
    expect(server.received).toHaveLength(6);
  });
});
