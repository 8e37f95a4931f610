import { resolve } from "node:path";
import type { Connection, World } from "@fieldwright/connector-kit";
import type { BoundStream } from "./bound-stream.js";
import { checkStreams, failed } from "./check.js";
import { fileStream } from "./file-stream.js";
import { tablesIn } from "./find-files.js";
import { keyOf } from "./key.js";
import { loadLayouts } from "./layout/saved-layouts.js";
import { type FileOptions, plainStream, type StreamOptions } from "./options.js";

export function openConnection(options: FileOptions, world: World): Connection {
  return {
    async check(call) {
      try {
        return await checkStreams(await boundStreams(options, world), call);
      } catch (error) {
        return [failed("folder", error)];
      }
    },
    async streams(call) {
      const bound = await boundStreams(options, world);
      return Promise.all(bound.map((stream) => fileStream(stream, call)));
    },
    close: async () => undefined,
  };
}

export async function boundStreams(options: FileOptions, world: Pick<World, "now" | "notice" | "folder">): Promise<readonly BoundStream[]> {
  const folder = resolve(world.folder ?? "", options.folder);
  const layouts = await loadLayouts(options.layouts === undefined ? undefined : resolve(folder, options.layouts));
  const bind = ([name, stream]: readonly [string, StreamOptions]): BoundStream => ({
    name,
    options: stream,
    key: keyOf(stream),
    folder,
    limits: options.limits,
    quietMs: options.quietSeconds * 1000,
    layouts,
    world,
  });
  return Object.entries(options.streams ?? (await streamsIn(folder))).map(bind);
}

/** Each file of the folder by itself, called as the file is. */
async function streamsIn(folder: string): Promise<Readonly<Record<string, StreamOptions>>> {
  const streams: Record<string, StreamOptions> = {};
  for (const file of await tablesIn(folder)) {
    const wanted = file
      .replace(/\.\w+$/, "")
      .replace(/[^\p{L}\p{N}]+/gu, "_")
      .toLowerCase();
    let name = wanted;
    for (let again = 2; Object.hasOwn(streams, name); again++) name = `${wanted}_${again}`;
    streams[name] = plainStream(file);
  }
  return streams;
}
