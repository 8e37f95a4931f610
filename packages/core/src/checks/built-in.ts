import { doubleLinks, lastCounts, readSourceRowsOf } from "../store/checks.js";
import type { Checking } from "./checking.js";
import { countsText } from "./counts-text.js";
import type { Watch } from "./linked-pass.js";
import type { Asked, CheckResult } from "./report.js";
import { Found, failed, notChecked, passed } from "./result.js";
import { lookedAt, nameOf, number, some } from "./words.js";

export const balanceAsked: Asked = { check: "counts_balance", about: "the counts balance", builtIn: true, severity: "fail" };

/** read = filtered + unchanged + created + updated + deleted + waiting + held + failed. */
export async function checkBalance(c: Checking): Promise<CheckResult> {
  const counts = c.after?.counts ?? (await lastCounts(c.store, c.store.database, { sync: c.sync.spec.name }));
  if (!counts) return notChecked({ ...balanceAsked, severity: "warn" }, "this sync has not run yet.");
  const { read, ...parts } = counts;
  const sum = parts.filtered + parts.unchanged + parts.created + parts.updated + parts.deleted + parts.waiting + parts.held + parts.failed;
  if (sum === read) return passed(balanceAsked, `${some(read, "record")} read: ${countsText(counts)}.`);
  const found = { count: Math.abs(read - sum), records: [] };
  const says = `${some(read, "record")} read, but ${number(sum)} accounted for: ${countsText(counts)}.`;
  return failed(balanceAsked, says, found, {
    advice: "This is a fault of Fieldwright, and not of your data: please report it. `fieldwright sync --full` decides every record anew.",
  });
}

export const oneToOneAsked: Asked = { check: "links_one_to_one", about: "links are one to one", builtIn: true, severity: "fail" };

/** The store's own keys see to it; a store that somebody has changed by hand may not. */
export async function checkOneToOne(c: Checking, linked: number): Promise<CheckResult> {
  const double = await doubleLinks(c.store, c.store.database, { sync: c.sync.state.id, limit: 20 });
  if (double.found === 0) return passed(oneToOneAsked, `${some(linked, "link")}, no target twice.`);
  const records = double.rows.map(({ targetId, sourceIds }) => ({
    sourceId: null,
    targetId,
    name: null,
    says: `is linked to ${sourceIds.join(", ")}`,
  }));
  return failed(
    oneToOneAsked,
    `${some(double.found, "target record is", "target records are")} linked to several source records.`,
    { count: double.found, records },
    { advice: "Decide which of them it is, and remove the other links: `fieldwright held` and `fieldwright link` help with it." },
  );
}

const aliveAsked: Asked = { check: "links_lead_somewhere", about: "linked records are still there", builtIn: true, severity: "warn" };

/** Whether the linked target records exist. */
export function watchAlive(c: Checking): Watch {
  const found = new Found();
  return {
    asked: { ...aliveAsked, about: `${aliveAsked.about} in ${c.sync.spec.to.stream}` },
    sql: { suspects: `count(*) filter (where t.${c.sync.target.stream.sql?.key?.column} is null)` },
    found,
    see: async ({ links, records }) => {
      const dead = links.filter((link) => !records.has(link.targetId));
      const names = await sourceNames(c, found.count < 20 ? dead.slice(0, 20).map((link) => link.sourceId) : []);
      for (const { sourceId, targetId } of dead)
        found.add(() => ({ sourceId, targetId, name: names.get(sourceId) ?? null, says: "its target is not there any more" }));
    },
    end: (looked) => {
      const asked = { ...aliveAsked, about: `${aliveAsked.about} in ${c.sync.spec.to.stream}` };
      if (found.count === 0)
        return passed(asked, `Looked for ${lookedAt(looked)}: ${looked.at === 1 ? "it is" : "all are"} there.`, { looked });
      return failed(asked, `${some(found.count, "is", "are")} gone, of ${lookedAt(looked)} looked for.`, found, {
        looked,
        advice:
          "Somebody deleted them there. The next change of such a record is held: answer it with `fieldwright held`, to create it anew or to leave it.",
      });
    },
  };
}

/** What people call these source records. */
export async function sourceNames(c: Checking, ids: readonly string[]): Promise<ReadonlyMap<string, string | null>> {
  if (ids.length === 0) return new Map();
  const rows = await readSourceRowsOf(c.store, c.store.database, { sync: c.sync.state.id, stream: c.sync.source.name, ids });
  return new Map(rows.map((row) => [row.id, nameOf(row.data)]));
}
