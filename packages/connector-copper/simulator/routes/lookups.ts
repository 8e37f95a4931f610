import type { Hono } from "hono";
import type { Account } from "../account.js";
import { idFrom, notFound } from "../refusal.js";
import { rendered } from "../render.js";
import { searchBody } from "../request.js";
import type { SearchAccount } from "../search.js";

const whole = [
  "customer_sources",
  "loss_reasons",
  "contact_types",
  "lead_statuses",
  "pipelines",
  "pipeline_stages",
  "custom_field_definitions",
] as const;

/** Short lists that come whole, users, and the account itself. */
export function addLookups(app: Hono, account: Account, search: SearchAccount): void {
  app.get("/account", (c) => c.json({ id: 100_001, name: "Sample Sandbox" }));
  for (const kind of whole) app.get(`/${kind}`, (c) => c.json([...account.kinds[kind]].map((record) => rendered(account, kind, record))));
  app.get("/pipeline_stages/pipeline/:id", (c) =>
    c.json(account.kinds.pipeline_stages.filter((stage) => stage.pipeline_id === Number(c.req.param("id")))),
  );
  app.get("/custom_field_definitions/:id", (c) => {
    const found = account.kinds.custom_field_definitions.get(c.req.param("id"));
    if (!found) throw notFound();
    return c.json(found);
  });
  app.get("/activity_types", (c) => {
    const of = (category: string) =>
      account.kinds.activity_types.filter((type) => type.category === category).map(({ key: _key, ...type }) => type);
    return c.json({ user: of("user"), system: of("system") });
  });
  app.post("/users/search", async (c) => {
    const { rows, total } = search({ kind: "users", body: await searchBody(c) });
    return c.json(rows, 200, { "X-PW-TOTAL": String(total) });
  });
  app.get("/users/me", (c) => c.json([...account.kinds.users][0]));
  app.get("/users/:id", (c) => {
    const user = account.kinds.users.get(idFrom("user_id", c.req.param("id")));
    if (!user) throw notFound();
    return c.json(user);
  });
}
