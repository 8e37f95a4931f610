import {
  type Call,
  type DataRecord,
  defineConnector,
  type Field,
  type Page,
  type Position,
  type ReadRequest,
  type Stream,
  VendorError,
} from "@fieldwright/connector-kit";
import { z } from "zod";

/** A system in this process' memory, for tests of the engine: shelves of records that can be changed and made to fail between two pages. */
export class Shelf {
  readonly records = new Map<string, DataRecord>();
  /** Called before each page, with its number from 0: may change records, throw, or end the process. */
  beforePage: (page: number) => void | Promise<void> = () => undefined;
  pagesRead = 0;
  requests: ReadRequest[] = [];
  /** What the last page says of itself. */
  provesComplete = true;

  constructor(
    readonly name: string,
    readonly fields: Readonly<Record<string, Field>>,
    readonly options: { readonly pageSize?: number; readonly cursor?: boolean; readonly skip?: boolean; readonly get?: boolean } = {},
  ) {}

  put(...records: readonly DataRecord[]): this {
    for (const record of records) this.records.set(String(record.id), record);
    return this;
  }

  stream(): Stream {
    const { cursor = false, skip = true, get = false } = this.options;
    const stream: Stream = {
      name: this.name,
      fields: this.fields,
      key: "id",
      ...(cursor
        ? { cursor: { field: "updated", type: "datetime", granularity: "millisecond", filter: true, overlap: 1000 } as const }
        : {}),
      listing: {
        maxPageSize: this.options.pageSize ?? 10,
        complete: "by-page",
        total: true,
        ...(skip ? { skip: (position: Position | undefined) => ({ page: Number(position?.page ?? 0) + 1 }) } : {}),
      } satisfies Stream["listing"],
      read: (request, call) => this.read(request, call),
    };
    return get
      ? {
          ...stream,
          get: async (keys) => keys.flatMap((key): readonly DataRecord[] => [this.records.get(key) ?? []].flat() as readonly DataRecord[]),
        }
      : stream;
  }

  private async *read(request: ReadRequest, call: Call): AsyncGenerator<Page> {
    this.requests.push(request);
    const size = Math.min(request.pageSize, this.options.pageSize ?? 10);
    for (let page = Number(request.position?.page ?? 0); ; page++) {
      call.signal.throwIfAborted();
      await this.beforePage(page);
      this.pagesRead++;
      const all = [...this.records.values()].filter((record) => request.since === undefined || String(record.updated) >= request.since);
      const records = all.slice(page * size, (page + 1) * size);
      const last = (page + 1) * size >= all.length;
      yield {
        records,
        total: all.length,
        ...(last ? { complete: this.provesComplete && request.since === undefined } : { next: { page: page + 1 } }),
      };
      if (last) return;
    }
  }
}

export function shelfConnector(shelves: readonly Shelf[]) {
  return defineConnector({
    name: "shelf",
    title: "Shelf",
    options: z.object({}),
    secrets: [],
    open: async () => ({
      check: async () => [{ what: "reach", ok: true, says: "It is in this process." }],
      streams: async () => shelves.map((shelf) => shelf.stream()),
      close: async () => undefined,
    }),
  });
}

export const outage = (next: "retry" | "stop-stream" | "stop-run" = "retry") =>
  new VendorError("The shelf is out of reach.", { code: "shelf/outage", next });
