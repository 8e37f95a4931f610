import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/** A bad line to a server: it knows bytes only, so HTTP and Postgres are all the same to it. */
export interface TcpProxy {
  /** On 127.0.0.1. */
  readonly port: number;
  /** Connections that are open now. */
  readonly open: number;
  /** Every piece arrives so much later, in both directions. */
  latency(ms: number): void;
  /** Without bytes: ends all connections now and refuses new ones. With: each connection, open or new, dies after so many bytes of the server's. */
  cut(afterBytes?: number): void;
  /** Connections stay, nothing passes. */
  hang(): void;
  /** All is well again; connections that were cut stay so. */
  heal(): void;
  close(): Promise<void>;
}

interface State {
  latencyMs: number;
  cutAfter: number | undefined;
  refusing: boolean;
  hanging: boolean;
  readonly pairs: Set<Pair>;
}

interface Pair {
  readonly client: Socket;
  readonly server: Socket;
  /** Bytes of the server's since the last `cut`. */
  passed: number;
}

export async function tcpProxy(target: { readonly host?: string; readonly port: number } | string): Promise<TcpProxy> {
  const to = typeof target === "string" ? fromUrl(target) : { host: target.host ?? "127.0.0.1", port: target.port };
  const state: State = { latencyMs: 0, cutAfter: undefined, refusing: false, hanging: false, pairs: new Set() };
  const listener = createServer((client) => {
    if (state.refusing) client.resetAndDestroy();
    else join(state, client, connect({ host: to.host, port: to.port, noDelay: true }));
  });
  await new Promise<void>((resolve, reject) => {
    listener.once("error", reject);
    listener.listen(0, "127.0.0.1", resolve);
  });
  const endAll = (): void => {
    for (const pair of state.pairs) end(state, pair);
  };
  return {
    port: (listener.address() as AddressInfo).port,
    get open() {
      return state.pairs.size;
    },
    latency(ms) {
      state.latencyMs = ms;
    },
    cut(afterBytes) {
      state.cutAfter = afterBytes;
      state.refusing = afterBytes === undefined;
      if (state.refusing) return endAll();
      for (const pair of state.pairs) pair.passed = 0;
    },
    hang() {
      state.hanging = true;
      for (const { client, server } of state.pairs) for (const socket of [client, server]) socket.pause();
    },
    heal() {
      Object.assign(state, { latencyMs: 0, cutAfter: undefined, refusing: false, hanging: false });
      for (const { client, server } of state.pairs) for (const socket of [client, server]) socket.resume();
    },
    close: () =>
      new Promise<void>((resolve) => {
        state.refusing = true;
        endAll();
        listener.close(() => resolve());
      }),
  };
}

function fromUrl(url: string): { host: string; port: number } {
  const { hostname, port, protocol } = new URL(url);
  const usual: Record<string, number> = { "http:": 80, "https:": 443, "postgres:": 5432, "postgresql:": 5432 };
  return { host: hostname || "127.0.0.1", port: port === "" ? (usual[protocol] ?? 80) : Number(port) };
}

function join(state: State, client: Socket, server: Socket): void {
  const pair: Pair = { client, server, passed: 0 };
  state.pairs.add(pair);
  client.setNoDelay(true);
  pass({ state, pair, from: client, to: server });
  pass({ state, pair, from: server, to: client });
  if (state.hanging) for (const socket of [client, server]) socket.pause();
}

interface Way {
  readonly state: State;
  readonly pair: Pair;
  readonly from: Socket;
  readonly to: Socket;
}

function pass({ state, pair, from, to }: Way): void {
  // One chain for each direction: a piece must not overtake the one before it when the latency changes.
  let chain = Promise.resolve();
  const later = (action: () => void): void => {
    const at = performance.now() + state.latencyMs;
    chain = chain.then(() => until(at)).then(action);
  };
  from.on("data", (piece: Buffer) => {
    const room = from === pair.server && state.cutAfter !== undefined ? Math.max(0, state.cutAfter - pair.passed) : piece.length;
    if (from === pair.server) pair.passed += piece.length;
    const torn = room < piece.length;
    later(() => {
      if (to.destroyed) return;
      // The last bytes leave first: destroying at once would throw them away.
      if (torn) to.write(piece.subarray(0, room), () => end(state, pair));
      else if (!to.write(piece)) {
        from.pause();
        to.once("drain", () => state.hanging || from.resume());
      }
    });
  });
  from.on("end", () => later(() => to.end()));
  from.on("error", () => end(state, pair));
  from.on("close", () => later(() => end(state, pair)));
}

function end(state: State, pair: Pair): void {
  state.pairs.delete(pair);
  pair.client.destroy();
  pair.server.destroy();
}

async function until(at: number): Promise<void> {
  const ms = at - performance.now();
  if (ms > 0) await new Promise((resolve) => setTimeout(resolve, ms));
}
