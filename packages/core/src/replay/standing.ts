import type { SqlSession } from "@fieldwright/connector-kit/sql";
import type { ReadySync } from "../ready-sync.js";
import type { Decision } from "../run.js";
import type { LandedRecord } from "../store/landing.js";
import { linksOfSources } from "../store/links.js";
import type { Store } from "../store/open-store.js";
import { readUndecided } from "../store/pending.js";

/** How records stand, told as the decision that leaves them so: what can be said of the last one where its spec is not known any more. */
export async function standing(
  store: Store,
  session: SqlSession,
  of: { sync: ReadySync; records: readonly LandedRecord[] },
): Promise<readonly Decision[]> {
  const query = { sync: of.sync.state.id, sourceIds: of.records.map((record) => record.id) };
  const links = await linksOfSources(store, session, query);
  const undecided = await readUndecided(store, session, query);
  return of.records.map(({ id }): Decision => {
    const pending = undecided.get(id);
    const targetId = links.get(id);
    if (pending !== undefined) return { kind: pending.state, id, code: pending.code, reason: pending.reason, ...fieldOf(pending.field) };
    return targetId === undefined ? { kind: "filtered", id } : { kind: "unchanged", id, targetId };
  });
}

function fieldOf(field: string | null): { readonly field?: string } {
  return field === null ? {} : { field };
}
