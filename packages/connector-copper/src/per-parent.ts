import type { Call, DataRecord, Page, Position, ReadRequest } from "@fieldwright/connector-kit";
import type { Api } from "./api.js";
import { walk } from "./walk.js";

/** Records that Copper tells only record by record of another kind: a request for each parent. */
export interface PerParent {
  /** Kinds of parents, in the order in which they are walked. */
  readonly parents: readonly { readonly path: string; readonly body?: DataRecord }[];
  readonly ofParent: (path: string, id: number) => Promise<readonly DataRecord[]>;
  readonly request: ReadRequest;
}

const parentsAtOnce = 20;

/** The position: which kind of parent, where its walk stands, and how many records of that page of parents were given. */
export async function* readPerParent(api: Api, { parents, ofParent, request }: PerParent, call: Call): AsyncGenerator<Page> {
  const { kind: startKind = 0, given: startGiven = 0, proof, ...start } = request.position ?? {};
  let isProof = request.position === undefined || proof !== false;
  let given = Number(startGiven);
  let inner: Position | undefined = Object.keys(start).length === 0 ? undefined : { ...start, proof: isProof };
  for (let kind = Number(startKind); kind < parents.length; kind += 1) {
    const { path = "", body = {} } = parents[kind] ?? {};
    let at = inner;
    const pages = walk(
      api,
      {
        path: `/${path}`,
        body,
        by: "date_created",
        direction: "up",
        request: { pageSize: parentsAtOnce, ...(inner ? { position: inner } : {}) },
        isFixed: true,
      },
      call,
    );
    for await (const page of pages) {
      const records: DataRecord[] = [];
      for (const parent of page.records) records.push(...(await ofParent(path, Number(parent.id))));
      if (page.complete === false || page.next?.proof === false) isProof = false;
      const isLast = page.next === undefined && kind === parents.length - 1;
      const size = Math.max(1, request.pageSize);
      for (; given + size < records.length; given += size) {
        call.signal.throwIfAborted();
        yield { records: records.slice(given, given + size), next: { ...at, kind, given: given + size, proof: isProof } };
      }
      call.signal.throwIfAborted();
      yield {
        records: records.slice(given),
        ...(isLast
          ? { complete: isProof }
          : { next: page.next ? { ...page.next, kind, given: 0, proof: isProof } : { kind: kind + 1, given: 0, proof: isProof } }),
      };
      given = 0;
      at = page.next;
    }
    inner = undefined;
  }
}
