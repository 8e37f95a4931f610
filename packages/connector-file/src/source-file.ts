import { type FileHandle, open, stat } from "node:fs/promises";
import { fileError } from "./file-error.js";
import type { Limits } from "./options.js";

/** A file as it was found; its stamp tells whether it has changed since. */
export interface SourceFile {
  readonly path: string;
  /** As people are told of it: below the folder of the connection. */
  readonly name: string;
  readonly bytes: number;
  /** The later of the times of its content and of its coming here, in milliseconds since 1970. */
  readonly changedMs: number;
  readonly stamp: string;
}

export interface OpenFile {
  readonly file: SourceFile;
  readonly handle: FileHandle;
  readonly kind: "text" | "excel";
}

interface Stat {
  readonly size: number;
  readonly mtimeMs: number;
  readonly ctimeMs: number;
  readonly ino: number;
}

export function sourceFile(path: string, name: string, stat: Stat): SourceFile {
  // A file that was moved or unpacked here keeps the time of its content; the inode's own time tells when it came.
  const changedMs = Math.floor(Math.max(stat.mtimeMs, stat.ctimeMs));
  return { path, name, bytes: stat.size, changedMs, stamp: stampOf(stat) };
}

function stampOf(stat: Stat): string {
  return `${stat.ino}.${stat.size}.${Math.floor(stat.mtimeMs * 1000)}`;
}

/** Opens the file for `work`, and closes it whatever happens. */
export async function openSource(found: SourceFile, limits: Limits): Promise<OpenFile> {
  const handle = await open(found.path, "r");
  try {
    // The file may have been replaced since it was found: from here on it is this one.
    const file = sourceFile(found.path, found.name, await handle.stat());
    if (file.bytes > limits.maxBytes)
      throw fileError(
        "too-large",
        `${file.name} has ${file.bytes} bytes, and ${limits.maxBytes} are allowed.`,
        "Raise `limits.maxBytes`, or split the file.",
      );
    return { file, handle, kind: kindOf(file, await firstBytes(handle, 8)) };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/** Whether the file is as it was when it was opened. */
export async function untouched({ file, handle }: OpenFile): Promise<boolean> {
  return stampOf(await handle.stat()) === file.stamp;
}

/** Whether the file is still the one under its name: another program may have put a new one there. */
export async function inPlace({ file }: OpenFile): Promise<boolean> {
  return stampOf(await stat(file.path)) === file.stamp;
}

export async function firstBytes(handle: FileHandle, count: number): Promise<Buffer> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(count), 0, count, 0);
  return buffer.subarray(0, bytesRead);
}

/** By the content: names lie. */
function kindOf(file: SourceFile, head: Buffer): OpenFile["kind"] {
  if (head.subarray(0, 4).equals(Buffer.from("PK\x03\x04", "latin1"))) return "excel";
  if (head.subarray(0, 4).toString("hex") === "d0cf11e0")
    throw fileError(
      "old-excel",
      `${file.name} is an Excel file of the old kind (.xls), or one with a password.`,
      "Save it as .xlsx without a password.",
    );
  if (head.subarray(0, 4).equals(Buffer.from("%PDF", "latin1")))
    throw fileError("not-a-table", `${file.name} is a PDF, not a table.`, "Export the data as CSV or Excel.");
  if (/\.(xlsx|xlsm)$/i.test(file.name) && file.bytes > 0)
    throw fileError("damaged", `${file.name} is named like an Excel file and is none: it may be cut off at its start.`, "Export it again.");
  return "text";
}
