import type { DataRecord } from "@fieldwright/connector-kit";
import { sameValues } from "../policy/same-value.js";
import { sampleWritten } from "../store/checks.js";
import { type NetChange, netChanges } from "../store/trail-of-run.js";
import { CannotBeAsked, type Checking, takesSql, targetRecords } from "./checking.js";
import type { LinkedPage } from "./linked-pass.js";
import type { Asked, CheckResult } from "./report.js";
import { Found, failed, notChecked, passed } from "./result.js";
import { lookedAt, nameOf, number, seconds, shown, some } from "./words.js";

export const writtenAsked: Asked = { check: "written_values", about: "written values are there", builtIn: true, severity: "fail" };

const sampleSize = { sql: 1_000, records: 100 };

export interface Writer {
  readonly run: number;
  /** Records that it wrote. */
  readonly wrote: number;
}

/** A sample of what a run wrote, with the targets as they are now. */
export interface Written {
  readonly nets: readonly NetChange[];
  readonly ages: ReadonlyMap<string, number>;
  readonly records: ReadonlyMap<string, DataRecord>;
}

export async function readWritten(c: Checking, writer: Writer): Promise<Written> {
  const sync = c.sync.state.id;
  const limit = takesSql(c) ? sampleSize.sql : sampleSize.records;
  const sample = await sampleWritten(c.store, c.store.database, { run: writer.run, sync, limit });
  const ids = sample.map((one) => one.sourceId);
  const nets =
    ids.length === 0
      ? []
      : (await netChanges(c.store, c.store.database, { run: writer.run, sync, after: "", limit: ids.length, ids })).nets;
  const records = await targetRecords(
    c,
    nets.map((net) => net.targetId),
  );
  return { nets, ages: new Map(sample.map((one) => [one.sourceId, one.ageMs])), records };
}

/** The written records as a page of links, for checks that look at such. */
export function asPage({ nets, records }: Written): LinkedPage {
  return { links: nets.map(({ sourceId, targetId }) => ({ sourceId, targetId, gone: false })), records };
}

/**
 * What the run wrote against what the target shows. A protected field belongs to people once it is written: it counts only where the run has just
 * written it, and it is as before. Checks asked for alone come later: then a value that is neither the old nor the written one was changed since.
 */
export function compareWritten(c: Checking, writer: Writer, written: Written): CheckResult {
  const { stream } = c.sync.target;
  if (!stream.get && !stream.find) throw new CannotBeAsked(`${stream.name} cannot be asked for single records.`);
  const settlesMs = stream.settlesWithinMs ?? 300_000;
  const wrong = new Found();
  let young = 0;
  let later = 0;
  for (const net of written.nets) {
    const { says, changedSince } = differences(c, net, written.records.get(net.targetId));
    if (changedSince) later++;
    if (says === undefined) continue;
    if ((written.ages.get(net.sourceId) ?? 0) < settlesMs) young++;
    else
      wrong.add(() => ({
        sourceId: net.sourceId,
        targetId: net.targetId,
        name: nameOf(written.records.get(net.targetId) ?? net.after ?? {}),
        says,
      }));
  }
  const looked = { at: written.nets.length, of: writer.wrote };
  const read = `Read ${lookedAt(looked, "written record")} of run ${writer.run} back`;
  const since = later === 0 ? "" : ` ${some(later, "was", "were")} changed or deleted since by somebody else.`;
  if (wrong.count > 0)
    return failed(writtenAsked, `${read}: ${some(wrong.count, "does", "do")} not hold what was written.${since}`, wrong, {
      looked,
      advice: `The target drops or alters what it is given${c.after ? "" : ", or somebody has put the old value back"}. Clean the value to the form that it keeps (\`do\`), or leave the field out.`,
    });
  if (young > 0)
    return notChecked(
      { ...writtenAsked, severity: "warn" },
      `${some(young, "record does", "records do")} not show what was written, and ${stream.name} may take up to ${seconds(settlesMs)} to show it.`,
      { advice: "`fieldwright check` looks again.", looked },
    );
  return passed(writtenAsked, `${read}: ${looked.at === 1 ? "it holds" : "all hold"} what was written.${since}`, { looked });
}

interface Difference {
  readonly says?: string;
  readonly changedSince: boolean;
}

function differences(c: Checking, net: NetChange, record: DataRecord | undefined): Difference {
  if (net.operation === "delete")
    return record ? { says: "was deleted, and is still there", changedSince: false } : { changedSince: false };
  // Later it may have been deleted there: whether linked records are there is a check of its own.
  if (!record && !c.after) return { changedSince: true };
  if (!record)
    return { says: net.operation === "create" ? "was created, and is not there" : "was updated, and is not there", changedSince: false };
  const same = sameValues(c.sync.target.stream.fields);
  const protectedFields = protectedOf(c);
  const wrong: string[] = [];
  let changedSince = false;
  for (const [field, value] of Object.entries(net.after ?? {})) {
    if (same(field)(record[field], value)) continue;
    const isAsBefore = same(field)(record[field], net.before?.[field]);
    if (protectedFields.has(field) && !(c.after && isAsBefore)) continue;
    if (!c.after && !isAsBefore) changedSince = true;
    else wrong.push(`${field} was written as ${shown(value)}, and is ${shown(record[field])}`);
  }
  return wrong.length === 0
    ? { changedSince }
    : { says: wrong.slice(0, 3).join("; ") + (wrong.length > 3 ? `; and ${number(wrong.length - 3)} more` : ""), changedSince };
}

function protectedOf({ sync: { spec } }: Checking): ReadonlySet<string> {
  const { protect, stages } = spec;
  return new Set([
    ...(protect?.neverWrite ?? []),
    ...(protect?.setOnce ?? []),
    ...(protect?.onlyIfBlank ?? []),
    ...(protect?.keepHumanEdits ?? []),
    ...(stages ? [stages.stageField] : []),
    ...(stages?.pipelineField === undefined ? [] : [stages.pipelineField]),
  ]);
}
