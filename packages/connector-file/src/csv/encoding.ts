import type { FileHandle } from "node:fs/promises";
import { fileError } from "../file-error.js";

export interface Encoding {
  readonly name: string;
  /** Bytes of the byte order mark. */
  readonly mark: number;
}

const marks: readonly (readonly [string, readonly number[]])[] = [
  ["utf-8", [0xef, 0xbb, 0xbf]],
  ["utf-16le", [0xff, 0xfe]],
  ["utf-16be", [0xfe, 0xff]],
];

const sampleBytes = 4 * 1024 * 1024;

// The signs of windows-1252 where ISO 8859-1 has none: Node's decoder takes the two for one.
const upper = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ";

/** By its mark, else by what its first bytes can be. */
export async function findEncoding(handle: FileHandle, name: string, given: string | undefined): Promise<Encoding> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(sampleBytes), 0, sampleBytes, 0);
  const head = buffer.subarray(0, bytesRead);
  const marked = marks.find(([, bytes]) => bytes.every((byte, index) => head[index] === byte));
  const wanted = given === undefined ? undefined : canonicalName(given);
  if (marked && wanted !== undefined && wanted !== marked[0])
    throw fileError(
      "wrong-encoding",
      `${name} begins with the mark of ${marked[0]}, and the options say ${given}.`,
      `Leave \`encoding\` out, or set it to ${marked[0]}.`,
    );
  if (marked) return { name: marked[0], mark: marked[1].length };
  return { name: wanted ?? guess(head), mark: 0 };
}

export function canonicalName(given: string): string {
  try {
    const { encoding } = new TextDecoder(given);
    return /^(latin-?1|iso-?8859-?1)$/i.test(given) ? "windows-1252" : encoding;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw fileError("bad-option", `There is no encoding "${given}".`, "Known ones: utf-8, utf-16le, windows-1252, iso-8859-15, shift_jis.");
  }
}

function guess(head: Buffer): string {
  const pairs = Math.floor(Math.min(head.length, 4096) / 2);
  let [even, odd] = [0, 0];
  for (let pair = 0; pair < pairs; pair++) {
    if (head[2 * pair] === 0) even++;
    if (head[2 * pair + 1] === 0) odd++;
  }
  if (pairs > 0 && odd > pairs / 2 && even === 0) return "utf-16le";
  if (pairs > 0 && even > pairs / 2 && odd === 0) return "utf-16be";
  return isUtf8(head) ? "utf-8" : "windows-1252";
}

function isUtf8(bytes: Buffer): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}

/** Bytes to text; bytes that the encoding does not know end it with an error that says where. */
export async function* decoded(bytes: AsyncIterable<Buffer>, encoding: Encoding, name: string): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding.name, { fatal: true, ignoreBOM: true });
  const read = (chunk: Buffer | undefined, at: number): string => {
    try {
      const text = chunk === undefined ? decoder.decode() : decoder.decode(chunk, { stream: true });
      return encoding.name === "windows-1252" ? text.replace(/[\u0080-\u009f]/g, (sign) => upper[sign.charCodeAt(0) - 0x80] ?? sign) : text;
    } catch (error) {
      throw wrongBytes({ encoding, name, at, error });
    }
  };
  let at = 0;
  for await (const chunk of bytes) {
    const text = read(at === 0 ? chunk.subarray(encoding.mark) : chunk, at);
    at += chunk.length;
    if (text !== "") yield text;
  }
  const rest = read(undefined, at);
  if (rest !== "") yield rest;
}

function wrongBytes(of: { readonly encoding: Encoding; readonly name: string; readonly at: number; readonly error: unknown }): unknown {
  if (!(of.error instanceof TypeError)) return of.error;
  return fileError(
    "wrong-encoding",
    `${of.name} is not ${of.encoding.name}: after byte ${of.at} stands something that this encoding does not have.`,
    "Set `encoding`, e.g. to windows-1252, or export the file again as UTF-8.",
  );
}

/** Text to bytes, for files that are written; `undefined` for an encoding that cannot be written. */
export function encoderOf(encoding: string): ((text: string) => Buffer | undefined) | undefined {
  if (encoding === "utf-8") return (text) => Buffer.from(text, "utf8");
  if (encoding === "utf-16le") return (text) => Buffer.from(text, "utf16le");
  if (encoding !== "windows-1252") return undefined;
  return (text) => {
    const bytes = Buffer.alloc(text.length);
    for (let index = 0; index < text.length; index++) {
      const code = text.charCodeAt(index);
      const high = upper.indexOf(text[index] ?? "");
      if (code > 0xff && high === -1) return undefined;
      bytes[index] = high === -1 ? code : 0x80 + high;
    }
    return bytes;
  };
}
