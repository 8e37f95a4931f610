import { type Collection, type CollectionSetup, collection } from "./collection.js";
import { fields, related, relatedList } from "./fields.js";

const jobFields = fields(
  "name:text namePrefix:text nameNumber:text description:text domain:text type:text opportunityType:text workType:text workflowType:text status:text displayStatus:text! billedCompanyId:text billedProfileId:text profileId:text workProfileId:text propertyId:text propertyName:text! estimatorId:text leadTypeId:text price:dec cost:dec workRate:dec materialTotal:dec! laborTravelTotal:dec! totalInvoiced:dec! forecasted:json isApprovalRequired:bool invoicePurchaseOrder:text exportStatus:text! importId:text combinedInvoiceOptions:obj! serviceWorkflow:obj! options:obj custom:obj customWithLabels:obj! dueAt:at dueDate:day dueDateHasTime:bool startDate:day startTime:json estimatedStartDate:day endDate:day projectedCloseDate:day latestStageTransitionedAt:at! openedAt:at scheduledAt:at startedAt:at completedAt:at invoicedAt:at closedAt:at heldAt:at archivedAt:at forecastedAt:at leadOpenedAt:at leadPendingAt:at leadQuotedAt:at leadSoldAt:at leadDeadAt:at latestPaidDate:json recentActivity:at!",
  {
    billedCompany: { type: "json", about: "Written only: the company's id. Read it as billedCompanyId." },
    property: { type: "json", about: "Written only: the property's id. Read it as propertyId." },
    accountManager: { ...related, readOnly: true },
    managers: relatedList,
    workflowStage: {
      ...related,
      about: "Written, the job is moved there one transition at a time: by id, or by a name that only one stage has.",
    },
  },
);

function jobs(setup: Pick<CollectionSetup, "name" | "about"> & Partial<Collection>): Collection {
  return collection({
    type: "productions",
    fields: jobFields,
    relations: {
      billedCompany: "companies",
      property: "properties",
      accountManager: "employees",
      managers: "employees",
      workflowStage: "workflow_stages",
    },
    include: ["accountManager", "managers", "workflowStage"],
    references: {
      billedCompanyId: "companies",
      billedProfileId: "profiles",
      profileId: "profiles",
      workProfileId: "employees",
      propertyId: "properties",
    },
    finds: { name: "search" },
    incremental: "sortStop",
    create: true,
    update: true,
    delete: true,
    isJob: true,
    sideEffects: "With options.notifications On a change of a job may mail people.",
    ...setup,
  });
}

export const opportunities = jobs({
  name: "opportunities",
  about: "Sales leads and bids. A bid is an opportunity; there is no other kind of estimate.",
});
export const services = jobs({ name: "services", about: "Service tickets." });
export const productions = jobs({
  name: "productions",
  about: "Production jobs. All jobs share one space of ids.",
  incremental: "filter",
  create: false,
});
