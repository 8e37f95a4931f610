import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";
import { type Call, createHttp, type Http, type HttpOptions, VendorError } from "../src/index.js";

export interface Received {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

export interface Loopback {
  readonly url: string;
  readonly host: string;
  readonly received: Received[];
  /** Connections that were opened to it. */
  connections(): number;
}

export type Respond = (response: ServerResponse, request: Received, nth: number) => void;

/** A real server on this machine; it ends with the test. */
export async function loopback(respond: Respond): Promise<Loopback> {
  const received: Received[] = [];
  let connections = 0;
  const server = createServer((request, response) => {
    void readAll(request).then((body) => {
      const one = { method: request.method ?? "", url: request.url ?? "", headers: request.headers, body };
      received.push(one);
      respond(response, one, received.length);
    });
  });
  server.on("connection", () => {
    connections += 1;
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    return new Promise<void>((resolve) => server.close(() => resolve()));
  });
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url: `http://${host}`, host, received, connections: () => connections };
}

async function readAll(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString("utf8");
}

export function json(response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void {
  response.writeHead(status, { "content-type": "application/json", ...headers });
  response.end(JSON.stringify(body));
}

/** An http client that is closed with the test and backs off by almost nothing. */
export function client(options: HttpOptions): Http {
  const http = createHttp({ backOff: { firstMs: 1, maxMs: 2 }, ...options });
  onTestFinished(() => http.close());
  return http;
}

export const aCall = (): Call => ({ signal: new AbortController().signal });

/** The vendor error that `work` fails with. */
export async function failureOf(work: Promise<unknown>): Promise<VendorError> {
  const error: unknown = await work.then(
    () => new Error("it did not fail"),
    (failure: unknown) => failure,
  );
  if (error instanceof VendorError) return error;
  throw error;
}
