import { addressAt, type Place } from "../place.js";

const times = ({ id, createdOn, modifiedOn }: Place) => ({ id, createdOn, modifiedOn });

export function businessUnit(place: Place) {
  const { random, index } = place;
  return {
    ...times(place),
    active: index % 12 !== 11,
    name: `${random.words(2)} ${index + 1}`,
    officialName: null,
    email: random.email(place.id),
    currency: "USD",
    phoneNumber: random.phone(),
    invoiceHeader: null,
    invoiceMessage: null,
    defaultTaxRate: null,
    authorizationParagraph: null,
    acknowledgementParagraph: null,
    address: { ...addressAt(place), isManualCoordinates: false, isMilitary: false },
    materialSku: null,
    quickbooksClass: null,
    accountCode: null,
    franchiseId: null,
    conceptCode: null,
    corporateContractNumber: null,
    trade: { id: 1, name: "HVAC" },
    division: null,
    tagTypeIds: [],
    tenant: null,
    externalData: null,
  };
}

function person(place: Place) {
  const { random, id, index } = place;
  const [firstName, lastName] = [random.givenName(), random.familyName()];
  return {
    ...times(place),
    userId: id + 1,
    name: `${firstName} ${lastName}`,
    firstName,
    lastName,
    roleIds: [3],
    businessUnitId: place.ref("business_units", index),
    email: random.email(id),
    phoneNumber: random.phone(),
    loginName: `${firstName}${index}`.toLowerCase(),
    active: index % 11 !== 10,
    aadUserId: null,
    accountLocked: false,
    startDate: null,
    customFields: [],
    permissions: [],
    hourlyRate: 0,
  };
}

export function technician(place: Place) {
  const { latitude, longitude, ...home } = addressAt(place);
  return {
    ...person(place),
    mainZoneId: null,
    zoneIds: [],
    home: { ...home, streetAddress: null, latitude, longitude },
    dailyGoal: 0,
    isManagedTech: true,
    licenseType: "ManagedTech",
    burdenRate: 0,
    team: null,
    jobFilter: null,
    commissionRate: 0,
    currentValue: null,
    jobId: null,
    mobilePhone: null,
    outboundCallerId: null,
    payrollId: null,
    payrollProfileId: null,
    appoitmentId: null,
    shiftStart: null,
    shiftEnd: null,
    soldByRate: 0,
    status: place.random.pick(["Idle", "Dispatched", "Working", "Meal"]),
    skills: [],
    positions: ["Service"],
    location: null,
    bio: null,
    memo: null,
  };
}

export function employee(place: Place) {
  return {
    ...person(place),
    managerId: null,
    role: place.random.pick(["CSR", "Dispatch", "Owner"]),
    home: null,
    agentId: 0,
    terminationDate: null,
    overtimeProfileId: null,
  };
}

export function tagType(place: Place) {
  const { random, index } = place;
  return {
    ...times(place),
    name: `${random.words(1)} ${index + 1}`,
    color: "#2266aa",
    code: random.code(3),
    importance: random.pick(["Medium", "High", null]),
    isConversionOpportunity: random.chance(0.2),
    allowToUseOnTimesheetActivity: false,
    isVisibleOnDispatchBoard: true,
    active: index % 14 !== 13,
  };
}

export function campaign(place: Place) {
  const { random, index } = place;
  return {
    ...times(place),
    name: `${random.words(2)} ${index + 1}`,
    active: index % 10 !== 9,
    isDefaultCampaign: index === 0,
    category: { id: 71, name: "Direct", active: true },
    source: null,
    otherSource: null,
    businessUnit: null,
    medium: null,
    otherMedium: null,
    campaignPhoneNumbers: [random.phone()],
  };
}
