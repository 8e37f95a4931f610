import { type Connection, type Page, type ReadRequest, type Stream, VendorError } from "../../src/index.js";
import type { Subject } from "../../src/testing/index.js";
import { acornSubject } from "./subject.js";

type Read = NonNullable<Stream["read"]>;
type Pages = ReturnType<Read>;

/** Acorn with something wrong in every stream. */
export function withStreams(change: (stream: Stream, key: string) => Partial<Stream>): Subject {
  return withConnection((connection, key) => ({
    ...connection,
    streams: async (call) => (await connection.streams(call)).map((stream) => ({ ...stream, ...change(stream, key) })),
  }));
}

export function withConnection(change: (connection: Connection, key: string) => Connection): Subject {
  const { connector } = acornSubject;
  return {
    ...acornSubject,
    connector: {
      ...connector,
      open: async (options, world) => change(await connector.open(options, world), (options as { key: string }).key),
    },
  };
}

/** Acorn whose reads go wrong. */
export function withRead(change: (read: Read) => Read): Subject {
  return withStreams((stream) => (stream.read ? { read: change(stream.read.bind(stream)) } : {}));
}

/** Acorn that is asked something else than it was. */
export function withRequest(change: (request: ReadRequest) => ReadRequest): Subject {
  return withRead((read) => (request, call) => read(change(request), call));
}

/** Acorn whose pages are spoiled on their way. */
export function withPages(change: (page: Page, index: number) => Page): Subject {
  return withRead(
    (read) =>
      async function* (request, call): Pages {
        let index = 0;
        for await (const page of read(request, call)) yield change(page, index++);
      },
  );
}

/** Acorn that does something else when a read fails. */
export function whenReadFails(instead: (error: unknown, key: string) => Page): Subject {
  return withStreams((stream, key) => {
    const read = stream.read?.bind(stream);
    if (!read) return {};
    return {
      async *read(request, call): Pages {
        try {
          yield* read(request, call);
        } catch (error) {
          yield instead(error, key);
        }
      },
    };
  });
}

/** Acorn that goes by a limit of its own. */
export function withLimit(requests: number): Subject {
  const { connector } = acornSubject;
  return {
    ...acornSubject,
    connector: { ...connector, open: (options, world) => connector.open(options, { ...world, limits: { ...world.limits, requests } }) },
  };
}

/** Acorn that asks for something else beside each page, past the client and its budget. */
export function withSideRequests(): Subject {
  const { connector } = acornSubject;
  return {
    ...acornSubject,
    connector: {
      ...connector,
      async open(options, world) {
        const connection = await connector.open(options, world);
        const { baseUrl } = options as { baseUrl: string };
        const beside = async function* (pages: Pages): Pages {
          for await (const page of pages) {
            await (await fetch(`${baseUrl}/ping`)).text();
            yield page;
          }
        };
        return {
          ...connection,
          streams: async (call) =>
            (await connection.streams(call)).map((stream) => ({
              ...stream,
              read: (request, inner) => beside(stream.read?.(request, inner) ?? nothing()),
            })),
        };
      },
    },
  };
}

async function* nothing(): Pages {}

export function leaking(error: unknown, key: string): VendorError {
  return new VendorError(`Acorn does not take the key ${key}.`, { code: "acorn/leak", next: "stop-run", cause: error });
}
