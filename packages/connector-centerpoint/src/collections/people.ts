import type { Field } from "@fieldwright/connector-kit";
import { collection } from "./collection.js";
import { address, fields, related } from "./fields.js";

function limited(type: Field["type"], maxLength: number): Field {
  return { type, maxLength };
}

const person = {
  fields: fields(
    "companyId:text companyName:text! name:text email:text isActive:bool isBilling:bool allProperties:bool externalId:text importId:text groupId:text imageId:text userRoleId:text propertyCount:int! timezone:text recentActivity:at! lastLoginAt:at! options:obj custom:obj customWithLabels:obj!",
    {
      name: { ...limited("text", 50), required: true },
      position: limited("text", 50),
      office: limited("text", 12),
      officeExt: limited("text", 8),
      mobile: limited("text", 12),
      fax: limited("text", 12),
    },
  ),
  create: true,
  update: true,
  delete: true,
} as const;

export const companies = collection({
  name: "companies",
  about: "Customers and other firms. E-mail is taken and never shown; phones are among the account's own fields (`custom`).",
  fields: fields(
    `accountId:text! type:text salesStatus:text website:text ${address} country:text placeId:text closeRate:dec propertyCount:int! externalId:text importId:text recentActivity:at! custom:obj customWithLabels:obj! options:obj isBilling:bool isActive:bool`,
    {
      name: { ...limited("text", 255), required: true },
      manager: related,
      location: { ...related, readOnly: true },
    },
  ),
  relations: { manager: "employees", location: "locations" },
  include: ["manager", "location"],
  finds: { name: "search" },
  create: true,
  update: true,
  delete: true,
  // Two attributes that only writes know, in another spelling than all others.
  writeNames: { isBilling: ["is_billing"], isActive: ["is_active"] },
});

export const profiles = collection({
  ...person,
  name: "profiles",
  type: "client_profiles",
  about: "Contacts: people at companies. One name, no first and last; phones have at most 12 characters.",
  references: { companyId: "companies" },
  finds: { companyId: "companyId" },
});

export const employees = collection({
  ...person,
  name: "employees",
  about: "The account's own people.",
  finds: { name: "search", email: "email" },
});

export const properties = collection({
  name: "properties",
  about: "Buildings and sites.",
  fields: fields(
    `accountId:text! companyId:text name:text isVisible:bool ${address} locationId:text managerId:text primaryContractorId:text primaryBuildingId:text combinedMeasurement:dec! squares:dec! weightedAverageScore:dec! closeRate:dec externalId:text importId:text uuid:text! recentActivity:at! options:obj custom:obj`,
    { manager: { ...related, readOnly: true } },
  ),
  relations: { manager: "employees", company: "companies" },
  include: ["manager"],
  references: { companyId: "companies", managerId: "employees", locationId: "locations", primaryContractorId: "companies" },
  finds: { name: "search" },
  create: true,
  update: true,
  delete: true,
  // The documents want `visible`, what is known to work sends `isVisible`.
  writeNames: { isVisible: ["visible", "isVisible"] },
});
