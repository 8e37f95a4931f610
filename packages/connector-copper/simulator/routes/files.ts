import type { DataRecord } from "@fieldwright/connector-kit";
import type { Context, Hono } from "hono";
import type { Account } from "../account.js";
import { idFrom, notFound } from "../refusal.js";
import { entityIn, notRouted } from "../request.js";

export function addFiles(app: Hono, account: Account): void {
  // Rebuilt after a change: a walk over all records asks for the files of each.
  let index = { version: -1, byRecord: new Map<string, DataRecord[]>() };
  const filesOf = (entity: string, id: number): readonly DataRecord[] => {
    if (index.version !== account.version) {
      index = { version: account.version, byRecord: new Map() };
      for (const file of account.kinds.files) {
        const holder = `${String(file.entity)}/${String(file.record_id)}`;
        index.byRecord.set(holder, [...(index.byRecord.get(holder) ?? []), file]);
      }
    }
    return index.byRecord.get(`${entity}/${id}`) ?? [];
  };
  const holder = (c: Context): readonly DataRecord[] | undefined => {
    const entity = entityIn(c);
    if (!entity || entity === "tasks") return undefined;
    const id = idFrom("id", c.req.param("id"));
    if (!account.kinds[entity].has(id)) throw notFound();
    return filesOf(entity, id);
  };
  app.get("/:entity/:id/files", (c) => {
    const files = holder(c);
    return files ? c.json(files.map(shown)) : notRouted(c);
  });
  app.get("/:entity/:id/files/:file", (c) => {
    const file = holder(c)?.find((one) => one.id === Number(c.req.param("file")));
    if (!file) throw notFound();
    return c.json(shown(file));
  });
}

function shown({ entity: _entity, record_id: _record, ...file }: DataRecord): DataRecord {
  return file;
}
