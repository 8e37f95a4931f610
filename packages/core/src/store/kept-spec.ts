import type { SqlSession } from "@fieldwright/connector-kit/sql";
import type { Spec } from "../spec/model.js";
import type { Store } from "./open-store.js";

/** Keeps the spec with its sync, once no record is in line any more for a decision by it. */
export async function keepSpec(store: Store, session: SqlSession, of: { sync: number; spec: Spec }): Promise<void> {
  const { source: _text, ...spec } = of.spec;
  await session.run(
    `update ${store.table("syncs")} s set spec = $2::json where s.id = $1 and s.spec->>'hash' is distinct from $3
     and not exists (select from ${store.table("pending")} p where p.sync = s.id and p.state = 'changed')`,
    [of.sync, JSON.stringify(spec), spec.hash],
  );
}

/** The spec that decided the records of a sync last; `undefined` where none is kept. */
export async function readKeptSpec(store: Store, session: SqlSession, of: { sync: number }): Promise<Spec | undefined> {
  const [row] = await session.query<{ spec: Spec | null }>(`select spec from ${store.table("syncs")} where id = $1`, [of.sync]);
  return row?.spec ?? undefined;
}
