import type { DataRecord } from "@fieldwright/connector-kit";
import { quoteName } from "@fieldwright/connector-kit/sql";
import { getter } from "../mapping/index.js";
import type { Check } from "../spec/model.js";
import { readLinks, readSourceRowsOf } from "../store/checks.js";
import { type Checking, targetRecords } from "./checking.js";
import { removesGone } from "./count-close.js";
import type { LinkedPage, Walk, Watch } from "./linked-pass.js";
import { Found, failed, namedAtMost, passed } from "./result.js";
import { type SourceSide, wholeRecords } from "./source-side.js";
import { isBeyond, Sum, sumOf } from "./sum.js";
import { askedOf, limitText, lookedAt, nameOf, number, some, tooFar } from "./words.js";

export type SumClose = Check & { readonly is: "sum_close" };

/** A number added up on both sides: over all, or, where only a sample of the targets is looked at, over the same records on both sides. */
export function watchSum(c: Checking, check: SumClose, of: { walk: Walk; side: () => Promise<SourceSide>; at: number }): Watch {
  const asked = askedOf(check, c.sync.spec.to.stream);
  const own = new Sum();
  const sampled = new Sum();
  let differing = new Found();
  // Added up in the database, without a look at the records.
  let unseen = false;
  return {
    asked,
    ...sqlOf(c, check),
    add: (value) => {
      unseen = true;
      own.add(value);
    },
    see: async (page) => {
      for (const { link, record, there, here } of await amounts(c, page, check)) {
        if (link.gone && !removesGone(c)) continue;
        own.add(record?.[check.to]);
        if (here === undefined) continue;
        sampled.add(here.value);
        if (!here.sum.total.eq(there.total)) differing.add(() => differenceText({ link, record, here: here.sum, there }));
      }
    },
    end: async (looked) => {
      const side = of.walk.all ? await of.side() : undefined;
      const source = side?.sums[of.at] ?? sampled;
      const apart = source.total.minus(own.total).abs();
      const sides = { source: source.total.toFixed(), target: own.total.toFixed(), mismatch: apart.toFixed() };
      const odd = source.odd + own.odd;
      const over = of.walk.all ? "" : ` over the same ${lookedAt(looked)} on both sides`;
      const says = `${check.from.join(".")} in ${c.sync.source.name} adds up to ${sides.source}, ${check.to} in ${c.sync.target.name} to ${sides.target}${over}${odd === 0 ? "" : `; ${some(odd, "value is no number", "values are no numbers")}`}.`;
      const beyond = isBeyond(check.within, apart, source.total);
      if (!beyond && odd === 0)
        return passed(asked, `${says}${apart.eq(0) ? "" : ` They are ${apart.toFixed()} apart, within ${limitText(check.within)}.`}`, {
          sides,
          looked,
        });
      if (unseen && beyond) differing = await findDiffering(c, check);
      const missing = side?.missing ?? new Found();
      const records = [...differing.records, ...missing.records].slice(0, namedAtMost);
      const distance = beyond ? ` They are ${apart.toFixed()} apart${tooFar(check.within)}.` : "";
      const named = records.length === 0 ? "" : ` ${partsText(differing, missing, unseen)}`;
      return failed(
        asked,
        `${says}${distance}${named}`,
        { count: Math.max(1, differing.count + missing.count), records },
        {
          sides,
          looked,
          advice: `\`fieldwright explain ${c.sync.spec.name} ID\` shows where a value comes from and what keeps it.`,
        },
      );
    },
  };
}

function partsText(differing: Found, missing: Found, firstOnly: boolean): string {
  const atLeast = firstOnly && differing.count >= namedAtMost ? "at least " : "";
  const parts = [
    ...(differing.count === 0 ? [] : [`${atLeast}${some(differing.count, "linked record differs", "linked records differ")}`]),
    ...(missing.count === 0 ? [] : [`${number(missing.count)} of the source ${missing.count === 1 ? "has" : "have"} no target`]),
  ];
  return `${parts.join(", and ")}.`.replace(/^./, (letter) => letter.toUpperCase());
}

/** Whole and decimal numbers are added up in the database, exactly. */
function sqlOf(c: Checking, { to }: SumClose): Pick<Watch, "sql"> {
  const type = c.sync.target.stream.fields[to]?.type;
  if (type !== "integer" && type !== "decimal") return {};
  return { sql: { adds: `sum(t.${quoteName(to)}::numeric)${removesGone(c) ? "" : " filter (where not k.gone)"}` } };
}

interface Amount {
  readonly link: LinkedPage["links"][number];
  /** Absent where it is not there any more. */
  readonly record: DataRecord | undefined;
  readonly there: Sum;
  /** Absent where the source record is gone. */
  readonly here?: { readonly value: unknown; readonly sum: Sum };
}

async function amounts(c: Checking, page: LinkedPage, check: SumClose): Promise<readonly Amount[]> {
  const value = getter(check.from);
  const ids = page.links.map((link) => link.sourceId);
  const rows = await readSourceRowsOf(c.store, c.store.database, { sync: c.sync.state.id, stream: c.sync.source.name, ids });
  const byId = new Map((await wholeRecords(c, rows)).map(({ row, whole }) => [row.id, value(whole)]));
  return page.links.map((link) => {
    const record = page.records.get(link.targetId);
    return {
      link,
      record,
      there: sumOf(record?.[check.to]),
      ...(byId.has(link.sourceId) ? { here: { value: byId.get(link.sourceId), sum: sumOf(byId.get(link.sourceId)) } } : {}),
    };
  });
}

function differenceText({ link, record, here, there }: Pick<Amount, "link" | "record" | "there"> & { readonly here: Sum }) {
  const says = `${here.total.toFixed()} at the source, ${record ? there.total.toFixed() : "and not there any more"} in the target`;
  return { sourceId: link.sourceId, targetId: link.targetId, name: nameOf(record), says };
}

/** The database has added up without showing records: the first of those that differ are looked for only when there are such. */
async function findDiffering(c: Checking, check: SumClose): Promise<Found> {
  const differing = new Found();
  const of = { sync: c.sync.state.id, stream: c.sync.source.name, limit: 2_000 };
  for (let after = ""; differing.count < namedAtMost; ) {
    c.call.signal.throwIfAborted();
    const links = await readLinks(c.store, c.store.database, { ...of, after });
    const last = links.at(-1);
    if (!last) return differing;
    after = last.sourceId;
    const records = await targetRecords(
      c,
      links.map((link) => link.targetId),
    );
    for (const { link, record, there, here } of await amounts(c, { links, records }, check)) {
      if (here && !here.sum.total.eq(there.total) && differing.count < namedAtMost)
        differing.add(() => differenceText({ link, record, here: here.sum, there }));
    }
  }
  return differing;
}
