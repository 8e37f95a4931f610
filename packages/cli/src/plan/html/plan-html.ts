import { createHash } from "node:crypto";
import type { Plan, PlannedChange } from "@fieldwright/core";
import { moment, shown } from "../../report/words.js";
import { keptText, labelOf, ruleText } from "../change-text.js";
import { operations } from "../operation.js";
import type { PlanTextOptions } from "../plan-text.js";
import { embedded, escaped } from "./escape.js";
import { pageScript } from "./page-script.js";
import { pageStyle } from "./page-style.js";
import { summaryHtml } from "./summary-html.js";

const longestValue = 400;

/**
 * The plan as one file that asks for nothing else: records are data in it, and its script shows those that are asked for. Nothing but that
 * script and that style may run there, by their digests, whatever a record holds.
 */
export async function* planHtml(
  plan: Plan,
  pages: AsyncIterable<readonly PlannedChange[]>,
  options: Pick<PlanTextOptions, "project" | "nowMs">,
): AsyncGenerator<string> {
  yield head(plan, options);
  const order = plan.syncs.map((one) => one.sync);
  for await (const page of pages)
    yield `<script type="application/json" class="rows">${embedded(page.map((change) => rowOf(change, order)))}</script>\n`;
  yield `<script>${pageScript}</script>\n</body>\n</html>\n`;
}

function head(plan: Plan, options: Pick<PlanTextOptions, "project" | "nowMs">): string {
  const title = `Plan ${plan.id}`;
  const policy = `default-src 'none'; script-src '${digest(pageScript)}'; style-src '${digest(pageStyle)}'; base-uri 'none'; form-action 'none'`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>${escaped(title)}</title>
<style>${pageStyle}</style>
</head>
<body>
<header>
<h1>${escaped(title)}</h1>
<p class="dim">Made ${escaped(moment(plan.createdAt))} UTC. Nothing was written to a target. Digest of its changes: <code>${escaped(plan.hash.slice(0, 12))}</code></p>
${summaryHtml(plan, options)}
</header>
<form id="filter" role="search">
<input id="text" type="search" placeholder="Find: a record, a field, a value" aria-label="Find" autocomplete="off">
<select id="sync" aria-label="Sync"></select>
<select id="operation" aria-label="Operation"></select>
<output id="count" aria-live="polite"></output>
</form>
<noscript><p>The records are shown by a script in this file, and scripts are switched off here. The CSV file of the plan holds all of them as well.</p></noscript>
<main id="list"></main>
<p id="end" class="dim"></p>
<script type="application/json" id="names">${embedded(namesOf(plan, options))}</script>
`;
}

function namesOf(plan: Plan, { project }: Pick<PlanTextOptions, "project">) {
  return {
    syncs: plan.syncs.map(({ sync }) => {
      const spec = project.syncs.find((one) => one.name === sync);
      return { name: sync, source: spec?.from.stream ?? "record", target: spec?.to.stream ?? "record" };
    }),
    operations: Object.entries(operations).map(([name, { sign }]) => ({ name, sign })),
  };
}

/** A change as the page's script reads it: short names, and values as the text that is shown. */
function rowOf(change: PlannedChange, order: readonly string[]) {
  const { matched } = change;
  return {
    s: order.indexOf(change.sync),
    o: change.operation,
    id: change.sourceId,
    l: labelOf(change),
    t: change.targetId,
    c: change.code,
    r: matched === undefined ? change.reason : `matched by ${matched.key} ${matched.value}${lineText(matched.line, "  ")}`,
    f: change.fields.map((one) => [
      one.field,
      valueText(one.before),
      valueText(one.after),
      [ruleText(one.rule, one.custom), lineText(one.line)].filter(Boolean).join(" "),
    ]),
    k: change.kept.map((one) => [one.field, keptText(one.rule, one.why), [one.rule, lineText(one.line)].filter(Boolean).join(" ")]),
  };
}

function valueText(value: unknown): string {
  return shown(value, longestValue);
}

function lineText(line: number | undefined, before = ""): string {
  return line === undefined ? "" : `${before}line ${line}`;
}

function digest(text: string): string {
  return `sha256-${createHash("sha256").update(text).digest("base64")}`;
}
