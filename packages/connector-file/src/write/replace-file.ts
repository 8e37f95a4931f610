import { randomUUID } from "node:crypto";
import { type FileHandle, open, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

/** Writes beside the file, flushes, and puts it in place in one step: a reader, or a crash, sees the old file or the new one. */
export async function replaceFile(
  path: string,
  write: (handle: FileHandle) => Promise<void>,
  /** Asked last: throws where the file must stay as it is. */
  mayReplace: () => Promise<void> = async () => undefined,
): Promise<void> {
  const beside = join(dirname(path), `.${basename(path)}.${randomUUID().slice(0, 8)}.part`);
  const mode = await stat(path).then(
    (found) => found.mode & 0o777,
    () => 0o644,
  );
  try {
    const handle = await open(beside, "wx", mode);
    try {
      await write(handle);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await mayReplace();
    await rename(beside, path);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
  await syncFolder(dirname(path));
}

/** Without it a crash of the machine may forget the renaming. The file is in place by now, and not every file system can flush a folder. */
async function syncFolder(path: string): Promise<void> {
  const handle = await open(path, "r").catch(() => undefined);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}
