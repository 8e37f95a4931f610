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

type Row = Step & { readonly source: string };

/** A run mostly writes once or twice to a record; one with more steps than this makes its page larger. */
const stepsPerRecord = 3;

/** A page of a run's changes. A record that the run made and took away again stands in no page. */
export interface NetPage {
  readonly nets: readonly NetChange[];
  /** The page goes up to this source id; absent at the end. */
  readonly last?: string;
}

/** The changes of a run by source id, of at most `limit` records after `after`. */
export async function netChanges(
  store: Store,
  session: SqlSession,
  query: { run: number; sync: number; after: string; limit: number; ids?: readonly string[] },
): Promise<NetPage> {
  for (let most = query.limit * stepsPerRecord; ; most *= 2) {
    // Rows in the order of the index on their record, and no more than are needed: an aggregate would read the whole run for every page.
    const rows = await session.query<Row>(
      `select source_id as source, target_id as target, operation, before, after from ${store.table("changes")}
       where run = $1 and sync = $2 and state = 'done' and source_id > $3 and ($4::text[] is null or source_id = any($4::text[]))
       order by source_id, id limit $5`,
      [query.run, query.sync, query.after, query.ids === undefined ? null : arrayLiteral(query.ids), most],
    );
    const bySource = new Map<string, Step[]>();
    for (const { source, ...step } of rows) {
      const steps = bySource.get(source);
      if (steps) steps.push(step);
      else bySource.set(source, [step]);
    }
    // The last record may go on behind the limit.
    if (rows.length === most) bySource.delete(rows.at(-1)?.source ?? "");
    const page = [...bySource].slice(0, query.limit);
    const last = page.at(-1)?.[0];
    if (last !== undefined) return { nets: page.flatMap(([source, steps]) => netOf(source, steps)), last };
    if (rows.length < most) return { nets: [] };
  }
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
