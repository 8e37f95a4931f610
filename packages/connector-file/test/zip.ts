import { crc32, deflateRawSync } from "node:zlib";

export interface ZipPart {
  readonly name: string;
  readonly content: string | Buffer;
  /** What the archive claims the content unpacks to, where it lies. */
  readonly claims?: number;
}

/** An archive as small as can be. */
export function zip(parts: readonly ZipPart[]): Buffer {
  const locals: Buffer[] = [];
  const entries: Buffer[] = [];
  let at = 0;
  for (const { name, content, claims } of parts) {
    const bytes = Buffer.from(content);
    const packed = deflateRawSync(bytes);
    const path = Buffer.from(name);
    const about = Buffer.alloc(26);
    about.writeUInt16LE(20, 0);
    about.writeUInt16LE(8, 4);
    about.writeUInt32LE(crcOf(bytes), 10);
    about.writeUInt32LE(packed.length, 14);
    about.writeUInt32LE(claims ?? bytes.length, 18);
    about.writeUInt16LE(path.length, 22);
    locals.push(Buffer.from("PK\x03\x04", "latin1"), about, path, packed);
    const entry = Buffer.alloc(46);
    entry.write("PK\x01\x02", "latin1");
    about.copy(entry, 6);
    entry.writeUInt32LE(at, 42);
    entries.push(entry, path);
    at += 30 + path.length + packed.length;
  }
  const directory = Buffer.concat(entries);
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", "latin1");
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...locals, directory, end]);
}

// The module has it as of Node 20.15 and 22.2; its types may not know.
function crcOf(bytes: Buffer): number {
  return crc32(bytes);
}
