import type { DataRecord } from "@fieldwright/connector-kit";
import type { SqlSession } from "@fieldwright/connector-kit/sql";
import { isBlank } from "./mapping/index.js";
import type { ReadySync } from "./ready-sync.js";
import type { Decision, Run, Values } from "./run.js";
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
  if (rule.act === "keep") return gone.map((record) => ({ kind: "unchanged", id: record.id }));
  const targets = await targetsOf(run, session, { sync, ids: [...links.values()] });
  return gone.map((record) => {
    const targetId = links.get(record.id);
    const target = targetId === undefined ? undefined : targets.get(targetId);
    if (targetId === undefined) return { kind: "unchanged", id: record.id };
    if (!target) return { kind: "unlink", id: record.id, targetId };
    if (rule.act === "remove") return { kind: "delete", id: record.id, targetId, before: target };
    const values = rule.act === "mark" ? markOf(sync, { field: rule.field, target, now: run.now() }) : (sync.target.stream.archive ?? {});
    return written(sync, { id: record.id, targetId, target, values });
  });
}

/** What marks or archives a record passes the same protection as every other write. */
function written(sync: ReadySync, of: { id: string; targetId: string; target: DataRecord; values: Values }): Decision {
  const { id, targetId, target, values } = of;
  const patched = sync.protect({ operation: "update", wanted: values, target });
  const why = patched.kept.length === 0 ? {} : { why: { kept: patched.kept } };
  if (patched.isEmpty) return { kind: "unchanged", id, targetId, ...why };
  return { kind: "update", id, targetId, newLink: false, before: patched.before, after: patched.patch, ...why };
}

/** The marking field: true in a boolean, today or now in a date, the word `deleted` in a text. A date that is there already stays. */
function markOf(sync: ReadySync, mark: { field: string; target: DataRecord; now: Date }): Values {
  const type = sync.target.stream.fields[mark.field]?.type;
  if ((type === "date" || type === "datetime") && !isBlank(mark.target[mark.field])) return {};
  const now = mark.now.toISOString();
  return { [mark.field]: type === "boolean" ? true : type === "date" ? now.slice(0, 10) : type === "datetime" ? now : "deleted" };
}
