import { createHash, createHmac } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import { connect } from "./connect.js";

const secret = "demo-secret";

/** A bucket that believes nobody: it works out each signature by itself, from the request as it arrived. */
async function bucket() {
  const objects = new Map<string, Buffer>();
  const server = createServer((request, answer) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const body = Buffer.concat(chunks);
      const { host = "", authorization = "" } = request.headers;
      const date = String(request.headers["x-amz-date"]);
      const hash = createHash("sha256").update(body).digest("hex");
      const canonical = `${request.method}\n${request.url}\n\nhost:${host}\nx-amz-content-sha256:${hash}\nx-amz-date:${date}\n\nhost;x-amz-content-sha256;x-amz-date\n${hash}`;
      const scope = `${date.slice(0, 8)}/us-east-1/s3/aws4_request`;
      const digest = createHash("sha256").update(canonical).digest("hex");
      let key: Buffer = createHmac("sha256", `AWS4${secret}`).update(date.slice(0, 8)).digest();
      for (const part of ["us-east-1", "s3", "aws4_request"]) key = createHmac("sha256", key).update(part).digest();
      const signature = createHmac("sha256", key).update(`AWS4-HMAC-SHA256\n${date}\n${scope}\n${digest}`).digest("hex");
      const isRight = authorization.endsWith(`Signature=${signature}`) && authorization.includes(`Credential=demo-id/${scope}`);
      if (!isRight) answer.writeHead(403).end();
      else if (request.method === "PUT") {
        objects.set(String(request.url), body);
        answer.writeHead(200).end();
      } else answer.writeHead(objects.has(String(request.url)) ? 200 : 404).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  return { objects, endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

const place = { bucket: "roofs", prefix: "center point/", accessKeyId: "demo-id" };

describe("contents of files in a bucket", () => {
  test("are put there once, signed so that the store works out the same", async () => {
    const { objects, endpoint } = await bucket();
    const { read, simulator } = await connect({ size: 4, options: { files: { s3: { ...place, endpoint } }, s3SecretKey: secret } });
    const [first] = await read("files");
    expect([...objects.keys()].sort()[0]).toBe(`/roofs/center%20point/${String(first?._stored)}`);
    const there = Buffer.from(await (await fetch(String(first?.url))).arrayBuffer());
    expect(objects.get(`/roofs/center%20point/${String(first?._stored)}`)?.equals(there)).toBe(true);
    simulator.traffic.reset();
    await read("files");
    expect(simulator.traffic.paths().filter((path) => path.startsWith("/stored/"))).toEqual([]);
  });

  test("with a wrong key stop the stream, and the words name the option", async () => {
    const { endpoint } = await bucket();
    const { read } = await connect({ size: 2, options: { files: { s3: { ...place, endpoint } }, s3SecretKey: "wrong-secret" } });
    await expect(read("files")).rejects.toMatchObject({
      code: "centerpoint/cannot-keep-file",
      next: "stop-stream",
      hint: expect.stringContaining("s3SecretKey"),
    });
  });

  test("want a folder or a bucket, and a bucket wants its secret", async () => {
    await expect(connect({ size: 1, options: { files: {} } })).rejects.toThrow("folder");
    await expect(connect({ size: 1, options: { files: { s3: { ...place, endpoint: "https://s3.example.com" } } } })).rejects.toThrow(
      "s3SecretKey",
    );
  });
});
