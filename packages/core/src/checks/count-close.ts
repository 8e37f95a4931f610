import Big from "big.js";
import type { Check } from "../spec/model.js";
import { sourceNames } from "./built-in.js";
import type { Checking } from "./checking.js";
import type { Watch } from "./linked-pass.js";
import type { Looked, NamedRecord } from "./report.js";
import { Found, failed, namedAtMost, passed } from "./result.js";
import type { SourceSide } from "./source-side.js";
import { isBeyond } from "./sum.js";
import { askedOf, limitText, lookedAt, nameOf, number, some, tooFar } from "./words.js";

/** Whether targets of records that are gone at the source ought to be gone too. */
export function removesGone({ sync: { spec } }: Checking): boolean {
  return spec.write === "mirror" || spec.whenSourceDeleted.act === "remove";
}

/** As many source records as linked target records. A record that only one side has counts, even where another makes up for it in number. */
export function watchCount(c: Checking, check: Check & { readonly is: "count_close" }, side: () => Promise<SourceSide>): Watch {
  const { source, spec, target } = c.sync;
  const asked = askedOf(check, spec.to.stream);
  const dead = new Found();
  const left = new Found();
  const key = `t.${target.stream.sql?.key?.column}`;
  const leftInSql = removesGone(c) ? ` or (${key} is not null and k.gone)` : "";
  return {
    asked,
    sql: { suspects: `count(*) filter (where (${key} is null and not k.gone)${leftInSql})` },
    see: async ({ links, records }) => {
      const lost = links.filter((link) => !link.gone && !records.has(link.targetId));
      const names = await sourceNames(
        c,
        lost.slice(0, namedAtMost).map((link) => link.sourceId),
      );
      for (const { sourceId, targetId } of lost)
        dead.add(() => ({ sourceId, targetId, name: names.get(sourceId) ?? null, says: "its target is not there any more" }));
      if (!removesGone(c)) return;
      for (const { sourceId, targetId, gone } of links)
        if (gone && records.has(targetId))
          left.add(() => ({ sourceId, targetId, name: nameOf(records.get(targetId)), says: "is still there, though gone at the source" }));
    },
    end: async (looked) => {
      const { counted, leftOut, missing, extra } = await side();
      const there = counted - missing.count - dead.count + extra.count + left.count;
      const apart = missing.count + dead.count + extra.count + left.count;
      const sides = { source: String(counted), target: String(there), mismatch: String(apart) };
      const says = [
        `${number(counted)} in ${source.name}${leftOut === 0 ? "" : ` (${number(leftOut)} more are left out by the spec)`}, ${number(there)} linked in ${target.name}.`,
        ...(looked.at < looked.of ? [`Only ${lookedAt(looked)} were looked for in the target.`] : []),
      ];
      if (apart === 0) return passed(asked, says.join(" "), { sides, looked });
      const only = `${some(apart, "record is", "records are")} on one side only`;
      if (!isBeyond(check.within, new Big(apart), new Big(counted)))
        return { ...passed(asked, [...says, `${only}, within ${limitText(check.within)}.`].join(" "), { sides, looked }) };
      const records = [missing, dead, left, extra].flatMap((part): readonly NamedRecord[] => part.records).slice(0, namedAtMost);
      const found = { count: apart, records };
      return failed(asked, [...says, `${only}${tooFar(check.within)}.`].join(" "), found, {
        sides,
        looked,
        advice: adviceFor(c, { missing, dead, extra, looked }),
      });
    },
  };
}

function adviceFor(c: Checking, { missing, dead, extra }: { missing: Found; dead: Found; extra: Found; looked: Looked }): string {
  const name = c.sync.spec.name;
  if (missing.count > 0)
    return `\`fieldwright held\` shows what waits for a person, \`fieldwright explain ${name} ID\` why one record is missing.`;
  if (dead.count > 0) return "Their targets were deleted. `fieldwright held` asks about each of them when it changes next.";
  if (extra.count > 0)
    return "Remove them in the target by hand, or widen `only`: a sync leaves alone what its filter no longer lets through.";
  return "Run the sync again: it takes away what is gone at the source after a full read that proves it.";
}
