import { open, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { FieldwrightError } from "../problem.js";

/** Keeps a second process out of an embedded store. The answer gives the folder free again; a lock left by a killed process is taken over. */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  const file = join(folder, "..", `${folder.split(/[\\/]/).at(-1)}.lock`);
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      const handle = await open(file, "wx");
      await handle.write(String(process.pid));
      await handle.close();
      return () => rm(file, { force: true });
    } catch (error) {
      if (!(error instanceof Error) || !("code" in error) || error.code !== "EEXIST") throw error;
      const holder = Number(await readFile(file, "utf8").catch(() => ""));
      if (holder > 0 && isAlive(holder)) throw busy(folder, holder);
      await rm(file, { force: true });
    }
  }
  throw busy(folder, 0);
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM"; // alive, but another user's
  }
}

function busy(folder: string, holder: number): FieldwrightError {
  return new FieldwrightError(
    "store/busy",
    `The embedded store in ${folder} is in use by process ${holder}: it takes one process at a time.`,
    {
      hint: "Wait for the other process, or set DATABASE_URL to a Postgres server, which takes many.",
    },
  );
}
