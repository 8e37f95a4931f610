import { VendorError } from "@fieldwright/connector-kit";
import type { FileStore } from "./file-store.js";
import { type Keys, signV4 } from "./sign-v4.js";

export interface S3 extends Keys {
  /** "https://s3.example.com"; the bucket stands in the path, which every store takes. */
  readonly endpoint: string;
  readonly bucket: string;
  /** In front of every name: "centerpoint/". */
  readonly prefix: string;
  readonly timeoutMs: number;
}

/** A bucket of an S3-compatible store. */
export function s3Store(s3: S3, now: () => Date): FileStore {
  const send = async (method: "PUT" | "HEAD", name: string, body: Uint8Array<ArrayBuffer>): Promise<number> => {
    const path = [s3.bucket, ...`${s3.prefix}${name}`.split("/")].map(encoded).join("/");
    const url = new URL(`${s3.endpoint.replace(/\/+$/, "")}/${path}`);
    const headers = signV4({ method, url, body, now: now() }, s3);
    try {
      const answer = await fetch(url, {
        method,
        headers,
        redirect: "error",
        signal: AbortSignal.timeout(s3.timeoutMs),
        ...(method === "PUT" ? { body } : {}),
      });
      await answer.arrayBuffer();
      return answer.status;
    } catch (cause) {
      throw cannot(`The store at ${url.host} could not be reached.`, cause);
    }
  };
  return {
    async has(name) {
      const status = await send("HEAD", name, new Uint8Array());
      if (status === 200 || status === 404) return status === 200;
      throw cannot(`The store refused to say whether ${name} is there (${status}).`);
    },
    async put(name, bytes) {
      const status = await send("PUT", name, new Uint8Array(bytes));
      if (status !== 200) throw cannot(`The store did not take ${name} (${status}).`);
    },
  };
}

/** As the store itself encodes a path when it works out the signature: these four and the mark too. */
function encoded(part: string): string {
  return encodeURIComponent(part).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}

function cannot(message: string, cause?: unknown): VendorError {
  return new VendorError(message, {
    code: "centerpoint/cannot-keep-file",
    next: "stop-stream",
    hint: "Check `files.s3` and `s3SecretKey`: the address, the bucket, the region, and the key's right to write and to list.",
    cause,
  });
}
