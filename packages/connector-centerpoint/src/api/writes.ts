import { type Call, type DataRecord, type Outcome, oneByOne, type Update, VendorError } from "@fieldwright/connector-kit";
import type { Collection } from "../collections/collection.js";
import type { Api } from "./api.js";
import { singleOf } from "./document.js";
import { createStageMoves, type StageMoves } from "./stage-moves.js";
import { documentOf } from "./write-body.js";

/** Twice the same create makes two records: it is never repeated. */
export async function createRecords(
  api: Api,
  { collection, records }: { readonly collection: Collection; readonly records: readonly DataRecord[] },
  call: Call,
): Promise<readonly Outcome[]> {
  const moves = createStageMoves(api, call);
  return oneByOne(records, async (record) => {
    const answer = await api.send(
      { method: "POST", path: `/${collection.name}`, json: documentOf(collection, record), safeToRepeat: false },
      call,
    );
    const key = singleOf(answer.body, `/${collection.name}`).data.id;
    await moveAlso(moves, { collection, key, set: record, done: `The record was created as ${key}` });
    return { ok: true, key, created: true };
  });
}

export async function updateRecords(
  api: Api,
  { collection, updates }: { readonly collection: Collection; readonly updates: readonly Update[] },
  call: Call,
): Promise<readonly Outcome[]> {
  const moves = createStageMoves(api, call);
  return oneByOne(updates, async ({ key, set }) => {
    const json = documentOf(collection, set, key);
    const isMoveOnly = collection.isJob && Object.keys(set).every((name) => name === "workflowStage");
    if (!isMoveOnly)
      // The same values once more change nothing, so this may be repeated.
      await api.send({ method: "PATCH", path: pathOf(collection, key), json, safeToRepeat: true }, call);
    const done = isMoveOnly ? undefined : "The other fields were written";
    await moveAlso(moves, { collection, key, set, done });
    return { ok: true, key, created: false };
  });
}

export async function deleteRecords(
  api: Api,
  { collection, keys }: { readonly collection: Collection; readonly keys: readonly string[] },
  call: Call,
): Promise<readonly Outcome[]> {
  return oneByOne(keys, async (key) => {
    await api.send({ method: "DELETE", path: pathOf(collection, key) }, call);
    return { ok: true, key, created: false };
  });
}

interface Also {
  readonly collection: Collection;
  readonly key: string;
  readonly set: DataRecord;
  /** What was done before; its failure must not look as if nothing were. */
  readonly done: string | undefined;
}

async function moveAlso(moves: StageMoves, { collection, key, set, done }: Also): Promise<void> {
  const wanted = set.workflowStage;
  if (!collection.isJob || wanted === undefined || wanted === null) return;
  try {
    await moves.move(`/${collection.name}/${encodeURIComponent(key)}`, wanted);
  } catch (error) {
    if (done === undefined || !(error instanceof VendorError)) throw error;
    throw new VendorError(`${done}, but the job was not moved: ${error.message}`, {
      code: "centerpoint/half-done",
      next: error.next === "retry" ? "hold-record" : error.next,
      inDoubt: true,
      hint: error.hint ?? "Look at the job in Centerpoint before the change is tried again.",
      cause: error,
    });
  }
}

function pathOf({ name }: Collection, key: string): string {
  return `/${name}/${encodeURIComponent(key)}`;
}
