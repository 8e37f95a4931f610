import type { DataRecord } from "@fieldwright/connector-kit";
import type { SqlSession } from "@fieldwright/connector-kit/sql";
import type { Wanted } from "./map.js";
import { CannotConvert, isBlank } from "./mapping/index.js";
import { orHold } from "./or-hold.js";
import type { ReadyKey, ReadySync } from "./ready-sync.js";
import type { Decision, Run, Undecided, Why } from "./run.js";
import { linksOfSources, linksOfTargets } from "./store/links.js";
import type { Ruling } from "./store/rulings.js";
import { targetCall, targetId, targetsOf } from "./targets.js";

/** A wanted record with its target as it is now; without one it is to be created. */
export interface Matched {
  readonly wanted: Wanted;
  readonly target?: Target;
}

interface Target {
  readonly id: string;
  readonly record: DataRecord;
  readonly newLink: boolean;
  /** For a new link. */
  readonly matched?: NonNullable<Why["matched"]>;
}

/** Finds the targets of a page at once: the remembered link first, then the keys in order. Two hits are held, never guessed. */
export async function matchPage(
  run: Run,
  session: SqlSession,
  page: { sync: ReadySync; wanted: readonly Wanted[]; rulings: ReadonlyMap<string, Ruling>; areNew: boolean },
): Promise<{ matched: readonly Matched[]; decided: readonly Decision[] }> {
  const { sync, wanted, rulings } = page;
  const decided: Decision[] = [];
  // Of a sync that began without links, a record that was never landed before this page has none.
  const sourceIds = page.areNew && !sync.state.linked ? [] : wanted.map((one) => one.id);
  const links = await linksOfSources(run.store, session, { sync: sync.state.id, sourceIds });
  const targets = await targetsOf(run, session, { sync, ids: [...links.values()] });
  const matched: Matched[] = [];
  let open: Wanted[] = [];
  for (const one of wanted) {
    const id = links.get(one.id);
    const record = id === undefined ? undefined : targets.get(id);
    if (record === undefined && rulings.get(one.id) === "create") matched.push({ wanted: one });
    else if (id === undefined) open.push(one);
    else if (record) matched.push({ wanted: one, target: { id, record, newLink: false } });
    else decided.push(held(one, "held/link-broken", `It was linked to ${sync.spec.to.stream} ${id}, which is not there any more.`));
  }
  const claims = new Claims(matched.map((one) => one.target?.id ?? ""));
  for (const key of sync.keys) {
    if (open.length === 0) break;
    const round = await tryKey(run, session, { sync, key, open, claims });
    matched.push(...round.matched);
    decided.push(...round.decided);
    open = round.open;
  }
  for (const one of open) {
    const decision = noMatch(sync, one) ?? claimed(sync, one, claims) ?? unlessAllowed(sync, one, run.now());
    if (decision) decided.push(decision);
    else matched.push({ wanted: one });
  }
  return { matched, decided };
}

/** Which targets, and which key values of targets to be, are taken within this page. */
class Claims {
  readonly targets: Set<string>;
  readonly values = new Map<string, string>();
  constructor(targets: readonly string[]) {
    this.targets = new Set(targets);
  }
}

interface Round {
  readonly sync: ReadySync;
  readonly key: ReadyKey;
  readonly open: readonly Wanted[];
  readonly claims: Claims;
}

async function tryKey(run: Run, session: SqlSession, round: Round): Promise<{ matched: Matched[]; decided: Decision[]; open: Wanted[] }> {
  const { sync, key, claims } = round;
  const asked = round.open.map((one) => {
    const trouble = keyTrouble(key, one);
    return { one, trouble, value: trouble === undefined ? keyValue(sync, key, one) : undefined };
  });
  const hits = await findHits(run, session, { ...round, asked });
  const owners = await linksOfTargets(run.store, session, {
    sync: sync.state.id,
    targetIds: [...new Set([...hits.values()].flat().map((record) => targetId(sync, record)))],
  });
  const result = { matched: [] as Matched[], decided: [] as Decision[], open: [] as Wanted[] };
  for (const { one, value, trouble } of asked) {
    if (trouble !== undefined) {
      result.decided.push(trouble);
      continue;
    }
    const found = value === undefined ? [] : (hits.get(value) ?? []);
    const taken = (record: DataRecord) =>
      claims.targets.has(targetId(sync, record)) || (owners.get(targetId(sync, record)) ?? one.id) !== one.id;
    const free = key.key.unlinkedOnly ? found.filter((record) => !taken(record)) : found;
    const [record] = free;
    if (!record) result.open.push(one);
    else if (free.length > 1)
      result.decided.push(
        held(
          one,
          "held/several-matches",
          `${free.length} records of ${sync.spec.to.stream} fit ${keyName(key)}: ${free
            .slice(0, 5)
            .map((hit) => targetId(sync, hit))
            .join(", ")}.`,
        ),
      );
    else if (taken(record))
      result.decided.push(
        held(
          one,
          "held/target-taken",
          `${sync.spec.to.stream} ${targetId(sync, record)} fits ${keyName(key)}, but belongs to source record ${owners.get(targetId(sync, record)) ?? "before it on the same page"}.`,
        ),
      );
    else {
      claims.targets.add(targetId(sync, record));
      const found = { key: keyName(key), value: shownValue(key, one), ...lineOfMatch(sync) };
      result.matched.push({ wanted: one, target: { id: targetId(sync, record), record, newLink: true, matched: found } });
    }
  }
  return result;
}

async function findHits(
  run: Run,
  session: SqlSession,
  round: Round & { asked: readonly { one: Wanted; value: string | undefined }[] },
): Promise<ReadonlyMap<string, DataRecord[]>> {
  const { sync, key } = round;
  const hits = new Map<string, DataRecord[]>();
  const [first] = key.parts;
  const { stream } = sync.target;
  // What has no search may still be asked for by its own key.
  const byKey = first?.target === sync.target.key ? stream.get : undefined;
  if (!first || (!stream.find && !byKey)) return hits;
  const values = round.asked.filter(({ value }) => value !== undefined).map(({ one }) => first.value(one.source, one.values));
  const distinct = [...new Map(values.map((value) => [String(value), value])).values()];
  if (distinct.length === 0) return hits;
  const call = targetCall(run, session, sync);
  const found = stream.find ? await stream.find(first.target, distinct, call) : ((await byKey?.(distinct.map(String), call)) ?? []);
  for (const record of found) {
    const value = joinKey(key.parts.map((part) => sync.canonical[part.target]?.(record[part.target]) ?? null));
    if (value === undefined) continue;
    const group = hits.get(value);
    if (group) group.push(record);
    else hits.set(value, [record]);
  }
  return hits;
}

/** `undefined` when a part is blank: such a key is passed over. */
function keyValue(sync: ReadySync, key: ReadyKey, one: Wanted): string | undefined {
  const parts = key.parts.map((part) => {
    const value = part.value(one.source, one.values);
    return isBlank(value) ? null : (sync.canonical[part.target]?.(value) ?? null);
  });
  return joinKey(parts);
}

/** A key that cannot be read could find the record: to go on without it could make a twin. One with a blank part is passed over all the same. */
export function keyTrouble(key: ReadyKey, one: Wanted): Undecided | undefined {
  const values = key.parts.map((part) => part.value(one.source, one.values));
  const at = values.findIndex((value) => value instanceof CannotConvert);
  const [bad, field] = [values[at], key.parts[at]?.target];
  if (!(bad instanceof CannotConvert) || field === undefined || values.some(isBlank)) return undefined;
  const reason = `The value by which \`${field}\` is looked for, ${bad.reason}.`;
  return { ...held(one, "held/invalid-value", reason), field };
}

function joinKey(parts: readonly (string | null)[]): string | undefined {
  if (parts.length === 1) return parts[0] ?? undefined;
  return parts.some((part) => part === null) ? undefined : JSON.stringify(parts);
}

/** What happens to a record that nothing fits: nothing (it may be created), or a decision. */
export function noMatch(sync: ReadySync, one: Wanted): Decision | undefined {
  const { whenNone } = sync.spec.match;
  if (sync.spec.write === "update_only" || whenNone === "skip") return { kind: "filtered", id: one.id };
  if (whenNone === "hold") return held(one, "held/no-match", `No record of ${sync.spec.to.stream} fits.`);
  return undefined;
}

/** Held while another record of this page is created with the same key. */
function claimed(sync: ReadySync, one: Wanted, claims: Claims): Decision | undefined {
  for (const key of sync.keys) {
    const value = key.key.unlinkedOnly ? undefined : keyValue(sync, key, one);
    if (value === undefined) continue;
    const claim = `${keyName(key)} ${value}`;
    const other = claims.values.get(claim);
    if (other !== undefined)
      return held(one, "held/target-taken", `Source record ${other} has the same ${keyName(key)} and is created first.`);
    claims.values.set(claim, one.id);
  }
  return undefined;
}

/** The rule about creating: what is not to be created yet, or not at all. */
export function unlessAllowed(sync: ReadySync, one: Wanted, now: Date): Decision | undefined {
  const { createIf } = sync.spec;
  if (!createIf) return undefined;
  const allowed = orHold(one.id, () => sync.mayCreate(one.source, now));
  if (typeof allowed !== "boolean") return allowed;
  if (allowed) return undefined;
  if (createIf.otherwise === "skip") return { kind: "filtered", id: one.id };
  const reason = `Nothing fits it, and the rule about creating${createIf.line === undefined ? "" : ` (line ${createIf.line})`} does not let it be created`;
  return createIf.otherwise === "hold"
    ? held(one, "held/create-rule", `${reason}.`)
    : { kind: "waiting", id: one.id, code: "waiting/create-rule", reason: `${reason} yet.` };
}

function shownValue(key: ReadyKey, one: Wanted): string {
  return key.parts.map((part) => String(part.value(one.source, one.values))).join(" + ");
}

function lineOfMatch(sync: ReadySync): { line?: number } {
  const line = sync.spec.lines["match"];
  return line === undefined ? {} : { line };
}

function keyName(key: ReadyKey): string {
  return key.parts.map((part) => part.target).join(" + ");
}

function held(one: Wanted, code: string, reason: string): Undecided {
  return { kind: "held", id: one.id, code, reason };
}
