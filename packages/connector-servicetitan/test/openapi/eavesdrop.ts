import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";
import type { Exchange } from "./judge.js";

export interface Eavesdropper {
  readonly url: string;
  readonly exchanges: readonly Exchange[];
}

/** Stands between a client and a server and keeps what they said. */
export async function eavesdrop(target: string): Promise<Eavesdropper> {
  const exchanges: Exchange[] = [];
  const server = createServer((request, response) => {
    void (async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const requestBody = Buffer.concat(chunks).toString("utf8");
      const method = request.method ?? "GET";
      const headers = Object.fromEntries(
        Object.entries(request.headers).filter(([name]) => ["authorization", "st-app-key", "content-type"].includes(name)),
      ) as Record<string, string>;
      const answer = await fetch(`${target}${request.url}`, { method, headers, ...(requestBody === "" ? {} : { body: requestBody }) });
      const responseBody = await answer.text();
      exchanges.push({ method, path: request.url ?? "", requestBody, status: answer.status, responseBody });
      response.writeHead(answer.status, { "content-type": answer.headers.get("content-type") ?? "application/json" });
      response.end(responseBody);
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, exchanges };
}
