import { stat } from "node:fs/promises";
import type { Call, Outcome, Stream } from "@fieldwright/connector-kit";
import type { BoundStream } from "../bound-stream.js";
import { asFileError, fileError } from "../file-error.js";
import { type Place, shortName } from "../find-files.js";
import { openSource, sourceFile } from "../source-file.js";
import type { Wish } from "./change-set.js";
import { withLock } from "./path-lock.js";
import { changeText, makeText, type Target } from "./text-target.js";

export type Writes = Pick<Stream, "create" | "update" | "delete" | "batchSize" | "sideEffects">;

/** Every batch costs a whole file, so batches are large. */
const batchSize = 10_000;

export function writesOf(bound: BoundStream, { path }: Place): Writes {
  const { write } = bound.options;
  if (write === "none") return {};
  const carryOut = (wishes: readonly Wish[], call: Call) => change({ bound, path, call }, wishes);
  const create: Writes["create"] = (records, call) =>
    carryOut(
      records.map((record) => ({ kind: "create", record })),
      call,
    );
  if (write === "append") return { batchSize, create };
  return {
    batchSize,
    create,
    update: (updates, call) =>
      carryOut(
        updates.map((update) => ({ kind: "update", update })),
        call,
      ),
    delete: (keys, call) =>
      carryOut(
        keys.map((key) => ({ kind: "delete", key })),
        call,
      ),
  };
}

async function change(target: Target, wishes: readonly Wish[]): Promise<readonly Outcome[]> {
  if (wishes.length === 0) return [];
  target.call.signal.throwIfAborted();
  const name = shortName(target.bound.folder, target.path);
  try {
    return await withLock(target.path, () => changeLocked(target, name, wishes));
  } catch (error) {
    throw asFileError(name, error);
  }
}

async function changeLocked(target: Target, name: string, wishes: readonly Wish[]): Promise<readonly Outcome[]> {
  const { path, bound } = target;
  const found = await stat(path).catch(() => undefined);
  if (!found) await makeText(target);
  const open = await openSource(sourceFile(path, name, found ?? (await stat(path))), bound.limits);
  try {
    if (open.kind === "excel") throw fileError("not-writable", `${name} is an Excel file, which is only read.`, "Write to a CSV file.");
    return await changeText(target, open, wishes);
  } finally {
    await open.handle.close();
  }
}
