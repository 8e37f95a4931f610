import { mkdtemp, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import file from "@fieldwright/connector-file";
import type { Call, Connection, DataRecord, Page, ReadRequest, Stream } from "@fieldwright/connector-kit";
import { onTestFinished } from "vitest";

/** A folder that is gone after the test. Its files look as if they had been written long ago. */
export interface Folder {
  readonly path: string;
  write(name: string, content: string | Buffer): Promise<string>;
  open(options?: Readonly<Record<string, unknown>>): Promise<Opened>;
}

export interface Opened {
  readonly connection: Connection;
  /** What the connector said meanwhile. */
  readonly notices: string[];
  stream(name?: string): Promise<Stream>;
  read(
    name?: string,
    request?: Partial<ReadRequest>,
  ): Promise<{ readonly records: readonly DataRecord[]; readonly last: Page | undefined }>;
}

export const longAgo = new Date("2026-01-02T03:04:05Z");

export async function folder(): Promise<Folder> {
  const path = await mkdtemp(join(tmpdir(), "fieldwright-file-"));
  onTestFinished(() => rm(path, { recursive: true, force: true }));
  return {
    path,
    async write(name, content) {
      await writeFile(join(path, name), content);
      await utimes(join(path, name), longAgo, longAgo);
      return join(path, name);
    },
    open: async (options = {}) => opened({ folder: path, ...options }),
  };
}

// An hour on, so that no file of a test counts as just written: the time at which a file came here cannot be set back.
export const later = (): Date => new Date(Date.now() + 3_600_000);

async function opened(options: Readonly<Record<string, unknown>>): Promise<Opened> {
  const notices: string[] = [];
  const world = { secret: () => undefined, now: later, notice: (text: string) => void notices.push(text) };
  const connection = await file.open(file.options.parse(options), world);
  const stream = async (name?: string): Promise<Stream> => {
    const all = await connection.streams(call());
    const found = name === undefined ? all[0] : all.find((one) => one.name === name);
    if (!found) throw new Error(`No stream ${name}; there are ${all.map((one) => one.name).join(", ")}.`);
    return found;
  };
  return {
    connection,
    notices,
    stream,
    async read(name, request = {}) {
      const found = await stream(name);
      const pages = await pagesOf(found, { pageSize: 1000, ...request });
      return { records: pages.flatMap((page) => page.records), last: pages.at(-1) };
    },
  };
}

export async function pagesOf(stream: Stream, request: ReadRequest): Promise<readonly Page[]> {
  const pages: Page[] = [];
  for await (const page of stream.read?.(request, call()) ?? []) pages.push(page);
  return pages;
}

export function call(signal: AbortSignal = new AbortController().signal): Call {
  return { signal };
}

/** The values of the file's own columns. */
export function plain(records: readonly DataRecord[]): readonly DataRecord[] {
  return records.map((record) => Object.fromEntries(Object.entries(record).filter(([name]) => !name.startsWith("_"))));
}
