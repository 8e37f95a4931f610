import { createWriteStream } from "node:fs";
import { resolve } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { FieldwrightError } from "@fieldwright/core";

/** Writes the parts to a file as they come. Only its owner may read it: it holds people's data. */
export async function writeOut(file: string, parts: AsyncIterable<string> | Iterable<string>): Promise<void> {
  const path = resolve(file);
  try {
    await pipeline(Readable.from(parts), createWriteStream(path, { mode: 0o600 }));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined || !/^E[A-Z]+$/.test(code) || (error as NodeJS.ErrnoException).path !== path) throw error;
    const why = code === "ENOENT" ? "its folder does not exist" : code === "EISDIR" ? "it is a folder" : "this user may not write it";
    throw new FieldwrightError("usage/file", `${file} cannot be written: ${why}.`, {
      hint: "The path counts from the folder you are in.",
      cause: error,
    });
  }
}

/** Writes the parts to standard output, no faster than it is read. */
export async function pourOut(parts: AsyncIterable<string>): Promise<void> {
  for await (const part of parts) if (!process.stdout.write(part)) await new Promise((done) => process.stdout.once("drain", done));
}
