import type { Call, DataRecord, Page, ReadRequest } from "@fieldwright/connector-kit";
import type { Collection } from "../collections/collection.js";
import { keepEvidence } from "./evidence.js";
import { detailOf, listPageOf } from "./layout.js";
import type { Session } from "./session.js";
import type { WebOptions, WebPages } from "./web-options.js";

export interface WebDoor {
  readonly session: Session;
  readonly web: WebOptions;
}

export interface WebRead {
  readonly collection: Collection;
  readonly request: ReadRequest;
}

/** A stream read off the web pages: lists, and a page a record. What it finds is never called complete. */
export async function* readWeb(door: WebDoor, { collection, request }: WebRead, call: Call): AsyncGenerator<Page> {
  const pages = door.web.pages[collection.name];
  if (!pages) return;
  let page = request.position?.way === "web" ? Number(request.position.page) : 1;
  for (; ; page += 1) {
    const path = pages.list.replace("{page}", String(page));
    const html = await door.session.page(path, call);
    const list = html === undefined ? { rows: [], hasNext: false } : listPageOf(html, pages, path);
    const records: DataRecord[] = [];
    for (const { id, updated } of list.rows) {
      if (isOld(updated, request.since)) continue;
      const record = await readRecord(door, { collection, pages, id }, call);
      if (record) records.push(record);
    }
    if (!list.hasNext || list.rows.length === 0) {
      yield { records };
      return;
    }
    yield { records, next: { way: "web", page: page + 1 } };
  }
}

/** `undefined` where the record went after it was listed. */
async function readRecord(
  { session, web }: WebDoor,
  { collection, pages, id }: { readonly collection: Collection; readonly pages: WebPages; readonly id: string },
  call: Call,
): Promise<DataRecord | undefined> {
  const path = pages.detail.replace("{id}", encodeURIComponent(id));
  const html = await session.page(path, call);
  if (html === undefined) return undefined;
  const values = detailOf(html, { pages, fields: collection.fields, where: path });
  const evidence = await keepEvidence(web.evidence, { stream: collection.name, id, html, values });
  return { id, ...values, _way: "web", _evidence: evidence };
}

function isOld(updated: string | undefined, since: string | undefined): boolean {
  return updated !== undefined && since !== undefined && Date.parse(updated) < Math.floor(Date.parse(since) / 1000) * 1000;
}
