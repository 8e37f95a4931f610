import { z } from "zod";
import { type Connector, defineConnector } from "../../contract.js";
import { headerAuth } from "../../http/auth.js";
import { createBudget } from "../../http/create-budget.js";
import { createHttp } from "../../http/create-http.js";
import { VendorError } from "../../vendor-error.js";
import { type Door, memoryConnection } from "./memory-connection.js";
import type { Oddities } from "./oddities.js";
import { type VendorAnswer, writeOperations } from "./vendor-request.js";
import type { LogEntry, VendorWorld } from "./vendor-world.js";

const options = z.object({
  baseUrl: z.string(),
  key: z.string(),
  batchSize: z.number().int().positive().default(10),
  oddities: z.custom<Oddities>((value) => typeof value === "object" && value !== null).default({}),
  settlesWithinMs: z.number().optional(),
});

/** Connects to `startMemoryTarget` over HTTP, as every connector does. */
export const memoryTarget = defineConnector({
  name: "memory-target",
  title: "Memory target",
  options,
  secrets: ["key"],
  async open({ baseUrl, key, settlesWithinMs, ...terms }, world) {
    const budget = createBudget({ requests: 600, perSeconds: 60, ...world.limits });
    const http = createHttp({
      baseUrl,
      auth: headerAuth("x-memory-key", key),
      budget,
      secret: world.secret,
      backOff: { firstMs: 5, maxMs: 40 },
    });
    const door: Door = {
      ask: async ({ stream, operation, ...rest }, call) => {
        const path = `/${stream}/${operation}`;
        if (!writeOperations.includes(operation)) return http.get<VendorAnswer>(path, { q: JSON.stringify(rest) }, call);
        return (await http.send({ method: "POST", path, json: rest }, call)).body as VendorAnswer;
      },
      ping: async (call) => void (await http.get("/ping", undefined, call)),
      close: () => http.close(),
    };
    return { budget, ...memoryConnection(door, { ...terms, ...(settlesWithinMs === undefined ? {} : { settlesWithinMs }) }) };
  },
});

/**
 * The same target without a wire: the world is shared by all connections, as a vendor is. `afterCommit` of the world may throw: then the answer is lost.
 */
export function memoryTargetIn(world: VendorWorld, terms: { readonly settlesWithinMs?: number } = {}): Connector<Record<string, never>> {
  const settles = terms.settlesWithinMs ?? (world.oddities.lag === undefined ? 0 : undefined);
  const door: Door = {
    ask: async (request, call) => {
      call.signal.throwIfAborted();
      const answer = refusing(() => world.carryOut(structuredClone(request)));
      if (writeOperations.includes(request.operation)) await answered(world);
      return structuredClone(answer);
    },
    ping: async () => undefined,
    close: async () => undefined,
  };
  return defineConnector({
    name: "memory-target",
    title: "Memory target",
    options: z.object({}) as z.ZodType<Record<string, never>>,
    secrets: [],
    open: async () => memoryConnection(door, { ...world, ...(settles === undefined ? {} : { settlesWithinMs: settles }) }),
  });
}

function refusing<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw new VendorError(error instanceof Error ? error.message : String(error), {
      code: "memory/refused",
      next: "hold-record",
      cause: error,
    });
  }
}

async function answered(world: VendorWorld): Promise<void> {
  try {
    await world.afterCommit(world.log.at(-1) as LogEntry);
  } catch (cause) {
    throw new VendorError("The connection broke before the answer came.", {
      code: "memory/cut",
      next: "hold-record",
      inDoubt: true,
      cause,
    });
  }
}
