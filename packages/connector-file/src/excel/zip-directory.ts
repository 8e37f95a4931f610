import type { FileHandle } from "node:fs/promises";
import { fileError } from "../file-error.js";
import type { SourceFile } from "../source-file.js";

/** A file in the archive, as the archive's directory claims. */
export interface ZipEntry {
  readonly name: string;
  readonly method: number;
  readonly packedBytes: number;
  /** A claim: whoever unpacks counts for himself. */
  readonly unpackedBytes: number;
  readonly headerAt: number;
  readonly encrypted: boolean;
}

const endMark = 0x06054b50;
const entryMark = 0x02014b50;
const localMark = 0x04034b50;
const endBytes = 22;
const longestComment = 0xffff;
const maxDirectoryBytes = 16 * 1024 * 1024;

/** The directory at the end of the archive. An archive without it has been cut off. */
export async function zipDirectory(file: SourceFile, handle: FileHandle): Promise<ReadonlyMap<string, ZipEntry>> {
  const tailAt = Math.max(0, file.bytes - endBytes - longestComment);
  const tail = await bytesAt(handle, tailAt, file.bytes - tailAt);
  const endAt = lastIndexOfMark(tail);
  if (endAt === -1)
    throw fileError("truncated", `${file.name} is cut off: the end of the Excel file is missing.`, "Copy or export the file again.");
  const [count, bytes, at] = [tail.readUInt16LE(endAt + 10), tail.readUInt32LE(endAt + 12), tail.readUInt32LE(endAt + 16)];
  if (at === 0xffffffff || count === 0xffff || bytes > maxDirectoryBytes)
    throw fileError("too-large", `${file.name} is an archive of the kind for more than 4 GB.`, "Export it in parts, or as CSV.");
  if (at + bytes > file.bytes) throw damaged(file.name);
  return entriesOf(await bytesAt(handle, at, bytes), file.name);
}

function lastIndexOfMark(tail: Buffer): number {
  for (let at = tail.length - endBytes; at >= 0; at--) if (tail.readUInt32LE(at) === endMark) return at;
  return -1;
}

function entriesOf(directory: Buffer, name: string): ReadonlyMap<string, ZipEntry> {
  const entries = new Map<string, ZipEntry>();
  for (let at = 0; at + 46 <= directory.length; ) {
    if (directory.readUInt32LE(at) !== entryMark) throw damaged(name);
    const nameBytes = directory.readUInt16LE(at + 28);
    const path = directory.toString("utf8", at + 46, at + 46 + nameBytes).replaceAll("\\", "/");
    entries.set(path.toLowerCase(), {
      name: path,
      encrypted: (directory.readUInt16LE(at + 8) & 1) === 1,
      method: directory.readUInt16LE(at + 10),
      packedBytes: directory.readUInt32LE(at + 20),
      unpackedBytes: directory.readUInt32LE(at + 24),
      headerAt: directory.readUInt32LE(at + 42),
    });
    at += 46 + nameBytes + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
  }
  return entries;
}

/** Where the packed bytes of an entry begin. */
export async function dataAt(file: SourceFile, handle: FileHandle, entry: ZipEntry): Promise<number> {
  const header = await bytesAt(handle, entry.headerAt, 30);
  if (header.length < 30 || header.readUInt32LE(0) !== localMark) throw damaged(file.name);
  const at = entry.headerAt + 30 + header.readUInt16LE(26) + header.readUInt16LE(28);
  if (at + entry.packedBytes > file.bytes) throw damaged(file.name);
  return at;
}

export function damaged(name: string): Error {
  return fileError("damaged", `${name} is damaged: its parts are not where its directory says.`, "Copy or export the file again.");
}

async function bytesAt(handle: FileHandle, at: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, at);
  return buffer.subarray(0, bytesRead);
}
