import type { SqlSession } from "@fieldwright/connector-kit/sql";
import type { ReadySync } from "./ready-sync.js";
import type { Run, Undecided } from "./run.js";
import { linksOfTargets, writeLinks } from "./store/links.js";
import type { Written } from "./write.js";

/** Linked to the record that the target named: in line to be decided once more. */
export const linkedTwin = "waiting/linked";

interface Twin {
  readonly sourceId: string;
  readonly targetId: string;
  readonly field: string | undefined;
  readonly reason: string;
}

/**
 * Creates that the target refused because the record is there already, and which it names. Where the field is one that the spec matches by, and
 * nobody else has that record, it is the one that was looked for: linked, and decided once more. Any other is a person's question.
 */
export async function linkTwins(
  run: Run,
  session: SqlSession,
  page: { sync: ReadySync; written: readonly Written[] },
): Promise<ReadonlyMap<string, Undecided>> {
  const { sync } = page;
  const twins = page.written.flatMap((one) => twinOf(sync, one) ?? []);
  if (twins.length === 0) return new Map();
  const owners = await linksOfTargets(run.store, session, { sync: sync.state.id, targetIds: twins.map((twin) => twin.targetId) });
  const taken = new Set(owners.keys());
  const links: { sourceId: string; targetId: string }[] = [];
  const found = new Map<string, Undecided>();
  for (const { sourceId, targetId, field, reason } of twins) {
    const isKey = sync.spec.match.tryInOrder.some(({ pairs }) => pairs.length === 1 && pairs[0]?.target === field);
    if (isKey && !taken.has(targetId)) {
      taken.add(targetId);
      links.push({ sourceId, targetId });
      found.set(sourceId, {
        kind: "waiting",
        id: sourceId,
        code: linkedTwin,
        reason: `It was there already, and is linked to ${targetId} now.`,
      });
    } else {
      const more = field === undefined ? {} : { field };
      found.set(sourceId, { kind: "held", id: sourceId, code: "held/duplicate", reason, ...more });
    }
  }
  await writeLinks(run.store, session, { sync: sync.state.id, rows: links });
  return found;
}

function twinOf(sync: ReadySync, { write, outcome }: Written): Twin | undefined {
  if (outcome.ok || write.kind !== "create") return undefined;
  const { alreadyThere, field, message, hint } = outcome.error;
  if (alreadyThere?.stream !== sync.target.stream.name) return undefined;
  return { sourceId: write.id, targetId: alreadyThere.key, field, reason: [message, hint].filter(Boolean).join(" ") };
}
