import type { Plan, PlannedChange } from "@fieldwright/core";
import { reportJson } from "../report/report-json.js";

/** What a plan says of itself, without its changes; the keys are part of the interface. */
export function planJson(plan: Plan): Readonly<Record<string, unknown>> {
  const { id, kind, status, createdAt, expiresAt, hash, ofRun, approvedBy, approvedAt, syncs } = plan;
  return {
    plan: id,
    ...reportJson({ ...plan.report, plan: id }),
    planned: { kind, status, createdAt, expiresAt, hash, ofRun, approvedBy, approvedAt, syncs },
  };
}

/** The whole plan as one JSON object on one line, with all its changes, a page at a time. */
export async function* planJsonLine(plan: Plan, pages: AsyncIterable<readonly PlannedChange[]>): AsyncGenerator<string> {
  yield `${JSON.stringify(planJson(plan)).slice(0, -1)},"changes":[`;
  let isFirst = true;
  for await (const page of pages) {
    yield `${isFirst ? "" : ","}${page.map((change) => JSON.stringify(change)).join(",")}`;
    isFirst = false;
  }
  yield "]}\n";
}
