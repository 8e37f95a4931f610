import { createHash } from "node:crypto";
import type { Call, DataRecord, Page, ReadRequest } from "@fieldwright/connector-kit";
import type { BoundStream } from "./bound-stream.js";
import { asFileError, fileError } from "./file-error.js";
import { targetFiles } from "./find-files.js";
import { readFile } from "./read-file.js";
import type { ReadRecord } from "./record-of.js";
import { createSeenKeys } from "./seen-keys.js";
import type { SourceFile } from "./source-file.js";

/** A walk over all files of a stream: what it met so far. */
interface Walk {
  readonly bound: BoundStream;
  readonly call: Call;
  /** Why the listing proves nothing, where there is a reason. */
  readonly doubts: string[];
  problems: number;
  unknown: number;
}

const toldProblems = 20;

/** The stream's records, page by page. A place in the listing holds as long as no file of it changes; after that it begins anew. */
export async function* listing(bound: BoundStream, request: ReadRequest, call: Call): AsyncGenerator<Page> {
  call.signal.throwIfAborted();
  const files = await targetFiles(bound);
  const chosen = request.since === undefined ? files : changedSince(files, Date.parse(request.since));
  const stamp = stampOf(chosen);
  const skip = request.position?.stamp === stamp ? Number(request.position.read) : 0;
  const walk: Walk = { bound, call, doubts: [], problems: 0, unknown: 0 };
  let page: DataRecord[] = [];
  let read = 0;
  for await (const record of records(chosen, walk)) {
    if (read++ < skip) continue;
    if (page.length === request.pageSize) {
      yield { records: page, next: { stamp, read: read - 1 } };
      call.signal.throwIfAborted();
      page = [];
    }
    page.push(record);
  }
  tellEnd(walk);
  yield { records: page, complete: request.since === undefined && files.length > 0 && walk.doubts.length === 0 };
}

/** Every record that `wanted` is content with; ends early where no more can come. */
export async function gather(
  bound: BoundStream,
  call: Call,
  wanted: { readonly fits: (record: DataRecord) => boolean; readonly most?: number },
): Promise<readonly DataRecord[]> {
  const found: DataRecord[] = [];
  const walk: Walk = { bound: { ...bound, world: { ...bound.world, notice: () => undefined } }, call, doubts: [], problems: 0, unknown: 0 };
  for await (const record of records(await targetFiles(bound), walk)) {
    if (record[bound.key.field] === null || !wanted.fits(record)) continue;
    found.push(record);
    if (found.length === wanted.most) break;
  }
  return found;
}

/** Files that are newer than a changed one are read along: what they say of a key counts, and not what the changed one says. */
function changedSince(files: readonly SourceFile[], sinceMs: number): readonly SourceFile[] {
  return files.slice(0, files.findLastIndex((file) => file.changedMs >= sinceMs) + 1);
}

function stampOf(files: readonly SourceFile[]): string {
  const hash = createHash("sha256");
  for (const file of files) hash.update(`${file.path}\n${file.stamp}\n`);
  return hash.digest("base64url").slice(0, 22);
}

/** The newest file first, and of each key what the newest says of it. */
async function* records(files: readonly SourceFile[], walk: Walk): AsyncGenerator<DataRecord> {
  const seen = createSeenKeys();
  const copies = new Map<string, number>();
  for (const [number, file] of files.entries()) {
    const each = readFile(file, walk.bound, walk.call);
    try {
      for (let next = await each.next(); ; next = await each.next()) {
        if (next.done === true) {
          if (next.value !== undefined) doubt(walk, file, next.value);
          break;
        }
        const met = next.value.key === undefined ? undefined : seen.meet(next.value.key, number);
        if (met !== undefined && met < number) continue;
        yield told(walk, met === number ? double(next.value, { walk, copies }) : next.value);
      }
    } catch (error) {
      throw asFileError(file.name, error);
    } finally {
      await each.return(undefined);
    }
  }
}

/** Two rows that are wholly alike are two records; two with one key are a question that only a person can answer. */
function double(read: ReadRecord, { walk, copies }: { readonly walk: Walk; readonly copies: Map<string, number> }): ReadRecord {
  const { key } = walk.bound;
  if (key.kind === "digest" && read.key !== undefined) {
    const copy = (copies.get(read.key) ?? 1) + 1;
    copies.set(read.key, copy);
    return { ...read, record: { ...read.record, [key.field]: `${read.key}-${copy}` } };
  }
  const { _file: file, _row: row } = read.record;
  const problem = `${String(file)}, row ${String(row)}: the key ${JSON.stringify(read.key)} (${key.parts.join(", ")}) stands further up already; the first row counts`;
  return { key: undefined, problems: [problem], record: { ...read.record, _problems: [problem], [key.field]: null } };
}

function told(walk: Walk, { record, key, problems }: ReadRecord): DataRecord {
  const { notice } = walk.bound.world;
  for (const problem of problems) {
    walk.problems++;
    if (walk.problems <= toldProblems) notice(problem);
  }
  if (key === undefined) walk.unknown++;
  if (walk.unknown > walk.bound.limits.maxProblems)
    throw fileError(
      "too-many-problems",
      `${walk.bound.name}: more than ${walk.bound.limits.maxProblems} rows cannot be records. The last: ${problems[0]}.`,
      "Check `key`, `headerRow` and `delimiter`, or export the file again.",
    );
  return record;
}

function doubt(walk: Walk, file: SourceFile, why: string): void {
  walk.doubts.push(why);
  walk.bound.world.notice(`${file.name}: ${why}. Nothing is taken for gone.`);
}

function tellEnd(walk: Walk): void {
  const { notice } = walk.bound.world;
  if (walk.problems > toldProblems)
    notice(`${walk.bound.name}: ${walk.problems - toldProblems} more cells or rows could not be read; see _problems.`);
  if (walk.unknown === 0) return;
  const why = `${walk.unknown} rows cannot be told from others, and are held`;
  walk.doubts.push(why);
  notice(`${walk.bound.name}: ${why}. Nothing is taken for gone.`);
}
