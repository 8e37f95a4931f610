import type { Draw } from "../draw.js";
import { type Kind, kind, type WriteRule } from "../kind.js";
import { idText } from "./people.js";
import { streets } from "./words.js";

const common = ["latestStageTransitionedAt", "isArchived", "workflowStageId", "search", "custom.division"];
const relationTypes = {
  billedCompany: "companies",
  property: "properties",
  accountManager: "employees",
  managers: "employees",
  workflowStage: "workflow_stages",
  availableTransitions: "workflow_transitions",
};

const write: WriteRule = {
  create: true,
  update: true,
  delete: true,
  required: ["domain"],
  longest: { namePrefix: 6, invoicePurchaseOrder: 50 },
  oneOf: {
    domain: ["Production", "Sales", "Service"],
    type: ["Dumpsters", "Metal", "New Construction", "Re-Roof", "Sales", "Service"],
  },
};

interface JobSetup {
  readonly path: string;
  readonly domain: "Service" | "Sales" | "Production";
  readonly stages: readonly [number, number];
  readonly statuses: readonly string[];
}

function jobs({ path, domain, stages, statuses }: JobSetup, rest: Partial<Kind>): Kind {
  return kind({
    path,
    type: "productions",
    relationTypes,
    write,
    ...rest,
    row: (draw) => {
      const stage = stages[0] + draw.below(stages[1] - stages[0] + 1, 1);
      return { attributes: job(draw, domain, draw.pick(statuses, 2)), relations: { ...related(draw), workflowStage: String(stage) } };
    },
  });
}

function related(draw: Draw): Record<string, string | readonly string[] | null> {
  const manager = idText(draw.some("employees", 3));
  return {
    billedCompany: idText(draw.some("companies", 4)),
    property: idText(draw.some("properties", 5)),
    accountManager: draw.below(3, 6) === 0 ? null : manager,
    managers: manager === null ? [] : [manager],
  };
}

function job(draw: Draw, domain: string, status: string): Record<string, unknown> {
  const number = String(draw.index + 1).padStart(5, "0");
  return {
    name: `${domain.slice(0, 2).toUpperCase()}-${number}`,
    namePrefix: domain.slice(0, 2).toUpperCase(),
    nameNumber: number,
    description: `Roof at ${draw.pick(streets, 7)} Street`,
    domain,
    type: domain === "Production" ? "Re-Roof" : domain,
    opportunityType: domain === "Sales" ? draw.pick(["Replacement", "Repair"], 8) : null,
    workType: draw.pick(["Leak", "Scope", "Warranty", "Inspection", "Non-Billable", "Rooftop Maintenance"], 9),
    status,
    displayStatus: status,
    billedCompanyId: draw.some("companies", 4),
    billedProfileId: draw.some("profiles", 10),
    profileId: draw.some("profiles", 10),
    workProfileId: draw.some("employees", 3),
    propertyId: draw.some("properties", 5),
    propertyName: null,
    estimatorId: null,
    leadTypeId: null,
    price: draw.money(80_000, 11),
    cost: draw.money(40_000, 12),
    workRate: null,
    materialTotal: draw.money(9_000, 13),
    laborTravelTotal: draw.money(9_000, 14),
    totalInvoiced: "0.00",
    forecasted: null,
    isApprovalRequired: false,
    invoicePurchaseOrder: null,
    importId: null,
    serviceWorkflow: { checkinName: null, finalNotes: null, numTechs: draw.below(4, 15) },
    options: { nte: null, notifications: "Off" },
    custom: { division: draw.pick(["Commercial", "Residential"], 16) },
    customWithLabels: { division: draw.pick(["Commercial", "Residential"], 16) },
    dueDate: draw.day(14),
    dueDateHasTime: false,
    startDate: draw.day(7),
    estimatedStartDate: null,
    endDate: null,
    projectedCloseDate: draw.day(30),
    latestStageTransitionedAt: null,
    openedAt: null,
    scheduledAt: null,
    startedAt: null,
    completedAt: null,
    invoicedAt: null,
    closedAt: null,
    archivedAt: null,
    leadOpenedAt: null,
    leadSoldAt: null,
    deletedAt: null,
  };
}

export const opportunities = jobs(
  {
    path: "opportunities",
    domain: "Sales",
    stages: [4, 13],
    statuses: ["lead_opened", "lead_pending", "lead_quoted", "lead_sold", "lead_dead"],
  },
  { filters: [...common, "status", "opportunityType", "salesProfile", "leadType", "isOpportunity"], updatedFilter: false },
);

export const services = jobs(
  {
    path: "services",
    domain: "Service",
    stages: [14, 22],
    statuses: ["opened", "scheduled", "started", "completed", "invoiced", "closed"],
  },
  {
    filters: [...common, "domain", "workType", "isHeld", "managerId", "worker", "location"],
    updatedFilter: false,
    onDemand: ["total_change_order", "total_approved_change_order", "estimated_cost"],
  },
);

export const productions = jobs(
  { path: "productions", domain: "Production", stages: [23, 35], statuses: ["opened", "scheduled", "started", "completed", "closed"] },
  {
    filters: [...common, "domain", "status", "worker", "location"],
    write: { update: true, delete: true },
    onDemand: ["modelFileTagCounts"],
  },
);
