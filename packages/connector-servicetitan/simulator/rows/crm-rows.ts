import { addressAt, type Place } from "../place.js";
import { stamp } from "../stamp.js";

const times = ({ id, createdOn, modifiedOn }: Place) => ({ id, createdOn, modifiedOn });

export function customer(place: Place) {
  const { random, index } = place;
  const merged = index > 0 && index % 37 === 36;
  return {
    ...times(place),
    active: !merged && index % 29 !== 28,
    name: random.name(),
    type: random.chance(0.8) ? "Residential" : "Commercial",
    address: addressAt(place),
    customFields: index % 5 === 0 ? [{ typeId: 901, name: "Gate code", value: random.code(4) }] : [],
    balance: random.integer(0, 90_000) / 100,
    taxExempt: false,
    tagTypeIds: index % 4 === 0 ? [place.ref("tag_types", index)] : [],
    doNotMail: random.chance(0.1),
    doNotService: false,
    nationalAccount: false,
    createdById: 21,
    mergedToId: merged ? place.ref("customers", index - 1) : null,
    paymentTermId: null,
    creditLimit: null,
    creditLimitBalance: null,
    externalData: [],
  };
}

export function location(place: Place) {
  const { random, index } = place;
  return {
    ...times(place),
    customerId: place.ref("customers", place.share("customers")),
    active: index % 31 !== 30,
    name: random.name(),
    address: addressAt(place),
    customFields: [],
    createdById: 21,
    mergedToId: null,
    zoneId: null,
    taxExempt: false,
    taxZoneId: random.chance(0.5) ? 61 : null,
    tagTypeIds: [],
    externalData: [],
  };
}

function contact(place: Place) {
  const { random, id } = place;
  const type = random.pick(["Phone", "MobilePhone", "Email"]);
  const phone = random.phone();
  return {
    ...times(place),
    type,
    value: type === "Email" ? random.email(id) : phone,
    memo: random.chance(0.3) ? random.words(2) : null,
    phoneSettings: type === "Email" ? { phoneNumber: "", doNotText: false } : { phoneNumber: phone, doNotText: random.chance(0.1) },
    preferences: null,
    active: place.index % 23 !== 22,
  };
}

export const customerContact = (place: Place) => ({ ...contact(place), customerId: place.ref("customers", place.share("customers")) });
export const locationContact = (place: Place) => ({ ...contact(place), locationId: place.ref("locations", place.share("locations")) });

export function lead(place: Place) {
  const { random, index } = place;
  const prospect = random.chance(0.5);
  return {
    ...times(place),
    status: random.pick(["Open", "Open", "Dismissed", "Converted"]),
    priority: random.pick(["Low", "Normal", "High", "Urgent"]),
    customerId: prospect ? null : place.ref("customers", index),
    locationId: null,
    businessUnitId: place.ref("business_units", index),
    jobTypeId: place.ref("job_types", index),
    campaignId: place.ref("campaigns", index),
    followUpDate: random.chance(0.3) ? stamp(place.createdMs + 86_400_000) : null,
    createdById: 21,
    tagTypeIds: [],
    dismissingReasonId: null,
    summary: random.sentence(),
    callReasonId: null,
    callId: null,
    bookingId: null,
    manualCallId: null,
    leadUrl: null,
    leadCustomerName: prospect ? random.name() : null,
    leadPhone: prospect ? random.phone() : null,
    leadEmail: prospect ? random.email(place.id) : null,
    leadStreet: null,
    leadUnit: null,
    leadCity: null,
    leadState: null,
    leadZip: null,
    leadCountry: null,
    captureSource: null,
    active: index % 19 !== 18,
  };
}

export function booking(place: Place) {
  const { random, index } = place;
  const { latitude: _, longitude: __, ...address } = addressAt(place);
  return {
    ...times(place),
    source: "Web form",
    name: random.name(),
    address: random.chance(0.9) ? address : null,
    customerType: random.chance(0.5) ? "Residential" : null,
    start: stamp(place.createdMs + 2 * 86_400_000),
    campaignId: place.ref("campaigns", index),
    businessUnitId: null,
    isFirstTimeClient: random.chance(0.5),
    uploadedImages: [],
    isSendConfirmationEmail: null,
    status: random.pick(["New", "Accepted", "Converted", "Dismissed"]),
    dismissingReasonId: null,
    jobId: null,
    externalId: `web-${place.id}`,
    priority: null,
    jobTypeId: null,
    bookingProviderId: 501,
    summary: random.sentence(),
    active: index % 17 !== 16,
  };
}
