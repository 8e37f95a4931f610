import { Hono } from "hono";
import type { DataRecord } from "../../src/contract.js";
import { createClock, createTable, randomAt, type Simulator, startSimulator, type Table } from "../../src/testing/index.js";

const key = "acorn-key-5fW8nT2vQx";
const start = Date.parse("2025-01-06T08:00:00Z");

/** Acorn counts trees: growers have plots, and trees stand on them. An invented vendor. */
export async function startAcorn(size = 23): Promise<Simulator> {
  const clock = createClock("2025-06-02T09:30:00Z");
  const growers = createTable({ key: "id", records: { count: Math.max(4, size), at: grower } });
  const trees = createTable({ key: "id", records: { count: size, at: tree(Math.max(4, size)) }, updatedField: "updatedAt" });
  const app = new Hono().basePath("/v1");
  app.use("*", async (context, next) => {
    if (context.req.header("x-acorn-key") === key) return next();
    return context.json({ error: "The key is not known." }, 401);
  });
  app.get("/ping", (context) => context.json({ pong: true }));
  app.get("/growers", (context) => context.json(paged([...growers], context.req.query())));
  app.get("/trees", (context) => {
    const { ids, tag, from, to } = context.req.query();
    const wanted = trees.filter((record) => {
      const changed = String(record.updatedAt).slice(0, 19);
      return (
        (!ids || ids.split(",").includes(String(record.id))) &&
        (!tag || tag.split(",").includes(String(record.tag))) &&
        (!from || changed >= from) &&
        (!to || changed <= to)
      );
    });
    return context.json(paged(wanted, context.req.query()));
  });
  writeRoutes(app, trees);
  return startSimulator({
    basePath: "/v1",
    clock,
    tables: { growers, trees },
    handler: app.fetch,
    options: (url) => ({ baseUrl: url, key }),
    secrets: [key],
    rateLimit: {
      requests: 120,
      perSeconds: 60,
      headers: (limit, remaining) => ({ "X-RateLimit-Limit": String(limit), "X-RateLimit-Remaining": String(remaining) }),
    },
  });
}

function writeRoutes(app: Hono, trees: Table): void {
  let last = 700_000;
  app.post("/trees", async (context) => {
    const body: DataRecord = await context.req.json();
    last += 1;
    return context.json(trees.add({ id: last, height: null, ...body, planted: body.planted ?? "2025-06-02" }), 201);
  });
  app.put("/trees/by-tag/:tag", async (context) => {
    const body: DataRecord = await context.req.json();
    const [found] = trees.filter((record) => record.tag === context.req.param("tag"));
    if (found) return context.json(trees.change(String(found.id), body));
    last += 1;
    return context.json(trees.add({ id: last, height: null, planted: "2025-06-02", ...body }), 201);
  });
  app.patch("/trees/:id", async (context) => {
    const id = context.req.param("id");
    if (!trees.has(id)) return context.json({ error: "No such tree." }, 404);
    return context.json(trees.change(id, await context.req.json()));
  });
  app.delete("/trees/:id", (context) => {
    const id = context.req.param("id");
    if (!trees.has(id)) return context.json({ error: "No such tree." }, 404);
    trees.remove(id);
    return context.json({});
  });
}

function paged(all: readonly DataRecord[], query: Record<string, string>): DataRecord {
  const size = Math.min(10, Math.max(1, Number(query.size ?? 10)));
  const page = Math.max(1, Number(query.page ?? 1));
  return { items: all.slice((page - 1) * size, page * size), page, pages: Math.ceil(all.length / size), total: all.length };
}

function grower(index: number): DataRecord {
  const random = randomAt(1, index);
  return { id: `g-${index + 1}`, name: random.name(), email: random.email(index), ...random.city() };
}

function tree(growers: number): (index: number) => DataRecord {
  return (index) => {
    const random = randomAt(2, index);
    return {
      id: index + 1,
      tag: `T-${random.code(4)}-${index}`,
      kind: random.pick(["oak", "beech", "ash"]),
      height: random.chance(0.2) ? null : random.integer(10, 400) / 10,
      planted: random.date("1990-01-01", "2024-12-31").toISOString().slice(0, 10),
      growerId: `g-${random.integer(1, growers)}`,
      updatedAt: new Date(start + index * 7_000_000).toISOString(),
    };
  };
}
