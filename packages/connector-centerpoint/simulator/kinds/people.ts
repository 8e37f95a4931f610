import type { Draw } from "../draw.js";
import { kind } from "../kind.js";
import { families, firms, given, phone, places, streets, trades } from "./words.js";

const zones = [
  "America/Anchorage",
  "America/Chicago",
  "America/Denver",
  "America/Detroit",
  "America/Los_Angeles",
  "America/New_York",
  "America/Phoenix",
  "Pacific/Honolulu",
];
const addressLimits = {
  streetAddress: 150,
  subpremise: 100,
  locality: 100,
  county: 100,
  region: 100,
  postalCode: 10,
  externalId: 255,
  importId: 255,
};

function address(draw: Draw, salt: number): Record<string, unknown> {
  const place = draw.pick(places, salt);
  return {
    streetAddress: `${1 + draw.below(9000, salt + 1)} ${draw.pick(streets, salt + 2)} Street`,
    subpremise: draw.below(9, salt + 3) === 0 ? `Suite ${draw.below(90, salt + 4)}` : null,
    ...place,
    latitude: Math.round((place.latitude + draw.below(1000, salt + 5) / 1e4) * 1e6) / 1e6,
    longitude: Math.round((place.longitude + draw.below(1000, salt + 6) / 1e4) * 1e6) / 1e6,
  };
}

export function firmName(draw: Draw): string {
  return `${draw.pick(firms, 1)} ${draw.pick(trades, 2)} ${draw.index + 1}`;
}

export const companies = kind({
  path: "companies",
  relationTypes: { manager: "employees", location: "locations" },
  filters: ["type", "salesStatus", "search", "manager", "location"],
  onDemand: ["quotedValue", "openQuotedValue", "soldValue", "modelFileTagCounts"],
  write: {
    create: true,
    update: true,
    delete: true,
    required: ["name", "type", "salesStatus", "timezone", "is_billing", "is_active"],
    longest: { name: 255, ...addressLimits },
    oneOf: {
      type: ["Admin", "Company", "Contractor", "Corporate", "Residential", "Vendor"],
      salesStatus: ["Lead", "Quoted", "Sold", "Dead"],
      timezone: zones,
    },
    names: { is_billing: "isBilling", is_active: "isActive" },
  },
  row(draw) {
    const phoneNumber = phone(draw.below(100, 8));
    return {
      attributes: {
        accountId: 7,
        name: firmName(draw),
        type: draw.pick(["Company", "Company", "Residential", "Contractor", "Corporate", "Vendor"], 3),
        salesStatus: draw.pick(["Sold", "Lead", "Candidate", "Client"], 4),
        website: draw.below(3, 5) === 0 ? `https://company-${draw.index + 1}.example.com` : null,
        ...address(draw, 10),
        country: "us",
        placeId: null,
        closeRate: `0.${String(draw.below(100, 6)).padStart(2, "0")}`,
        propertyCount: draw.below(5, 7),
        externalId: null,
        importId: draw.below(2, 9) === 0 ? `old-${draw.index + 1}` : null,
        custom: { phone: phoneNumber, customerType: draw.pick(["Owner", "Manager"], 21) },
        customWithLabels: { companyPhone: phoneNumber },
        options: { billingAddress: null, isCreditHold: draw.below(40, 22) === 0, isTaxExempt: false },
        quotedValue: draw.money(90_000, 23),
        openQuotedValue: draw.money(40_000, 24),
        soldValue: draw.money(70_000, 25),
        modelFileTagCounts: { Photos: draw.below(30, 26) },
      },
      relations: {
        manager: draw.below(5, 27) === 0 ? null : idText(draw.some("employees", 28)),
        location: idText(draw.some("locations", 29)),
      },
    };
  },
});

export function idText(id: number | null): string | null {
  return id === null ? null : String(id);
}

function person(draw: Draw, company: number | null): Record<string, unknown> {
  const name = `${draw.pick(given, 1)} ${draw.pick(families, 2)}`;
  return {
    companyId: company,
    name,
    email: draw.below(8, 3) === 0 ? null : `${name.toLowerCase().replace(" ", ".")}.${draw.index + 1}@example.com`,
    position: draw.pick(["Owner", "Manager", "Facilities", "Accounting"], 4),
    office: draw.below(2, 5) === 0 ? phone(draw.below(100, 6)) : null,
    officeExt: null,
    mobile: phone(draw.below(100, 7)),
    fax: null,
    isActive: draw.below(12, 8) !== 0,
    isBilling: draw.below(4, 9) === 0,
    allProperties: true,
    externalId: null,
    importId: null,
    groupId: null,
    imageId: null,
    userRoleId: 1 + draw.below(4, 10),
    timezone: draw.pick(places, 11).timezone,
    propertyCount: draw.below(4, 12),
    options: { notifications: { email: true, sms: false } },
    custom: {},
    customWithLabels: {},
  };
}

const personLimits = { name: 50, position: 50, office: 12, officeExt: 8, mobile: 12, fax: 12 };
const personWrite = { create: true, update: true, delete: true, required: ["name"], longest: personLimits };

export const profiles = kind({
  path: "profiles",
  type: "client_profiles",
  filters: ["companyId", "company.type", "company.saleStatus", "company.managerId"],
  write: personWrite,
  row: (draw) => ({ attributes: person(draw, draw.some("companies", 13)), relations: {} }),
});

export const employees = kind({
  path: "employees",
  filters: ["companyId", "isActive", "search", "email"],
  onDemand: ["lists", "menus", "adjustable_permissions"],
  write: personWrite,
  row: (draw) => ({
    attributes: {
      ...person(draw, 7),
      position: draw.pick(["Estimator", "Foreman", "Office"], 14),
      lists: { technicians: true },
      menus: [],
      adjustable_permissions: {},
    },
    relations: {},
  }),
});

export const properties = kind({
  path: "properties",
  relationTypes: { manager: "employees", company: "companies", primaryContractor: "companies", location: "locations" },
  filters: ["type", "location", "roofSize", "search"],
  onDemand: ["modelFileTagCounts"],
  write: {
    create: true,
    update: true,
    delete: true,
    required: ["name", "visible", "timezone"],
    longest: addressLimits,
    oneOf: { timezone: zones },
    names: { visible: "isVisible" },
  },
  row(draw) {
    const company = draw.some("companies", 13);
    const manager = draw.some("employees", 14);
    return {
      attributes: {
        accountId: 7,
        companyId: company,
        name: `${draw.pick(firms, 1)} Building ${draw.index + 1}`,
        isVisible: true,
        ...address(draw, 20),
        locationId: draw.some("locations", 15),
        managerId: manager,
        primaryContractorId: null,
        primaryBuildingId: null,
        combinedMeasurement: draw.money(50_000, 16),
        squares: draw.money(500, 17),
        weightedAverageScore: null,
        closeRate: null,
        externalId: null,
        importId: null,
        uuid: `00000000-0000-4000-8000-${String(draw.index + 1).padStart(12, "0")}`,
        options: {},
        custom: { roofSize: draw.pick(["small", "large"], 18) },
        modelFileTagCounts: { Photos: draw.below(9, 19) },
      },
      // Every so often a relationship leads to nobody: that employee is gone.
      relations: {
        manager: draw.index % 11 === 5 ? "999999" : idText(manager),
        company: idText(company),
        location: null,
        primaryContractor: null,
      },
    };
  },
});
