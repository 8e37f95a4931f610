import { createClock } from "../clock.js";
import { type Simulator, startSimulator } from "../simulator.js";
import { type MemoryStream, memoryStreams } from "./memory-streams.js";
import { type VendorRequest, writeOperations } from "./vendor-request.js";
import { BadRequest, createVendorWorld, type LogEntry, type VendorWorld, type VendorWorldOptions } from "./vendor-world.js";

const key = "memory-key-7hQ2mW9rTz";

/** The vendor on a loopback port: it lives on when a client's process is killed. */
export interface MemoryTarget extends Simulator {
  readonly world: VendorWorld;
  /** The answers to the next `times` (1) writes get lost on their way: the vendor has carried them out, and the client cannot know. */
  loseAnswers(times?: number, operation?: "create" | "update" | "delete" | "restore"): void;
}

export interface MemoryTargetOptions extends VendorWorldOptions {
  /** What its connector declares; see `Stream.settlesWithinMs`. 0 where the search does not lag, and else nothing. */
  readonly settlesWithinMs?: number;
}

/** Serves a world of its own, for `memoryTarget` to connect to. */
export async function startMemoryTarget(options: MemoryTargetOptions = {}): Promise<MemoryTarget> {
  const world = createVendorWorld({ ...options, clock: options.clock ?? createClock("2025-06-02T09:30:00Z") });
  const settlesWithinMs = options.settlesWithinMs ?? (world.oddities.lag === undefined ? 0 : undefined);
  const simulator = await startSimulator({
    basePath: "/v1",
    clock: world.clock,
    tables: world.tables,
    handler: (request) => serve(world, request),
    options: (url) => ({
      baseUrl: url,
      key,
      batchSize: world.batchSize,
      oddities: world.oddities,
      ...(settlesWithinMs === undefined ? {} : { settlesWithinMs }),
    }),
    secrets: [key],
    rateLimit: {
      requests: 600,
      perSeconds: 60,
      headers: (limit, remaining) => ({ "x-ratelimit-limit": String(limit), "x-ratelimit-remaining": String(remaining) }),
    },
  });
  return {
    ...simulator,
    world,
    loseAnswers(times = 1, operation) {
      const lost = operation === undefined ? writeOperations : [operation];
      simulator.faults.next("cut", times, (path) => lost.some((one) => path.endsWith(`/${one}`)));
    },
  };
}

async function serve(world: VendorWorld, request: Request): Promise<Response> {
  if (request.headers.get("x-memory-key") !== key) return Response.json({ message: "The key is not known." }, { status: 401 });
  const url = new URL(request.url);
  const [stream = "", operation = ""] = url.pathname.split("/").slice(2);
  if (stream === "ping") return Response.json({ pong: true });
  const writes = writeOperations.includes(operation);
  if (!isStream(stream) || (!writes && !["list", "get", "find"].includes(operation)))
    return Response.json({ message: "There is no such address." }, { status: 404 });
  const said = (writes ? await request.json() : JSON.parse(url.searchParams.get("q") ?? "{}")) as Omit<
    VendorRequest,
    "stream" | "operation"
  >;
  try {
    const answer = world.carryOut({ ...said, stream, operation } as VendorRequest);
    if (writes) await world.afterCommit(world.log.at(-1) as LogEntry);
    return Response.json(answer);
  } catch (error) {
    if (error instanceof BadRequest) return Response.json({ message: error.message }, { status: 422 });
    throw error;
  }
}

function isStream(name: string): name is MemoryStream {
  return memoryStreams.some((stream) => stream === name);
}
