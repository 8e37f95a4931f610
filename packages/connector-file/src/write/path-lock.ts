import { randomUUID } from "node:crypto";
import { link, open, readFile, rename, rm } from "node:fs/promises";
import { hostname } from "node:os";
import { basename, dirname, join } from "node:path";
import { VendorError } from "@fieldwright/connector-kit";

const waiting = new Map<string, Promise<unknown>>();

/** One writer at a time: writers of this process wait in line, one of another process is told to come again. */
export async function withLock<T>(path: string, work: () => Promise<T>): Promise<T> {
  const before = waiting.get(path) ?? Promise.resolve();
  const mine = before.then(() => locked(path, work));
  const settled = mine.catch(() => undefined);
  waiting.set(path, settled);
  try {
    return await mine;
  } finally {
    if (waiting.get(path) === settled) waiting.delete(path);
  }
}

async function locked<T>(path: string, work: () => Promise<T>): Promise<T> {
  const lock = join(dirname(path), `.${basename(path)}.lock`);
  if (!(await take(lock))) {
    await clearAbandoned(lock);
    if (!(await take(lock))) throw busy(path, lock);
  }
  try {
    return await work();
  } finally {
    await rm(lock, { force: true });
  }
}

function busy(path: string, lock: string): VendorError {
  return new VendorError(`${path} is being written by another process.`, {
    code: "file/locked",
    next: "retry",
    retryAfterMs: 2000,
    hint: `If no other process runs, delete ${lock}.`,
  });
}

async function take(lock: string): Promise<boolean> {
  try {
    const handle = await open(lock, "wx");
    await handle.writeFile(`${process.pid} ${hostname()}\n`);
    await handle.close();
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  }
}

/** A process of this machine that has died left its lock behind. Renaming first: of two that clear, only one gets it. */
async function clearAbandoned(lock: string): Promise<void> {
  const [pid, host] = (await readFile(lock, "utf8").catch(() => "")).trim().split(" ");
  if (host !== hostname() || pid === undefined || lives(Number(pid))) return;
  const aside = `${lock}.${randomUUID().slice(0, 8)}`;
  await rename(lock, aside).catch(() => undefined);
  const taken = await readFile(aside, "utf8").catch(() => "");
  // Somebody else cleared it and took it in between: give it back.
  if (taken !== "" && !taken.startsWith(`${pid} `)) await link(aside, lock).catch(() => undefined);
  await rm(aside, { force: true });
}

function lives(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return !(error instanceof Error && "code" in error && error.code === "ESRCH");
  }
}
