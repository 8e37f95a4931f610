import { afterAll, describe, expect, inject, test } from "vitest";
import { type CollectionDefinition, crmCollections } from "../../../packages/connector-payload/simulator/collections.js";
import { createSimulator } from "../../../packages/connector-payload/simulator/index.js";
import { type Question, reads, searches, writes } from "./questions.js";
import { createRealSite } from "./real-site.js";

const collections: readonly CollectionDefinition[] = [
  ...crmCollections,
  {
    slug: "news",
    rule: "published-to-strangers",
    fields: [
      { name: "title", type: "text" },
      { name: "published", type: "checkbox" },
    ],
  },
];
const vault: CollectionDefinition = { slug: "vault", rule: "nobody", fields: [{ name: "name", type: "text" }] };
const size = 8;

const site = await createRealSite({ postgresUrl: inject("databaseUrl"), collections, closed: [vault] });
const real = await site.simulate(size);
const simulated = await createSimulator({ size, collections: [...collections, vault] });
afterAll(async () => {
  await simulated.close();
  await real.close();
  await site.close();
});

/** The simulator answers as Payload does: the same status, and the same body but for what no two servers share. */
describe.each([
  ["a read", reads],
  ["a search", searches],
  ["a write", writes],
] as const)("%s", (_kind, questions) => {
  for (const question of questions) {
    test(titleOf(question), async () => {
      const [theirs, ours] = [await ask(real.url, question), await ask(simulated.url, question)];
      expect(ours).toEqual(theirs);
    });
  }
});

function titleOf({ method = "GET", path, json, text, headers }: Question): string {
  const sent = json === undefined ? (text ?? "") : JSON.stringify(json);
  return [method, decodeURIComponent(path), sent, headers === undefined ? "" : JSON.stringify(headers)].join(" ").trim();
}

async function ask(url: string, { method = "GET", path, json, text, headers }: Question): Promise<unknown> {
  const body = json === undefined ? text : JSON.stringify(json);
  const answer = await fetch(url + path, {
    method,
    headers: {
      authorization: "users API-Key demo-key-0001-0002-0003",
      ...(json === undefined ? {} : { "content-type": "application/json" }),
      ...headers,
    },
    ...(body === undefined ? {} : { body }),
  });
  return { status: answer.status, body: comparable(await answer.json()) };
}

/** Times of this hour and generated ids of rows differ from server to server. */
function comparable(body: unknown): unknown {
  const text = JSON.stringify(body)
    .replace(/"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z"/g, (time) => (isRecent(time.slice(1, -1)) ? '"<now>"' : time))
    .replace(/"[0-9a-f]{24}"/g, '"<row>"');
  return JSON.parse(text);
}

function isRecent(time: string): boolean {
  return Math.abs(Date.now() - Date.parse(time)) < 3_600_000;
}
