import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { Account } from "./account.js";

/** The vendor's public bucket: another host than the API, and nobody has to say who they are. */
export interface FileServer {
  /** With the bucket: `http://127.0.0.1:PORT/repcard`. */
  readonly url: string;
  /** Keys that came here and must not have: whoever sends them gives the company's key to a stranger. */
  readonly leakedKeys: readonly string[];
  /** Paths in order of arrival. */
  readonly paths: readonly string[];
  close(): Promise<void>;
}

export async function startFiles(account: Account, port: number): Promise<FileServer> {
  const leakedKeys: string[] = [];
  const paths: string[] = [];
  const server = createServer((request, response) => {
    const key = request.headers["x-api-key"];
    if (key !== undefined) leakedKeys.push(String(key));
    paths.push(request.url ?? "");
    answer(account, request, response);
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server of the files has no port.");
  return {
    url: `http://127.0.0.1:${address.port}/repcard`,
    leakedKeys,
    paths,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const kinds: Readonly<Record<string, string>> = { jpg: "image/jpeg", jpeg: "image/jpeg", png: "image/png", pdf: "application/pdf" };
const pixel = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64");

function answer(account: Account, request: IncomingMessage, response: ServerResponse): void {
  const path = decodeURIComponent((request.url ?? "").split("?")[0] ?? "").replace(/^\/repcard\//, "");
  const ending = /\.([a-z0-9]+)$/i.exec(path)?.[1]?.toLowerCase() ?? "";
  const bytes = account.uploads.get(path) ?? (/^(attachments|users)\/\d+\.[a-z]+$/.test(path) ? contentOf(path, ending) : undefined);
  if ((request.method !== "GET" && request.method !== "HEAD") || bytes === undefined) {
    // A bucket does not tell strangers whether a file exists.
    response
      .writeHead(403, { "content-type": "application/xml" })
      .end('<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>');
    return;
  }
  const etag = `"${createHash("md5").update(bytes).digest("hex")}"`;
  response.writeHead(200, { "content-type": kinds[ending] ?? "binary/octet-stream", "content-length": bytes.byteLength, etag });
  response.end(request.method === "HEAD" ? undefined : bytes);
}

/** A file that is as its ending says, and another for each path. */
function contentOf(path: string, ending: string): Uint8Array {
  const note = Buffer.from(`\n% ${path}\n`);
  if (ending === "png") return Buffer.concat([pixel, note]);
  if (ending === "pdf")
    return Buffer.concat([Buffer.from("%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>"), note, Buffer.from("%%EOF\n")]);
  return Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xfe, 0x00, note.length + 2]), note, Buffer.from([0xff, 0xd9])]);
}
