import type { FaultKind, FaultQueue } from "./faults.js";
import type { Exchange, HowToAnswer } from "./loopback.js";
import { createRateWindow, type RateWindow } from "./rate-window.js";
import type { SimulatorSetup } from "./simulator-setup.js";
import type { TrafficLog } from "./traffic.js";

export interface Around {
  readonly setup: SimulatorSetup;
  readonly faults: FaultQueue;
  readonly traffic: TrafficLog;
}

export interface Limiter {
  limitTo(limit: { readonly requests: number; readonly perSeconds: number } | "none"): void;
  serve(exchange: Exchange): Promise<void>;
}

const unlimited = 1_000_000;

/** What stands between the wire and the vendor's routes: log, rate limit, faults. */
export function createServe(around: Around): Limiter {
  const { setup, traffic } = around;
  let limit = setup.rateLimit?.requests ?? unlimited;
  let window: RateWindow | undefined;
  const limitTo: Limiter["limitTo"] = (to) => {
    limit = to === "none" ? unlimited : to.requests;
    traffic.windowMs = to === "none" ? 1000 : to.perSeconds * 1000;
    window = to === "none" ? undefined : createRateWindow(to.requests, to.perSeconds * 1000, setup.rateLimit?.window ?? "sliding");
  };
  if (setup.rateLimit) limitTo(setup.rateLimit);
  const timeMs = (exchange: Exchange): number =>
    setup.rateLimit?.by === "clock" && setup.clock ? setup.clock.now().getTime() : exchange.arrivedMs;

  return {
    limitTo,
    async serve(exchange) {
      traffic.arrived(exchange.path, timeMs(exchange));
      try {
        const admission = window?.admit(timeMs(exchange)) ?? { admitted: true, remaining: unlimited, waitMs: 0 };
        const headers = setup.rateLimit?.headers?.(limit, admission.remaining) ?? {};
        const say: Say = async (response, how) => {
          traffic.answered(response.status);
          await exchange.answer(response, { headers, ...how });
        };
        if (!admission.admitted) return await say(refusal(setup, admission.waitMs));
        await respond(around, exchange, say);
      } finally {
        traffic.left();
      }
    },
  };
}

type Say = (response: Response, how?: HowToAnswer) => Promise<void>;

async function respond({ setup, faults }: Around, exchange: Exchange, say: Say): Promise<void> {
  const fault = await faults.take(exchange.path);
  if (fault === "reset") return exchange.reset();
  const request = exchange.request();
  const instead = fault === undefined ? undefined : failure(fault, setup, request);
  if (instead) return say(instead);
  const response = await setup.handler(request);
  if (fault === undefined) return say(response);
  if (fault === "slow") {
    await exchange.wait(faults.slowMs);
    return say(response);
  }
  const whole = Buffer.from(await response.arrayBuffer());
  if (fault === "cut") return say(response, { cut: true, body: whole });
  return say(response, {
    body: fault === "drift" ? drifted(setup, whole, exchange.path) : whole.subarray(0, Math.floor(whole.length / 2)),
  });
}

/** The answer that a fault puts in place of the vendor's. */
function failure(kind: FaultKind, setup: SimulatorSetup, request: Request): Response | undefined {
  switch (kind) {
    case "429":
      return setup.answers?.refused?.() ?? refusal(setup, 0);
    case "500":
      return setup.answers?.broken?.() ?? Response.json({ message: "Something went wrong." }, { status: 500 });
    case "expired-token":
      return setup.answers?.unauthorized?.() ?? Response.json({ message: "The token has expired." }, { status: 401 });
    case "html-500":
      return page(500, "Whoops, looks like something went wrong.", debug(request));
    case "html-200":
      return page(200, "We are down for maintenance.", "Please come back in a few minutes.");
    default:
      return undefined;
  }
}

function refusal(setup: SimulatorSetup, waitMs: number): Response {
  const seconds = Math.ceil(waitMs / 1000);
  const resetUnix = Math.ceil((Date.now() + waitMs) / 1000);
  return (
    setup.rateLimit?.onLimit?.(seconds, resetUnix) ??
    Response.json({ message: "Too many requests." }, { status: 429, headers: { "retry-after": String(seconds) } })
  );
}

function page(status: number, title: string, text: string): Response {
  const html = `<!DOCTYPE html>\n<html><head><title>${title}</title></head><body><h1>${title}</h1><pre>${text}</pre></body></html>\n`;
  return new Response(html, { status, headers: { "content-type": "text/html; charset=utf-8" } });
}

/** Debug pages of real frameworks print the request's headers, key included: a client that quotes the page shows the key. */
function debug(request: Request): string {
  return [`${request.method} ${request.url}`, ...[...request.headers].map(([name, value]) => `${name}: ${value}`)].join("\n");
}

function drifted(setup: SimulatorSetup, whole: Buffer, path: string): Buffer {
  let body: unknown;
  try {
    body = JSON.parse(whole.toString("utf8"));
  } catch {
    return whole;
  }
  const drift = setup.answers?.drift ?? renameLast;
  return Buffer.from(JSON.stringify(drift(body, path)));
}

/** Renames the last field of every object in every list. */
function renameLast(body: unknown): unknown {
  if (Array.isArray(body))
    return body.map((item: unknown) =>
      isObject(item)
        ? Object.fromEntries(
            Object.entries(item).map(([name, value], index, all) => [index === all.length - 1 ? `${name}_v2` : name, value]),
          )
        : item,
    );
  if (isObject(body)) return Object.fromEntries(Object.entries(body).map(([name, value]) => [name, renameLast(value)]));
  return body;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
