import { type Simulator, startSimulator } from "@fieldwright/connector-kit/testing";
import { type CollectionDefinition, crmCollections } from "../../../packages/connector-payload/simulator/collections.js";
import { openAskNow } from "./ask-now.js";
import { type RealServer, type RealSetup, startRealServer } from "./real-server.js";
import { realTable } from "./real-table.js";
import { createSeeds } from "./seeds.js";

export interface RealSite {
  readonly server: RealServer;
  /** The real server behind the kit's faults and traffic log. There is one: whoever comes next waits until it is closed. */
  simulate(size?: number): Promise<Simulator>;
  close(): Promise<void>;
}

const user = { email: "sync@example.test", password: "demo-password", apiKey: "demo-key-0001-0002-0003" };

interface SiteSetup extends Pick<RealSetup, "postgresUrl" | "auth"> {
  readonly collections?: readonly CollectionDefinition[];
  /** Collections that nobody may look into, so that nothing is put there. */
  readonly closed?: readonly CollectionDefinition[];
}

export async function createRealSite(setup: SiteSetup): Promise<RealSite> {
  const collections = setup.collections ?? crmCollections;
  const server = await startRealServer({ user, ...setup, collections: [...collections, ...(setup.closed ?? [])] });
  const ask = openAskNow(server.databaseUrl);
  const authorization = `users API-Key ${user.apiKey}`;
  const seeds = createSeeds({ ask, url: server.url, authorization, collections });
  let free: Promise<void> = Promise.resolve();
  return {
    server,
    async simulate(size = 23) {
      const before = free;
      let leave = (): void => undefined;
      free = new Promise((resolve) => {
        leave = resolve;
      });
      await before;
      await seeds.sow(size);
      const simulator = await startSimulator({
        handler: (request) => passedOn(request, server.url),
        basePath: "/api",
        options: (baseUrl) => ({ baseUrl, apiKey: user.apiKey }),
        secrets: [user.apiKey, user.password],
        tables: Object.fromEntries(collections.map(({ slug }) => [slug, realTable({ ask, url: server.url, slug, authorization })])),
        answers: {
          unauthorized: () => Response.json({ errors: [{ message: "You are not allowed to perform this action." }] }, { status: 403 }),
        },
      });
      const close = simulator.close.bind(simulator);
      return Object.assign(simulator, {
        close: async () => {
          await close();
          leave();
        },
      });
    },
    async close() {
      await ask.close();
      await server.stop();
    },
  };
}

async function passedOn(request: Request, to: string): Promise<Response> {
  const { pathname, search } = new URL(request.url);
  const body = request.method === "GET" ? undefined : await request.arrayBuffer();
  const answer = await fetch(`${new URL(to).origin}${pathname}${search}`, {
    method: request.method,
    headers: request.headers,
    ...(body === undefined ? {} : { body }),
  });
  // Length and encoding are those of this hop.
  const headers = { "content-type": answer.headers.get("content-type") ?? "", date: answer.headers.get("date") ?? "" };
  return new Response(await answer.arrayBuffer(), { status: answer.status, headers });
}
