import { createHash, createHmac } from "node:crypto";

export interface Keys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly region: string;
}

export interface ToSign {
  readonly method: "PUT" | "HEAD";
  readonly url: URL;
  readonly body: Uint8Array;
  readonly now: Date;
}

/**
 * The headers that prove who sends a request to an S3-compatible store.
 * @see AWS Signature Version 4, service s3, the payload signed
 */
export function signV4({ method, url, body, now }: ToSign, { accessKeyId, secretAccessKey, region }: Keys): Record<string, string> {
  const stamp = now.toISOString().replace(/[-:]|\.\d{3}/g, "");
  const day = stamp.slice(0, 8);
  const hash = sha256(body);
  const signed = "host;x-amz-content-sha256;x-amz-date";
  const headers = `host:${url.host}\nx-amz-content-sha256:${hash}\nx-amz-date:${stamp}\n`;
  // No query: none of the requests has one. S3 takes the path as it is sent, encoded once.
  const canonical = [method, url.pathname, "", headers, signed, hash].join("\n");
  const scope = `${day}/${region}/s3/aws4_request`;
  const text = ["AWS4-HMAC-SHA256", stamp, scope, sha256(Buffer.from(canonical))].join("\n");
  const key = [day, region, "s3", "aws4_request"].reduce<Buffer>((key, part) => hmac(key, part), Buffer.from(`AWS4${secretAccessKey}`));
  const signature = hmac(key, text).toString("hex");
  return {
    "x-amz-content-sha256": hash,
    "x-amz-date": stamp,
    authorization: `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${scope}, SignedHeaders=${signed}, Signature=${signature}`,
  };
}

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

function hmac(key: Buffer, text: string): Buffer {
  return createHmac("sha256", key).update(text).digest();
}
