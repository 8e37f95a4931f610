import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";

export interface HowToAnswer {
  /** In place of the response's own, which may have been read already. */
  readonly body?: Buffer;
  /** Headers beyond the response's own, which win. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Only half of the body leaves, then the connection dies. */
  readonly cut?: boolean;
}

/** A request with the raw connection beside it, so that a fault can tear it. */
export interface Exchange {
  /** Path with query. */
  readonly path: string;
  readonly arrivedMs: number;
  request(): Request;
  answer(response: Response, how?: HowToAnswer): Promise<void>;
  /** Destroys the connection with nothing said. */
  reset(): void;
  /** For `ms`, or until the connection ends. */
  wait(ms: number): Promise<void>;
}

export interface Loopback {
  readonly origin: string;
  close(): Promise<void>;
}

/** node:http itself, because a `fetch`-style server hides the socket. */
export async function openLoopback(port: number, serve: (exchange: Exchange) => Promise<void>): Promise<Loopback> {
  const server = createServer((incoming, outgoing) => {
    void takeBody(incoming)
      .then((body) => serve(exchangeOf({ incoming, outgoing, body, origin })))
      .catch((error: unknown) => fail(outgoing, error));
  });
  // Longer than any client keeps a connection: the simulator must not bring about resets of its own.
  server.keepAliveTimeout = 120_000;
  server.requestTimeout = 0;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function takeBody(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

interface Parts {
  readonly incoming: IncomingMessage;
  readonly outgoing: ServerResponse;
  readonly body: Buffer;
  readonly origin: string;
}

function exchangeOf(parts: Parts): Exchange {
  const { incoming, outgoing } = parts;
  const path = incoming.url ?? "/";
  return {
    path,
    arrivedMs: performance.now(),
    request: () => toRequest(parts, path),
    answer: (response, how = {}) => write(parts, response, how),
    reset: () => (incoming.socket as Socket).resetAndDestroy(),
    wait: (ms) =>
      new Promise((resolve) => {
        const done = (): void => {
          clearTimeout(timer);
          resolve();
        };
        const timer = setTimeout(done, ms);
        outgoing.once("close", done);
      }),
  };
}

function toRequest({ incoming, body, origin }: Parts, path: string): Request {
  const headers = new Headers();
  for (let index = 0; index + 1 < incoming.rawHeaders.length; index += 2)
    headers.append(incoming.rawHeaders[index] as string, incoming.rawHeaders[index + 1] as string);
  const method = incoming.method ?? "GET";
  const bodiless = method === "GET" || method === "HEAD";
  return new Request(origin + path, { method, headers, ...(bodiless ? {} : { body: new Uint8Array(body) }) });
}

async function write({ outgoing, incoming }: Parts, response: Response, how: HowToAnswer): Promise<void> {
  const body = how.body ?? Buffer.from(await response.arrayBuffer());
  if (outgoing.destroyed) return;
  const headers: Record<string, string | string[]> = {};
  for (const [name, value] of Object.entries(how.headers ?? {})) headers[name.toLowerCase()] = value;
  for (const [name, value] of response.headers) if (name !== "set-cookie") headers[name] = value;
  const cookies = response.headers.getSetCookie();
  if (cookies.length > 0) headers["set-cookie"] = cookies;
  headers["content-length"] = String(body.length);
  outgoing.writeHead(response.status, headers);
  if (how.cut !== true) {
    outgoing.end(incoming.method === "HEAD" ? undefined : body);
    return;
  }
  // Only when half of it has left this process: else the client might see a reset before any answer.
  outgoing.write(body.subarray(0, Math.floor(body.length / 2)), () => (incoming.socket as Socket).destroy());
}

/** A simulator's own mistake must not look like a vendor's outage. */
function fail(outgoing: ServerResponse, error: unknown): void {
  if (outgoing.destroyed || outgoing.headersSent) return;
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  outgoing.writeHead(501, { "content-type": "text/plain" });
  outgoing.end(`The simulator itself failed: ${text}`);
}
