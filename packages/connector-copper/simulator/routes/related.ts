import type { DataRecord } from "@fieldwright/connector-kit";
import type { Context, Hono } from "hono";
import type { Account } from "../account.js";
import { singular } from "../data/entity-rows.js";
import { idFrom, invalid, notFound } from "../refusal.js";
import { type End, entityOf, relate, relatedTo, unrelateEnds } from "../relations.js";
import { bodyOf, entityIn, notRouted } from "../request.js";

export function addRelated(app: Hono, account: Account): void {
  app.get("/:entity/:id/related", (c) => {
    const end = endOf(account, c);
    return end ? c.json(relatedTo(account, end).map(({ id, type }) => ({ id, type }))) : notRouted(c);
  });
  app.get("/:entity/:id/related/:other", (c) => {
    const end = endOf(account, c);
    if (!end) return notRouted(c);
    const of = relatedTo(account, end).filter((one) => entityOf(one.type) === c.req.param("other"));
    return c.json(of.map(({ id, type }) => ({ id, type })));
  });
  app.post("/:entity/:id/related", async (c) => {
    const end = endOf(account, c);
    if (!end) return notRouted(c);
    const resource = resourceIn(await bodyOf(c));
    relate(account, end, resource);
    return c.json({ resource, added: true });
  });
  app.delete("/:entity/:id/related", async (c) => {
    const end = endOf(account, c);
    if (!end) return notRouted(c);
    const resource = resourceIn(await bodyOf(c));
    unrelateEnds(account, end, resource);
    return c.json({ resource, removed: true });
  });
  addLinks(app, account);
}

function endOf(account: Account, c: Context): End | undefined {
  const entity = entityIn(c);
  if (!entity) return undefined;
  const id = idFrom("id", c.req.param("id"));
  if (!account.kinds[entity].has(id)) throw notFound();
  return { type: singular[entity], id };
}

function resourceIn(body: DataRecord): End {
  const resource = body.resource as DataRecord | undefined;
  if (!resource || !entityOf(String(resource.type))) throw invalid("Resource", "can't be blank");
  return { id: idFrom("id", resource.id), type: String(resource.type) };
}

/** Connect fields: each link is kept from both sides, so taking one away takes two ids. */
function addLinks(app: Hono, account: Account): void {
  const name = (type: string, id: number) => account.kinds[entityOf(type) ?? "users"].get(id)?.name ?? null;
  app.get("/related_links", (c) => {
    const { source_type, source_id, custom_field_definition_id } = c.req.query();
    const hits = account.kinds.links.filter((link) => {
      const source = link.source as DataRecord;
      return (
        source.entity_type === source_type &&
        source.id === Number(source_id) &&
        link.custom_field_definition_id === Number(custom_field_definition_id)
      );
    });
    return c.json(
      hits.map(({ id, custom_field_definition_id, source, target }) => ({
        id,
        custom_field_definition_id,
        source: withName(source as DataRecord, name),
        target: withName(target as DataRecord, name),
      })),
    );
  });
  app.post("/related_links", async (c) => {
    const { custom_field_definition_id, source, target } = (await bodyOf(c)) as Readonly<Record<string, DataRecord>>;
    const definition = account.definitions().find((one) => one.id === Number(custom_field_definition_id));
    if (definition?.data_type !== "Connect") throw invalid("Custom Field Definition", "Invalid value for Custom Field Definition");
    if (!source || !target) throw invalid("Target", "can't be blank");
    const id = account.nextId("links");
    account.nextId("links");
    const link = account.kinds.links.add({ id, custom_field_definition_id: definition.id, source, target });
    return c.json(link);
  });
  app.delete("/related_links/:id", (c) => {
    const id = idFrom("id", c.req.param("id"));
    if (!account.kinds.links.has(id)) throw notFound();
    account.kinds.links.remove(id);
    return c.json({ ids: [id, id + 1], is_deleted: true });
  });
}

/** A person is called "people" where a link is shown. */
function withName(end: DataRecord, name: (type: string, id: number) => unknown): DataRecord {
  const type = String(end.entity_type);
  return { id: end.id, entity_type: type === "person" ? "people" : type, name: name(type, Number(end.id)) };
}
