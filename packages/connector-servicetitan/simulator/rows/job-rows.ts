import type { Place } from "../place.js";
import { stamp } from "../stamp.js";

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

const times = ({ id, createdOn, modifiedOn }: Place) => ({ id, createdOn, modifiedOn });

export function job(place: Place) {
  const { random, index, id } = place;
  const jobStatus = random.pick(["Scheduled", "Dispatched", "InProgress", "Hold", "Completed", "Completed", "Canceled"]);
  return {
    ...times(place),
    jobNumber: String(id),
    projectId: null,
    customerId: place.ref("customers", place.share("customers")),
    locationId: place.ref("locations", place.share("locations")),
    jobStatus,
    completedOn: jobStatus === "Completed" ? stamp(place.createdMs + 3 * dayMs) : null,
    businessUnitId: place.ref("business_units", index),
    jobTypeId: place.ref("job_types", index),
    priority: random.pick(["Low", "Normal", "High", "Urgent"]),
    campaignId: place.ref("campaigns", index),
    appointmentCount: 1,
    firstAppointmentId: place.ref("appointments", index),
    lastAppointmentId: place.ref("appointments", index),
    recallForId: null,
    warrantyId: null,
    jobGeneratedLeadSource: null,
    noCharge: false,
    notificationsEnabled: true,
    createdById: 21,
    tagTypeIds: index % 6 === 0 ? [place.ref("tag_types", index)] : [],
    leadCallId: null,
    partnerLeadCallId: null,
    bookingId: null,
    soldById: null,
    customerPo: "",
    invoiceId: place.ref("invoices", index),
    membershipId: null,
    total: random.integer(0, 900_000) / 100,
    createdFromEstimateId: null,
    estimateIds: [],
    summary: random.sentence(),
    customFields: [],
    externalData: [],
    active: true,
  };
}

export function jobNote(place: Place) {
  return {
    ...times(place),
    jobId: place.ref("jobs", place.share("jobs")),
    active: place.index % 13 !== 12,
    text: place.random.sentence(),
    isPinned: place.random.chance(0.1),
    createdById: 21,
  };
}

export function appointment(place: Place) {
  const { random, index } = place;
  const startMs = Math.floor((place.createdMs + random.integer(1, 20) * dayMs) / hourMs) * hourMs;
  const jobIndex = place.share("jobs");
  return {
    ...times(place),
    jobId: place.ref("jobs", jobIndex),
    appointmentNumber: `${place.ref("jobs", jobIndex)}-1`,
    start: stamp(startMs),
    end: stamp(startMs + 2 * hourMs),
    arrivalWindowStart: stamp(startMs),
    arrivalWindowEnd: stamp(startMs + hourMs),
    status: random.pick(["Scheduled", "Dispatched", "Working", "Hold", "Done", "Done", "Canceled"]),
    specialInstructions: random.chance(0.2) ? random.sentence() : null,
    customerId: place.ref("customers", index),
    unused: false,
    createdById: 21,
    isConfirmed: random.chance(0.4),
    active: index % 27 !== 26,
  };
}

export function assignment(place: Place) {
  const { random, index } = place;
  return {
    ...times(place),
    technicianId: place.ref("technicians", index),
    technicianName: random.name(),
    assignedById: 21,
    assignedOn: place.createdOn,
    status: random.pick(["Scheduled", "Dispatched", "Working", "Done"]),
    isPaused: false,
    jobId: place.ref("jobs", index),
    appointmentId: place.ref("appointments", index),
    active: index % 21 !== 20,
  };
}

export function jobType(place: Place) {
  const { random, index } = place;
  return {
    ...times(place),
    name: `${random.words(2)} ${index + 1}`,
    businessUnitIds: [place.ref("business_units", index)],
    skills: [],
    tagTypeIds: [],
    priority: "Normal",
    duration: 7200,
    soldThreshold: null,
    class: "Service",
    summary: "",
    noCharge: false,
    enforceRecurringServiceEventSelection: null,
    invoiceSignaturesRequired: false,
    isSmartDispatched: false,
    externalData: [],
    active: index % 15 !== 14,
  };
}

export function reason(place: Place) {
  return { ...times(place), name: `${place.random.words(2)} ${place.index + 1}`, active: place.index % 9 !== 8 };
}
