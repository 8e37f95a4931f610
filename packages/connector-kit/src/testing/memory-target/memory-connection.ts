import { type Call, type Connection, type DataRecord, defineStream, type Outcome, type ReadRequest, type Stream } from "../../contract.js";
import { pagesByNumber, skipPage } from "../../paging.js";
import { asVendorError, VendorError } from "../../vendor-error.js";
import { type MemoryStream, memoryFields, memoryReferences, memoryStreams } from "./memory-streams.js";
import type { Oddities } from "./oddities.js";
import type { VendorAnswer, VendorOutcome, VendorRequest, VendorWrite } from "./vendor-request.js";

/** The way to the vendor: over the wire, or in the same process. */
export interface Door {
  ask(request: VendorRequest, call: Call): Promise<VendorAnswer>;
  ping(call: Call): Promise<void>;
  close(): Promise<void>;
}

export interface Terms {
  readonly batchSize: number;
  readonly oddities: Oddities;
  /** What its author knows of how long a write takes to show; nothing if not given. */
  readonly settlesWithinMs?: number;
}

/** Both streams, through whichever door. */
export function memoryConnection(door: Door, terms: Terms): Connection {
  return {
    check: async (call) => {
      try {
        await door.ping(call);
        return [{ what: "credentials", ok: true, says: "The key is good." }];
      } catch (error) {
        return [
          {
            what: "credentials",
            ok: false,
            says: `${asVendorError(error).message} Use the key that the simulator names among its options.`,
          },
        ];
      }
    },
    streams: async () => memoryStreams.map((name) => streamOf(name, door, terms)),
    close: () => door.close(),
  };
}

function streamOf(name: MemoryStream, door: Door, terms: Terms): Stream {
  const write = async (request: VendorWrite, call: Call): Promise<readonly Outcome[]> => {
    const { outcomes } = await door.ask({ stream: name, ...request }, call);
    return (outcomes ?? []).map((outcome) => outcomeOf(outcome, request.operation));
  };
  const items = async (request: VendorRequest, call: Call): Promise<readonly DataRecord[]> => (await door.ask(request, call)).items ?? [];
  const { deletes = "for good" } = terms.oddities;
  return defineStream({
    name,
    key: "id",
    fields: memoryFields[name],
    references: memoryReferences[name],
    cursor: { field: "updated", type: "datetime", granularity: "millisecond", filter: true, overlap: 1000 },
    listing: { maxPageSize: 100, complete: "by-page", total: true, skip: skipPage },
    batchSize: terms.batchSize,
    ...(terms.settlesWithinMs === undefined ? {} : { settlesWithinMs: terms.settlesWithinMs }),
    read: (request: ReadRequest, call: Call) => pages({ name, door, request, call }),
    get: async (keys: readonly string[], call: Call) => (keys.length === 0 ? [] : items({ stream: name, operation: "get", keys }, call)),
    find: async (field: string, values: readonly unknown[], call: Call) =>
      values.length === 0 ? [] : items({ stream: name, operation: "find", field, values }, call),
    create: (records: readonly DataRecord[], call: Call) => write({ operation: "create", records }, call),
    update: (updates: readonly { key: string; set: DataRecord }[], call: Call) => write({ operation: "update", updates }, call),
    ...(deletes === "never" ? {} : { delete: (keys: readonly string[], call: Call) => write({ operation: "delete", keys }, call) }),
    ...(deletes === "soft" ? { restore: (keys: readonly string[], call: Call) => write({ operation: "restore", keys }, call) } : {}),
  });
}

function pages({
  name,
  door,
  request,
  call,
}: {
  readonly name: MemoryStream;
  readonly door: Door;
  readonly request: ReadRequest;
  readonly call: Call;
}) {
  const bounds = {
    ...(request.since === undefined ? {} : { since: request.since }),
    ...(request.until === undefined ? {} : { until: request.until }),
  };
  return pagesByNumber({
    request,
    call,
    async fetch(page, inner) {
      const { list } = await door.ask({ stream: name, operation: "list", page, size: request.pageSize, ...bounds }, inner);
      return {
        records: list?.items ?? [],
        pageCount: list?.pages ?? 0,
        total: list?.total ?? 0,
        complete: request.since === undefined && request.until === undefined,
      };
    },
  });
}

function outcomeOf(outcome: VendorOutcome, operation: VendorWrite["operation"]): Outcome {
  if (outcome.ok) return { ok: true, key: outcome.key, created: operation === "create", record: outcome.record };
  const field = outcome.field === undefined ? {} : { field: outcome.field };
  return { ok: false, error: new VendorError(outcome.message, { code: `memory/${outcome.code}`, next: "hold-record", ...field }) };
}
