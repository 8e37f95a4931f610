import type { DataRecord } from "@fieldwright/connector-kit";
import type { SqlSession } from "@fieldwright/connector-kit/sql";
import type { ReadySync } from "./ready-sync.js";
import type { Decision, Run } from "./run.js";
import type { LandedRecord } from "./store/landing.js";
import { linksOfSources } from "./store/links.js";
import { targetsOf } from "./targets.js";

/** What becomes of targets whose source is gone, as `when_source_deleted` says. */
export async function decideGone(
  run: Run,
  session: SqlSession,
  page: { sync: ReadySync; records: readonly LandedRecord[] },
): Promise<readonly Decision[]> {
  const { sync } = page;
  const gone = page.records.filter((record) => record.deleted);
  if (gone.length === 0) return [];
  const links = await linksOfSources(run.store, session, { sync: sync.state.id, sourceIds: gone.map((record) => record.id) });
  const rule = sync.spec.write === "mirror" ? ({ act: "remove" } as const) : sync.spec.whenSourceDeleted;
  const markField = "field" in rule ? rule.field : undefined;
  if (rule.act !== "remove" && markField === undefined) return gone.map((record) => ({ kind: "unchanged", id: record.id }));
  const targets = await targetsOf(run, session, { sync, ids: [...links.values()] });
  return gone.map((record) => {
    const targetId = links.get(record.id);
    const target = targetId === undefined ? undefined : targets.get(targetId);
    if (targetId === undefined) return { kind: "unchanged", id: record.id };
    if (markField === undefined)
      return target ? { kind: "delete", id: record.id, targetId, before: target } : { kind: "unlink", id: record.id, targetId };
    return target
      ? marked(sync, { id: record.id, targetId, target, field: markField, now: run.now() })
      : { kind: "unlink", id: record.id, targetId };
  });
}

/** Sets the marking field: true in a boolean, today or now in a date, the word `deleted` in a text. What is marked already stays. */
function marked(sync: ReadySync, mark: { id: string; targetId: string; target: DataRecord; field: string; now: Date }): Decision {
  const present = mark.target[mark.field] ?? null;
  const type = sync.target.stream.fields[mark.field]?.type;
  const value =
    type === "boolean"
      ? true
      : type === "date"
        ? mark.now.toISOString().slice(0, 10)
        : type === "datetime"
          ? mark.now.toISOString()
          : "deleted";
  const already = type === "date" || type === "datetime" ? present !== null : present === value;
  if (already) return { kind: "unchanged", id: mark.id };
  return {
    kind: "update",
    id: mark.id,
    targetId: mark.targetId,
    newLink: false,
    before: { [mark.field]: present },
    after: { [mark.field]: value },
  };
}
