import type { Stream } from "@fieldwright/connector-kit";
import type { Api } from "../api.js";
import type { Declaration } from "../declaration.js";
import { fieldsOf } from "../fields.js";
import { streamOf } from "../stream-of.js";

const jobTypesOf: Declaration = {
  name: "job_types",
  about: "Kinds of work.",
  module: "jpm",
  list: "job-types",
  fields: fieldsOf({
    integer: "id duration",
    text: "name priority class summary",
    list: "businessUnitIds skills tagTypeIds externalData",
    number: "soldThreshold",
    boolean: "noCharge enforceRecurringServiceEventSelection invoiceSignaturesRequired active isSmartDispatched",
    datetime: "createdOn modifiedOn",
  }),
  references: { businessUnitIds: "business_units", tagTypeIds: "tag_types" },
  everything: { active: "Any" },
  getBy: "ids",
  finds: { name: "name" },
  externalData: true,
};

const reasonsOf = (name: string, about: string, list: string): Declaration => ({
  name,
  about,
  module: "jpm",
  list,
  fields: fieldsOf({ integer: "id", text: "name", boolean: "active", datetime: "createdOn modifiedOn" }),
  sorted: true,
  everything: { active: "Any" },
  getBy: "whole list",
});

const campaignsOf: Declaration = {
  name: "campaigns",
  about: "Where customers come from. Jobs and leads need one.",
  module: "marketing",
  list: "campaigns",
  fields: fieldsOf({
    integer: "id",
    text: "name source otherSource businessUnit medium otherMedium",
    datetime: "createdOn modifiedOn",
    boolean: "active isDefaultCampaign",
    object: "category",
    list: "campaignPhoneNumbers",
  }),
  sorted: true,
  everything: { active: "Any" },
  getBy: "ids",
  finds: { name: "name" },
};

export const jobTypes = (api: Api): Stream => streamOf(api, jobTypesOf);
export const campaigns = (api: Api): Stream => streamOf(api, campaignsOf);
export const jobHoldReasons = (api: Api): Stream =>
  streamOf(api, reasonsOf("job_hold_reasons", "What reasonId means where a job or appointment is put on hold.", "job-hold-reasons"));
export const jobCancelReasons = (api: Api): Stream =>
  streamOf(api, reasonsOf("job_cancel_reasons", "What reasonId means where a job is cancelled.", "job-cancel-reasons"));
