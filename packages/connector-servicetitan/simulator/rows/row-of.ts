import type { Kind } from "../kinds.js";
import type { Place } from "../place.js";
import type { Row } from "../store.js";
import { booking, customer, customerContact, lead, location, locationContact } from "./crm-rows.js";
import { appointment, assignment, job, jobNote, jobType, reason } from "./job-rows.js";
import { invoice, membership, payment } from "./money-rows.js";
import { category, equipment, material, service } from "./pricebook-rows.js";
import { estimate } from "./sales-rows.js";
import { businessUnit, campaign, employee, tagType, technician } from "./settings-rows.js";

/** How a generated row of each kind looks in its feed, or in its list where it has no feed. */
export const rowOf: Readonly<Record<Kind, (place: Place) => Row>> = {
  business_units: businessUnit,
  technicians: technician,
  employees: employee,
  tag_types: tagType,
  job_types: jobType,
  job_hold_reasons: reason,
  job_cancel_reasons: reason,
  campaigns: campaign,
  categories: category,
  services: service,
  materials: material,
  equipment: equipment,
  customers: customer,
  customer_contacts: customerContact,
  locations: location,
  location_contacts: locationContact,
  leads: lead,
  bookings: booking,
  jobs: job,
  job_notes: jobNote,
  appointments: appointment,
  appointment_assignments: assignment,
  estimates: estimate,
  invoices: invoice,
  payments: payment,
  memberships: membership,
};
