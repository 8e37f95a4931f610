/** Kinds of records, in the order of their ids. */
export const kinds = [
  "business_units",
  "technicians",
  "employees",
  "tag_types",
  "job_types",
  "job_hold_reasons",
  "job_cancel_reasons",
  "campaigns",
  "categories",
  "services",
  "materials",
  "equipment",
  "customers",
  "customer_contacts",
  "locations",
  "location_contacts",
  "leads",
  "bookings",
  "jobs",
  "job_notes",
  "appointments",
  "appointment_assignments",
  "estimates",
  "invoices",
  "payments",
  "memberships",
] as const;

export type Kind = (typeof kinds)[number];

const spread = 150_000_000;

/** Each kind has a span of ids of its own; those of the later kinds are beyond 2^31, as real ones can be. */
export function firstIdOf(kind: Kind): number {
  return (kinds.indexOf(kind) + 1) * spread + 1;
}
