import type { Plan, PlannedSync } from "@fieldwright/core";
import { count, shown } from "../../report/words.js";
import { expiryText, statusText } from "../expiry.js";
import type { PlanTextOptions } from "../plan-text.js";
import { countsText, undoText } from "../plan-text.js";
import { escaped } from "./escape.js";

/** What the plan is about, before any of its records. */
export function summaryHtml(plan: Plan, { nowMs }: Pick<PlanTextOptions, "nowMs">): string {
  const read = plan.report.syncs.reduce((sum, one) => sum + one.read, 0);
  const words = [
    ...(plan.ofRun === null ? [] : [`takes back run ${plan.ofRun}`]),
    `read ${count(read)}`,
    statusText(plan, nowMs),
    expiryText(plan, nowMs),
    ...(plan.approvedBy === null ? [] : [`approved by ${shown(plan.approvedBy)}`]),
  ];
  return `<p>${escaped([...new Set(words)].join(" · "))}</p>\n${plan.syncs.map((one) => syncHtml(plan, one)).join("\n")}`;
}

function syncHtml(plan: Plan, one: PlannedSync): string {
  const notes = [
    ...one.asks.map((trip) => note("Asks", trip.says)),
    ...one.suspicions.map((suspicion) => note("Suspicious", shown(suspicion.says, 600))),
    ...(one.sideEffects === undefined ? [] : [note("Side effects", one.sideEffects)]),
    ...(one.guards.length === 0 ? [] : [`<li class="dim">Guards: ${escaped(one.guards.map((guard) => guard.says).join(" · "))}</li>`]),
  ];
  return `<section>
<h2>${escaped(one.sync)} <small>spec ${escaped(one.specHash.slice(0, 6))}</small></h2>
<p>${escaped(countsText(plan, one).replace(/ {3}/g, " · "))}<br>${escaped(undoText(one))}</p>
<ul>${notes.join("")}</ul>
${samplesHtml(one)}</section>`;
}

function note(word: string, says: string): string {
  return `<li><strong>${word}:</strong> ${escaped(says)}</li>`;
}

function samplesHtml(one: PlannedSync): string {
  if (one.samples.length === 0) return "";
  const samples = one.samples.map((sample) => {
    const rows = Object.entries(sample.values).map(
      ([field, value]) => `<tr><th>${escaped(field)}</th><td>${escaped(shown(value, 400))}</td></tr>`,
    );
    return `<h3>from ${escaped(shown(sample.sourceId))}</h3><table>${rows.join("")}</table>`;
  });
  return `<details><summary>New records, as they would be</summary>${samples.join("\n")}</details>\n`;
}
