import { arrayLiteral, type SqlSession } from "@fieldwright/connector-kit/sql";
import type { Store } from "./open-store.js";

type Values = Readonly<Record<string, unknown>>;

/** What a run did to one target record in all: from how it was before the run's first write to how it was after its last. */
export interface NetChange {
  readonly sourceId: string;
  readonly targetId: string;
  readonly operation: "create" | "update" | "delete";
  readonly before: Values | null;
  readonly after: Values | null;
}

interface Step {
  readonly target: string;
  readonly operation: "create" | "update" | "delete";
  readonly before: Values | null;
  readonly after: Values | null;
}

/** The changes of a run by source id, at most `limit` records after `after`. */
export async function netChanges(
  store: Store,
  session: SqlSession,
  query: { run: number; sync: number; after: string; limit: number; ids?: readonly string[] },
): Promise<readonly NetChange[]> {
  const rows = await session.query<{ source_id: string; steps: readonly Step[] }>(
    `select source_id, json_agg(json_build_object('target', target_id, 'operation', operation, 'before', before, 'after', after) order by id) as steps
     from ${store.table("changes")} where run = $1 and sync = $2 and state = 'done' and source_id > $3 and ($4::text[] is null or source_id = any($4::text[]))
     group by source_id order by source_id limit $5`,
    [query.run, query.sync, query.after, query.ids === undefined ? null : arrayLiteral(query.ids), query.limit],
  );
  return rows.flatMap(({ source_id, steps }) => netOf(source_id, steps));
}

function netOf(sourceId: string, steps: readonly Step[]): readonly NetChange[] {
  const [first] = steps;
  if (!first) return [];
  // A record that was unlinked and created anew has two targets: only the one it has now is taken back.
  const target = steps.at(-1)?.target ?? first.target;
  const own = steps.filter((step) => step.target === target);
  let net: Omit<Step, "target"> | undefined;
  for (const step of own) net = net ? joined(net, step) : step;
  return net ? [{ sourceId, targetId: target, operation: net.operation, before: net.before, after: net.after }] : [];
}

function joined(earlier: Omit<Step, "target">, later: Omit<Step, "target">): Omit<Step, "target"> | undefined {
  if (later.operation === "delete")
    return earlier.operation === "create"
      ? undefined
      : { operation: "delete", before: { ...later.before, ...earlier.before }, after: null };
  const after = { ...earlier.after, ...later.after };
  if (earlier.operation === "create") return { operation: "create", before: null, after };
  if (earlier.operation === "delete") return later;
  return { operation: "update", before: { ...later.before, ...earlier.before }, after };
}
