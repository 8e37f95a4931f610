import type { Stream } from "@fieldwright/connector-kit";
import type { Api } from "../api.js";
import type { Declaration } from "../declaration.js";
import { fieldsOf } from "../fields.js";
import { plainWrites } from "../plain-writes.js";
import { streamOf } from "../stream-of.js";

const businessUnitsOf: Declaration = {
  name: "business_units",
  about: "Parts of the company that do work.",
  module: "settings",
  list: "business-units",
  feed: "export/business-units",
  fields: fieldsOf({
    integer: "id",
    boolean: "active",
    text: "name officialName email currency phoneNumber invoiceHeader invoiceMessage authorizationParagraph acknowledgementParagraph materialSku quickbooksClass accountCode franchiseId conceptCode corporateContractNumber",
    number: "defaultTaxRate",
    object: "address trade division tenant",
    list: "tagTypeIds externalData",
    datetime: "createdOn modifiedOn",
  }),
  everything: { active: "Any" },
  getBy: "ids",
  externalData: true,
};

const techniciansOf: Declaration = {
  name: "technicians",
  about: "Who does the work: records of their own beside employees. createdById of other records holds a userId, not an id.",
  module: "settings",
  list: "technicians",
  feed: "export/technicians",
  fields: fieldsOf({
    // The vendor spells appoitmentId so.
    integer: "id userId businessUnitId mainZoneId jobId payrollProfileId appoitmentId",
    text: "name email phoneNumber loginName licenseType aadUserId team jobFilter firstName lastName mobilePhone outboundCallerId payrollId shiftStart shiftEnd status bio memo",
    list: "roleIds zoneIds customFields permissions skills positions",
    datetime: "createdOn modifiedOn startDate",
    object: "home location",
    number: "dailyGoal burdenRate commissionRate currentValue hourlyRate soldByRate",
    boolean: "isManagedTech active accountLocked",
  }),
  references: { businessUnitId: "business_units" },
  // Where somebody is and what they work on changes all day.
  volatile: ["location"],
  everything: { active: "Any" },
  getBy: "ids",
  finds: { name: "name" },
};

const employeesOf: Declaration = {
  name: "employees",
  about: "Office staff.",
  module: "settings",
  list: "employees",
  feed: "export/employees",
  fields: fieldsOf({
    list: "customFields permissions roleIds",
    integer: "id userId managerId businessUnitId agentId overtimeProfileId",
    text: "name firstName lastName role email phoneNumber loginName aadUserId",
    datetime: "createdOn modifiedOn startDate terminationDate",
    boolean: "active accountLocked",
    object: "home",
    number: "hourlyRate",
  }),
  references: { businessUnitId: "business_units" },
  everything: { active: "Any" },
  getBy: "ids",
  finds: { name: "name", email: "email" },
};

const tagTypesOf: Declaration = {
  name: "tag_types",
  about: "Tags, as the tagTypeIds of other records name them.",
  module: "settings",
  list: "tag-types",
  feed: "export/tag-types",
  fields: fieldsOf({
    integer: "id",
    text: "name color code importance",
    boolean: "isConversionOpportunity allowToUseOnTimesheetActivity isVisibleOnDispatchBoard active",
    datetime: "createdOn modifiedOn",
    options: { importance: ["Medium", "High"] },
    create: "name color code importance isConversionOpportunity allowToUseOnTimesheetActivity isVisibleOnDispatchBoard",
    update: "name color code importance isConversionOpportunity allowToUseOnTimesheetActivity isVisibleOnDispatchBoard",
    required: "name color",
  }),
  sorted: true,
  everything: { active: "Any" },
  getBy: "whole list",
};

export const businessUnits = (api: Api): Stream => streamOf(api, businessUnitsOf);
export const technicians = (api: Api): Stream => streamOf(api, techniciansOf);
export const employees = (api: Api): Stream => streamOf(api, employeesOf);

export function tagTypes(api: Api): Stream {
  const { create, update } = plainWrites(api, tagTypesOf, { clearable: "importance" });
  return streamOf(api, tagTypesOf, { create, update });
}
