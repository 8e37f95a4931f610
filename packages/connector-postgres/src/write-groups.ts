import type { Outcome } from "@fieldwright/connector-kit";
import type { SqlSession } from "@fieldwright/connector-kit/sql";
import { checkDeferred } from "./deferred.js";
import { refusalOf } from "./refusal.js";
import type { Group, Row, Target } from "./target.js";
import { writeHalving } from "./write-halving.js";

export interface GroupWriting {
  readonly groups: readonly Group[];
  readonly operation: "create" | "update" | "upsert";
  readonly write: (rows: readonly Row[], group: Group) => Promise<readonly Outcome[]>;
}

/** Writes each group and puts the outcomes at their records' places. */
export async function writeGroups(
  session: SqlSession,
  target: Target,
  { groups, operation, write }: GroupWriting,
): Promise<ReadonlyMap<number, Outcome>> {
  const outcomes = new Map<number, Outcome>();
  const attempt = async (group: Group, rows: readonly Row[]) => {
    const results = await writeHalving(session, rows, {
      write: async (part) => {
        const written = await write(part, group);
        await checkDeferred(session, target.table);
        return written;
      },
      refused: (row, error) => refusalOf(error, { table: target.table, record: row.record, operation }),
    });
    rows.forEach((row, place) => {
      const outcome = results[place];
      if (outcome) outcomes.set(row.index, outcome);
    });
  };
  for (const group of groups) await attempt(group, group.rows);
  if (!refersToItself(target)) return outcomes;
  // A row may point to another of the same batch that was written after it.
  for (const group of groups)
    await attempt(
      group,
      group.rows.filter((row) => failedOnReference(outcomes.get(row.index))),
    );
  return outcomes;
}

function refersToItself({ table }: Target): boolean {
  return table.foreignKeys.some((foreign) => foreign.schema === table.schema && foreign.table === table.name);
}

function failedOnReference(outcome: Outcome | undefined): boolean {
  return outcome?.ok === false && outcome.error.code === "sql/23503";
}
