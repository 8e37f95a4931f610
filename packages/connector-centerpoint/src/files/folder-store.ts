import { access, mkdir, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { VendorError } from "@fieldwright/connector-kit";
import type { FileStore } from "./file-store.js";

/** A folder. A file is there whole or not at all. */
export function folderStore(folder: string): FileStore {
  return {
    has: (name) =>
      access(join(folder, name)).then(
        () => true,
        () => false,
      ),
    async put(name, bytes) {
      const path = join(folder, name);
      try {
        await mkdir(folder, { recursive: true });
        await writeFile(`${path}.part`, bytes);
        await rename(`${path}.part`, path);
      } catch (cause) {
        throw new VendorError(`The file ${name} could not be kept: ${cause instanceof Error ? cause.message : String(cause)}`, {
          code: "centerpoint/cannot-keep-file",
          next: "stop-stream",
          hint: "Look at `files.folder`: there may be no room, or no right to write.",
          cause,
        });
      }
    },
  };
}
