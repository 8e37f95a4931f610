import { pipeline, Readable } from "node:stream";
import { createInflateRaw } from "node:zlib";
import { fileError } from "../file-error.js";
import type { OpenFile } from "../source-file.js";
import { damaged, dataAt, type ZipEntry } from "./zip-directory.js";

export interface Unpacking {
  readonly entry: ZipEntry;
  readonly maxBytes: number;
  /** The option that sets `maxBytes`. */
  readonly limit: string;
  readonly signal: AbortSignal;
}

const stored = 0;
const deflated = 8;
const chunkBytes = 256 * 1024;

/** The text of a part of the archive. Its bytes are counted as they come: what the archive claims of itself may be a lie. */
export async function* unpack(open: OpenFile, { entry, maxBytes, limit, signal }: Unpacking): AsyncGenerator<string> {
  const { file } = open;
  if (entry.encrypted) throw fileError("password", `${file.name} is protected by a password.`, "Save it without one.");
  if (entry.method !== stored && entry.method !== deflated) throw damaged(file.name);
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let bytes = 0;
  try {
    for await (const chunk of inflated(packed(open, entry, signal), entry.method)) {
      bytes += chunk.length;
      if (bytes > maxBytes)
        throw fileError(
          "too-large",
          `${file.name}: ${entry.name} unpacks to more than ${maxBytes} bytes, from ${entry.packedBytes}.`,
          `If this is no trap, raise \`limits.${limit}\`.`,
        );
      yield decoder.decode(chunk, { stream: true });
    }
    yield decoder.decode();
  } catch (error) {
    throw isUnpackError(error) ? damaged(file.name) : error;
  }
}

/** Of zlib, or of a text decoder that met something else than UTF-8. */
function isUnpackError(error: unknown): boolean {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return code.startsWith("Z_") || code === "ERR_ENCODING_INVALID_ENCODED_DATA";
}

function inflated(bytes: AsyncIterable<Buffer>, method: number): AsyncIterable<Buffer> {
  if (method === stored) return bytes;
  const inflate = createInflateRaw({ chunkSize: chunkBytes });
  pipeline(Readable.from(bytes, { objectMode: false }), inflate, () => undefined);
  return inflate;
}

async function* packed({ file, handle }: OpenFile, entry: ZipEntry, signal: AbortSignal): AsyncGenerator<Buffer> {
  const start = await dataAt(file, handle, entry);
  for (let done = 0; done < entry.packedBytes; ) {
    signal.throwIfAborted();
    const length = Math.min(chunkBytes, entry.packedBytes - done);
    const { buffer, bytesRead } = await handle.read(Buffer.allocUnsafe(length), 0, length, start + done);
    if (bytesRead === 0) throw damaged(file.name);
    done += bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}
