// A real Payload 3 REST server without Next.js: the REST route of a Next.js site calls the same function.
// Reads its setup as JSON from the variable SETUP, prints {"url"} as one line of JSON, and ends when its input ends.
import { createServer } from "node:http";
import { Readable } from "node:stream";
import { postgresAdapter } from "@payloadcms/db-postgres";
import { buildConfig, getPayload, handleEndpoints } from "payload";

const setup = JSON.parse(process.env.SETUP ?? "{}");

const access = {
  user: ({ req }) => Boolean(req.user),
  anyone: () => true,
  nobody: () => false,
  // Rows that strangers may see too, which makes a dead key look like a smaller collection.
  "published-to-strangers": ({ req }) => (req.user ? true : { published: { equals: true } }),
};

function collectionOf({ rule = "user", ...definition }) {
  const allowed = access[rule];
  return { ...definition, access: { create: allowed, read: allowed, update: allowed, delete: allowed } };
}

const config = await buildConfig({
  secret: "demo-secret",
  db: postgresAdapter({
    pool: { connectionString: setup.databaseUrl, max: 10 },
    ...(setup.idType === undefined ? {} : { idType: setup.idType }),
  }),
  collections: [
    // Logging in over and over is what tests do: no lock after wrong passwords.
    { slug: "users", auth: { useAPIKey: true, maxLoginAttempts: 0, ...setup.auth }, fields: [] },
    ...setup.collections.map(collectionOf),
  ],
  telemetry: false,
  typescript: { autoGenerate: false },
  graphQL: { disable: true },
});
const payload = await getPayload({ config });

for (const user of setup.users) {
  const found = await payload.find({ collection: "users", where: { email: { equals: user.email } }, limit: 1 });
  if (found.docs.length === 0) await payload.create({ collection: "users", data: user });
}

const server = createServer(async (incoming, outgoing) => {
  const bodiless = incoming.method === "GET" || incoming.method === "HEAD";
  const request = new Request(`http://${incoming.headers.host}${incoming.url}`, {
    method: incoming.method,
    headers: new Headers(Object.entries(incoming.headers).map(([name, value]) => [name, String(value)])),
    ...(bodiless ? {} : { body: Readable.toWeb(incoming), duplex: "half" }),
  });
  const response = await handleEndpoints({ config, request });
  outgoing.writeHead(response.status, Object.fromEntries(response.headers));
  outgoing.end(Buffer.from(await response.arrayBuffer()));
});
server.keepAliveTimeout = 120_000;
server.listen(setup.port ?? 0, "127.0.0.1", () => {
  process.stdout.write(`${JSON.stringify({ url: `http://127.0.0.1:${server.address().port}/api` })}\n`);
});

process.stdin.resume();
process.stdin.once("end", () => process.exit(0));
