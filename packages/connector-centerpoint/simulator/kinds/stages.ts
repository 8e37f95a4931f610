import { kind } from "../kind.js";

/** The stages that the vendor's own descriptions name; those of production are named there only in part. */
const named: readonly (readonly [number, string])[] = [
  [4, "Finalize Repairs"],
  [5, "Quote Repairs"],
  [6, "Pre-Approve Replacement"],
  [7, "Estimate"],
  [8, "Finalize Replacement"],
  [9, "Quote Replacement"],
  [10, "Presentation"],
  [11, "Pending"],
  [12, "Accepted"],
  [13, "Declined"],
  [14, "New Service"],
  [15, "Accepted"],
  [16, "Scheduled"],
  [17, "En Route"],
  [18, "In Progress"],
  [19, "Completed"],
  [20, "Authorized"],
  [21, "Invoiced"],
  [22, "Closed"],
  [23, "New Project"],
  [24, "Contract"],
  [25, "Permit"],
  [26, "Ordered"],
  [27, "Staged"],
  [28, "Scheduled Crew"],
  [29, "Underway"],
  [30, "Dried In"],
  [31, "Punch List"],
  [32, "Inspected"],
  [33, "Final Invoice"],
  [34, "Paid"],
  [35, "Closed Project"],
];

export const stageCount = named.length;

export const workflowStages = kind({
  path: "workflow_stages",
  updatedFilter: false,
  row(draw) {
    const [order, name] = named[draw.index] ?? [draw.index + 4, `Stage ${draw.index + 4}`];
    return { attributes: { name, order }, relations: {} };
  },
});

export interface Transition {
  readonly id: string;
  readonly name: string;
  readonly to: string;
}

const lastOfPipeline = new Set([13, 22, 35]);
const firstOfPipeline = new Set([4, 14, 23]);

/** From each stage one ahead and one back; a sale may also be declined from anywhere. */
export function transitionsFrom(stage: string): readonly Transition[] {
  const from = Number(stage);
  const ways = [
    ...(lastOfPipeline.has(from) ? [] : [from + 1]),
    ...(firstOfPipeline.has(from) ? [] : [from - 1]),
    ...(from < 12 ? [13] : []),
  ];
  return ways.map((to) => ({ id: String(from * 100 + to), name: `To ${named[to - 4]?.[1] ?? to}`, to: String(to) }));
}
