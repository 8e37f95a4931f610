import { type DataRecord, defineConnector, type Outcome, type Stream, VendorError } from "@fieldwright/connector-kit";
import { createEngine, defineProject, defineSync, type Engine } from "@fieldwright/core";
import { afterEach, expect, test } from "vitest";
import { z } from "zod";
import { Shelf, shelfConnector } from "./shelf.js";
import { makeWorld, type World } from "./world.js";

/** A system whose search does not find what its own uniqueness knows: it names the record that is in the way. */
class Registry {
  readonly records = new Map<string, DataRecord>();
  creates = 0;

  connector() {
    const text = { type: "text" } as const;
    return defineConnector({
      name: "registry",
      title: "Registry",
      options: z.object({}),
      secrets: [],
      open: async () => ({
        check: async () => [],
        streams: async (): Promise<readonly Stream[]> => [
          {
            name: "entries",
            key: "id",
            fields: { id: { type: "text", readOnly: true }, email: text, code: text, name: text },
            listing: { maxPageSize: 100, complete: "by-page", total: true },
            get: async (keys) => keys.flatMap((key): DataRecord[] => [this.records.get(key) ?? []].flat() as DataRecord[]),
            find: async () => [],
            create: async (all) => all.map((one) => this.create(one)),
            update: async (all) =>
              all.map(({ key, set }): Outcome => {
                this.records.set(key, { ...this.records.get(key), ...set });
                return { ok: true, key, created: false };
              }),
          },
        ],
        close: async () => undefined,
      }),
    });
  }

  create(one: DataRecord): Outcome {
    this.creates++;
    for (const field of ["email", "code"]) {
      const there = [...this.records.values()].find((record) => record[field] !== undefined && record[field] === one[field]);
      if (!there) continue;
      const alreadyThere = { stream: "entries", key: String(there.id) };
      return {
        ok: false,
        error: new VendorError(`It has this ${field} already.`, { code: "registry/duplicate", next: "hold-record", field, alreadyThere }),
      };
    }
    const id = `r${this.records.size + 1}`;
    this.records.set(id, { ...one, id });
    return { ok: true, key: id, created: true };
  }
}

let world: World;
let engine: Engine;
afterEach(async () => {
  await engine.close();
  await world.close();
});

async function open(registry: Registry, shelf: Shelf): Promise<void> {
  world = await makeWorld("server", []);
  engine = await createEngine({
    project: defineProject({
      version: 1,
      project: "twins",
      store: { schema: `${world.schema}_state`, landing_schema: `${world.schema}_landing` },
      connections: { shelf: { package: "shelf", options: {} }, registry: { package: "registry", options: {} } },
      syncs: [
        defineSync({
          version: 1,
          sync: "people",
          from: { connection: "shelf", stream: "people" },
          to: { connection: "registry", stream: "entries" },
          match: { try_in_order: [{ email: "email" }] },
          fields: { email: "email", code: "code", name: "name" },
        } as never),
      ],
    }),
    connectors: { shelf: shelfConnector([shelf]) as never, registry: registry.connector() as never },
    store: world.database,
  });
}

const people = (...records: DataRecord[]) =>
  new Shelf("people", { id: { type: "integer" }, email: { type: "text" }, code: { type: "text" }, name: { type: "text" } }).put(...records);
const run = () => engine.run({ approve: true, mode: { kind: "full" } });

test("a duplicate that the target names by a key of the spec is linked and brought up to date in the same run, and never sent again", async () => {
  const registry = new Registry();
  registry.records.set("r1", { id: "r1", email: "a@example.test", name: "Theirs" });
  await open(registry, people({ id: 1, email: "a@example.test", name: "Ours" }, { id: 2, email: "b@example.test", name: "New" }));
  expect((await run()).syncs[0]).toMatchObject({ created: 1, updated: 1, failed: 0, held: 0 });
  expect([...registry.records.values()]).toMatchObject([{ id: "r1", name: "Ours" }, { email: "b@example.test" }]);
  const { creates } = registry;
  expect((await run()).syncs[0]).toMatchObject({ created: 0, updated: 0, unchanged: 2 });
  expect(registry.creates).toBe(creates);
});

test("a duplicate by another field, or of a record that somebody else has, is a person's question", async () => {
  const registry = new Registry();
  registry.records.set("r1", { id: "r1", code: "7", email: "other@example.test" });
  await open(
    registry,
    people({ id: 1, email: "a@example.test", code: "7" }, { id: 2, email: "c@example.test" }, { id: 3, email: "c@example.test " }),
  );
  await run();
  expect(await engine.held()).toMatchObject([
    { sourceId: "1", code: "held/duplicate", field: "code", actions: expect.arrayContaining(["link"]) },
  ]);
  await engine.resolve("people", "1", { action: "link", targetId: "r1" });
  expect((await run()).syncs[0]).toMatchObject({ updated: 1, held: 0 });
  expect(registry.records.get("r1")).toMatchObject({ email: "a@example.test" });
});

test("a record in line is decided once, by what was read in this run", async () => {
  const registry = new Registry();
  const shelf = people({ id: 1, email: "a@example.test", code: "7" });
  registry.records.set("r1", { id: "r1", code: "7" });
  await open(registry, shelf);
  expect((await run()).syncs[0]).toMatchObject({ held: 1 });
  await engine.resolve("people", "1", { action: "retry" });
  shelf.put({ id: 1, email: "a@example.test", code: "8" });
  const before = registry.creates;
  expect((await run()).syncs[0]).toMatchObject({ read: 1, created: 1, held: 0 });
  expect(registry.creates).toBe(before + 1);
});
