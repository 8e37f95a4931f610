import type { WriteTrial } from "@fieldwright/connector-kit/testing";

/** Of the people, customers and calendars that every generated company begins with. */
export const writes: readonly WriteTrial[] = [
  {
    stream: "users",
    record: (n) => ({
      firstName: "Trial",
      lastName: `Person ${n}`,
      email: `trial-${n}@example.test`,
      phoneNumber: `+1555900000${n}`,
      jobTitle: "Setter",
      role: "Setter",
      office: "Lakeside Office",
      team: "Blue",
    }),
    change: { jobTitle: "Closer", phoneNumber: "+15559000099" },
  },
  {
    stream: "customers",
    record: (n) => ({
      firstName: "Trial",
      lastName: `Customer ${n}`,
      email: `customer-${n}@example.test`,
      phoneNumber: `555910000${n}`,
      companyName: "O'Trial & Sons",
      type: 1,
      ownerId: 9101,
      statusTitle: "Callback",
      lead_priority: "Warm",
    }),
    change: { city: "Tempe", statusTitle: "Not Home", statusId: 78, lead_priority: "Hot" },
    upsertOn: ["email"],
  },
  {
    stream: "appointments",
    record: (n) => ({
      title: `Trial ${n}`,
      calendarId: 1,
      userId: 9101,
      closerId: 9102,
      contact: { id: 500001, fullName: "Ivy High", email: "contact500001@example.test", phoneNumber: "+15551000003", contactSource: "API" },
      startAt: "2026-04-01 15:00:00",
      endAt: "2026-04-01 15:45:00",
      notes: "Bring a ladder.",
    }),
    change: { title: "Moved", startAt: "2026-04-02 15:00:00", endAt: "2026-04-02 15:45:00", closerId: 9103 },
  },
  {
    stream: "notes",
    record: (n) => ({ customerId: 500003, userId: 9101, note: `Trial ${n}: "quoted" and\nbroken.` }),
    change: { note: "Rewritten." },
  },
];
