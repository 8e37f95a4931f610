import type { WriteTrial } from "@fieldwright/connector-kit/testing";

const mail = (n: number) => `new.person.${n}@example.test`;

/** A record to create, and what to change of it, for each module. */
export const writes: readonly WriteTrial[] = [
  {
    stream: "Leads",
    record: (n) => ({ Last_Name: `Stone ${n}`, Company: "Stone Ltd", Email: mail(n), Lead_Status: "Contacted" }),
    change: { Lead_Status: "Lost Lead", Phone: "+15550100001" },
    upsertOn: ["Email"],
  },
  {
    stream: "Contacts",
    record: (n) => ({ Last_Name: `Stone ${n}`, First_Name: "Ivy", Email: mail(n), Interests: ["Solar"], Extra_30: `late ${n}` }),
    change: { First_Name: "Ida", Interests: [] },
    follows: ["Full_Name"],
    upsertOn: ["Email"],
  },
  {
    stream: "Accounts",
    record: (n) => ({ Account_Name: `Stone ${n} Ltd`, Employees: 12, Account_Number: `N-${n}` }),
    change: { Employees: 13, Description: "Grown." },
    upsertOn: ["Account_Number"],
  },
  {
    stream: "Deals",
    record: (n) => ({ Deal_Name: `Roof ${n}`, Stage: "Qualification", Amount: 1250.5, Closing_Date: "2026-05-01" }),
    change: { Stage: "Closed Won" },
    upsertOn: ["Deal_Name"],
  },
  { stream: "Tasks", record: (n) => ({ Subject: `Call ${n}`, Status: "Not Started" }), change: { Status: "Completed" } },
  {
    stream: "Sites",
    record: (n) => ({ Name: `Hall ${n}`, Site_Code: `H-${n}`, Roof_Area: 99.25 }),
    change: { Roof_Area: 100.75 },
    upsertOn: ["Site_Code"],
  },
];
