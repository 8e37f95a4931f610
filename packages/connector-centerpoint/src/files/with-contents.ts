import type { Call, DataRecord, Page, Stream } from "@fieldwright/connector-kit";
import { type Downloading, download } from "./download.js";
import type { FileStore } from "./file-store.js";

export interface Contents extends Downloading {
  readonly store: FileStore;
  readonly notice: (text: string) => void;
}

/** The stream of files, whose contents are fetched as it is read: right away, because their addresses may expire. */
export function withContents(stream: Stream, contents: Contents): Stream {
  const { read } = stream;
  if (!read) return stream;
  return {
    ...stream,
    fields: {
      ...stream.fields,
      _stored: { type: "text", readOnly: true, about: "The name under which the content is kept; null where it could not be had." },
    },
    read: (request, call) => keeping(contents, read.call(stream, request, call), call),
  };
}

async function* keeping(contents: Contents, pages: AsyncIterable<Page>, call: Call): AsyncGenerator<Page> {
  for await (const page of pages) {
    const records: DataRecord[] = [];
    const reasons: string[] = [];
    for (let from = 0; from < page.records.length; from += contents.options.parallel) {
      const some = page.records.slice(from, from + contents.options.parallel);
      records.push(...(await Promise.all(some.map((record) => kept(contents, { record, reasons }, call)))));
    }
    if (reasons.length > 0)
      contents.notice(
        `${reasons.length} of ${records.length} files could not be fetched; the next read tries again. The first: ${reasons[0]}.`,
      );
    yield { ...page, records };
  }
}

async function kept(
  contents: Contents,
  { record, reasons }: { readonly record: DataRecord; readonly reasons: string[] },
  call: Call,
): Promise<DataRecord> {
  const name = nameOf(record);
  if (await contents.store.has(name)) return { ...record, _stored: name };
  const url = contents.options.thumbnails ? record.thumbnailUrl : record.url;
  const got = await download(contents, String(url ?? ""), call);
  if (typeof got === "string") {
    reasons.push(`file ${String(record.id)}, because ${got}`);
    return { ...record, _stored: null };
  }
  await contents.store.put(name, got);
  return { ...record, _stored: name };
}

/** By id and time of change, never by the title: two files may share one, and it may hold anything. */
function nameOf(record: DataRecord): string {
  const ending =
    /\.([A-Za-z0-9]{1,5})$/.exec(String(record.title ?? ""))?.[1] ?? /\/([a-z0-9]{1,5})$/.exec(String(record.mimeType ?? ""))?.[1];
  const changed = String(record.updatedAt ?? "")
    .replace(/\D/g, "")
    .slice(0, 14);
  return `${String(record.id).replace(/[^\w-]/g, "_")}-${changed}${ending === undefined ? "" : `.${ending.toLowerCase()}`}`;
}
