import type { Check } from "../spec/model.js";
import { countSides, lastWriter } from "../store/checks.js";
import { watchEvery, watchNotBlank } from "./blank-and-every.js";
import { balanceAsked, checkBalance, checkOneToOne, oneToOneAsked, watchAlive } from "./built-in.js";
import type { Checking } from "./checking.js";
import { watchCount } from "./count-close.js";
import { type Walk, type Watch, walkLinked } from "./linked-pass.js";
import { asPage, compareWritten, readWritten, type Writer, writtenAsked } from "./read-back.js";
import { watchReferences } from "./references.js";
import type { Asked, CheckResult, SyncChecks } from "./report.js";
import { attempt, notChecked, passed } from "./result.js";
import { sourceSide } from "./source-side.js";
import { checkSql } from "./sql-check.js";
import { watchSum } from "./sum-close.js";
import { checkUniqueBySql, type UniqueAsked, watchUnique } from "./unique.js";
import { askedOf, listed } from "./words.js";

/** All checks of a sync: those that every sync has, and those of its spec in the order of the file. */
export async function checkSync(c: Checking): Promise<SyncChecks> {
  const { sync } = c;
  const of = { sync: sync.state.id, stream: sync.source.name };
  const counts = await countSides(c.store, c.store.database, of);
  const writer = await lastWriter(c.store, c.store.database, { sync: of.sync, ...(c.after ? { run: c.after.run } : {}) });
  // A run that wrote nothing has nothing new to look at.
  const isIdle = c.after !== undefined && writer === undefined;
  const specific = c.after?.specToo === false ? [] : (sync.spec.checks ?? []);
  const builtIn: CheckResult[] = [await attempt(c, balanceAsked, () => checkBalance(c))];
  if (!isIdle) builtIn.push(await attempt(c, oneToOneAsked, () => checkOneToOne(c, counts.linked)));
  const own = watchesOf(c, { checks: specific, linked: counts.linked });
  // Whatever is said of linked records is said of those that are there.
  const watches = isIdle && own.watches.length === 0 ? [] : [watchAlive(c), ...(c.after ? [] : keyWatches(c)), ...own.watches];
  const walked = watches.length === 0 ? [] : await walkLinked(c, watches, own.walk);
  const results = new Map(watches.map((watch, index) => [watch, walked[index]]));
  if (!isIdle) builtIn.push(...(await aboutWritten(c, writer)));
  const checks = [
    ...builtIn,
    ...watches.filter((watch) => watch.asked.builtIn).flatMap((watch) => results.get(watch) ?? []),
    ...(isIdle || c.after ? [] : await keysBySql(c)),
  ];
  for (const check of specific) {
    const watch = own.byCheck.get(check);
    checks.push((watch && results.get(watch)) ?? (await bySql(c, check)));
  }
  return {
    sync: sync.spec.name,
    source: sync.source.name,
    target: sync.target.name,
    verified: checks.every((one) => one.severity !== "fail" || one.status === "passed"),
    counts: { source: counts.source, linked: counts.linked },
    checks,
  };
}

interface OwnWatches {
  readonly watches: readonly Watch[];
  readonly byCheck: ReadonlyMap<Check, Watch>;
  readonly walk: Walk;
}

/** The checks of the spec that look at linked records. */
function watchesOf(c: Checking, of: { checks: readonly Check[]; linked: number }): OwnWatches {
  const sums = of.checks.filter((check) => check.is === "sum_close");
  const places = new Map<Check, number>(sums.map((check, index) => [check, index]));
  const onlyBuiltIn = of.checks.every((check) => check.is === "sql" || check.is === "unique");
  const whole = c.target.query !== undefined && !(c.after && onlyBuiltIn);
  const walk = { all: whole || c.look >= of.linked, linked: of.linked };
  let counted: ReturnType<typeof sourceSide> | undefined;
  const side = () => {
    counted ??= sourceSide(c, walk.all ? sums.map((check) => check.from) : []);
    return counted;
  };
  const byCheck = new Map<Check, Watch>();
  for (const check of of.checks) {
    const watch = watchOf(c, check, { walk, side, at: places.get(check) ?? 0 });
    if (watch) byCheck.set(check, watch);
  }
  return { watches: [...byCheck.values()], byCheck, walk };
}

function watchOf(c: Checking, check: Check, of: Parameters<typeof watchSum>[2]): Watch | undefined {
  switch (check.is) {
    case "not_blank":
      return watchNotBlank(c, check);
    case "every":
      return watchEvery(c, check);
    case "references":
      return watchReferences(c, check);
    case "count_close":
      return watchCount(c, check, of.side);
    case "sum_close":
      return watchSum(c, check, of);
    case "unique":
      return uniqueBySql(c) ? undefined : watchUnique(c, { asked: askedOf(check, c.sync.spec.to.stream), fields: check.fields });
    case "sql":
      return undefined;
  }
}

function bySql(c: Checking, check: Check): Promise<CheckResult> {
  const asked = askedOf(check, c.sync.spec.to.stream);
  if (check.is === "unique") return attempt(c, asked, () => checkUniqueBySql(c, { asked, fields: check.fields }));
  if (check.is === "sql") return attempt(c, asked, () => checkSql(c, check));
  return Promise.resolve(notChecked(asked, "nothing answered it."));
}

function uniqueBySql(c: Checking): boolean {
  return c.target.query !== undefined && c.sync.target.stream.sql !== undefined;
}

/** The keys by which records are found must be unique, or a match is a guess. The target's own key is so by its nature. */
function keysAsked({ sync }: Checking): readonly UniqueAsked[] {
  return sync.keys.flatMap(({ key, parts }): readonly UniqueAsked[] => {
    const fields = parts.map((part) => part.target);
    const isAsked = sync.spec.checks?.some((check) => check.is === "unique" && check.fields.join() === fields.join());
    if (key.unlinkedOnly || fields.includes(sync.target.key) || isAsked) return [];
    const about = `the match key ${listed(fields)} is unique in ${sync.spec.to.stream}`;
    const line = sync.spec.lines.match;
    const asked: Asked = { check: "match_keys_unique", about, builtIn: true, severity: "warn", ...(line === undefined ? {} : { line }) };
    return [{ asked, fields }];
  });
}

function keyWatches(c: Checking): readonly Watch[] {
  return uniqueBySql(c) ? [] : keysAsked(c).map((key) => watchUnique(c, key));
}

async function keysBySql(c: Checking): Promise<readonly CheckResult[]> {
  const results: CheckResult[] = [];
  if (uniqueBySql(c)) for (const key of keysAsked(c)) results.push(await attempt(c, key.asked, () => checkUniqueBySql(c, key)));
  return results;
}

/** What the run wrote, or the last one that wrote: read back, and after a run its match keys searched for. */
async function aboutWritten(c: Checking, writer: Writer | undefined): Promise<readonly CheckResult[]> {
  if (!writer) return [passed(writtenAsked, "Nothing was written yet.")];
  const keys = c.after ? keysAsked(c) : [];
  let written: Awaited<ReturnType<typeof readWritten>>;
  try {
    written = await readWritten(c, writer);
  } catch (error) {
    const fail = () => Promise.reject(error);
    return Promise.all([writtenAsked, ...keys.map((key) => key.asked)].map((asked) => attempt(c, asked, fail)));
  }
  const results = [await attempt(c, writtenAsked, () => compareWritten(c, writer, written))];
  for (const key of keys) {
    const watch = watchUnique(c, key);
    results.push(
      await attempt(c, key.asked, async () => {
        await watch.see(asPage(written));
        return watch.end({ at: written.nets.length, of: writer.wrote });
      }),
    );
  }
  return results;
}
