import type { Call } from "@fieldwright/connector-kit";
import type { BoundStream } from "./bound-stream.js";
import { fileError } from "./file-error.js";
import { headed } from "./header.js";
import { columnsOf } from "./layout/columns.js";
import { readRows } from "./open-table.js";
import { type ReadRecord, recordOf } from "./record-of.js";
import { openSource, type SourceFile, untouched } from "./source-file.js";

/** The records of one file, in their order. Returns why the file may not be whole, where there is a reason. */
export async function* readFile(found: SourceFile, bound: BoundStream, call: Call): AsyncGenerator<ReadRecord, string | undefined> {
  const { options: stream, limits } = bound;
  const open = await openSource(found, limits);
  const { file } = open;
  try {
    const young = bound.world.now().getTime() - file.changedMs < bound.quietMs;
    const table = await readRows(open, { stream, limits, signal: call.signal, young });
    const head = await headed(table.rows, file.name, stream.headerRow);
    if (!head) return "it is empty";
    const columns = columnsOf(head.header, { stream: bound.name, options: stream, layouts: bound.layouts, file: file.name });
    const reading = { columns, key: bound.key, where: { file: file.name, sheet: table.sheet }, trim: stream.trim };
    for await (const row of head.rows) yield recordOf(row, reading);
    const doubt = table.doubt();
    const still = (await untouched(open)) ? undefined : grownOrOther(file, (await open.handle.stat()).size);
    return doubt ?? still ?? (young ? "it was changed just now and may still be being written" : undefined);
  } finally {
    await open.handle.close();
  }
}

/** What was added at the end comes with the next read; a file that was written anew under the reader was read as a mixture. */
function grownOrOther(file: SourceFile, bytes: number): string {
  if (bytes > file.bytes) return "it grew while it was read";
  throw fileError("still-written", `${file.name} was written while it was read.`, "Run again once whoever writes it has finished.");
}
