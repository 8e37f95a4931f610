import { withCustom } from "./custom-fields.js";
import { type Field, field, fields, lookup, metaFields, picklist } from "./field.js";
import type { Settings } from "./options.js";

export interface Module {
  readonly name: string;
  readonly singular: string;
  /** Its place in ids and in the settings. */
  readonly number: number;
  readonly generated: "default" | "custom";
  /** What a person calls a record by. */
  readonly display: string;
  readonly fields: readonly Field[];
  readonly byName: ReadonlyMap<string, Field>;
  /** Tried by an upsert that names no fields. */
  readonly systemDuplicateField?: string;
  readonly upserts: boolean;
}

const sources = ["Cold Call", "Web Research", "Employee Referral", "Trade Show"];
const stages = ["Qualification", "Needs Analysis", "Id. Decision Makers", "Closed Won", "Closed Lost"];

interface Draft {
  readonly name: string;
  readonly display: string;
  readonly fields: readonly Field[];
  readonly system?: string;
  readonly upserts?: boolean;
  readonly custom?: boolean;
}

export function modulesOf({ extraFields, customFields }: Pick<Settings, "extraFields" | "customFields">): readonly Module[] {
  const drafts: readonly Draft[] = [
    { name: "Leads", display: "Full_Name", system: "Email", fields: leadFields },
    { name: "Contacts", display: "Full_Name", system: "Email", fields: [...contactFields, ...extras(extraFields)] },
    { name: "Accounts", display: "Account_Name", system: "Account_Name", fields: accountFields },
    { name: "Deals", display: "Deal_Name", system: "Deal_Name", fields: dealFields },
    { name: "Tasks", display: "Subject", upserts: false, fields: taskFields },
    { name: "Sites", display: "Name", custom: true, fields: siteFields },
  ];
  return drafts.map((draft, number) =>
    moduleOf({ ...draft, fields: withCustom(draft.fields, customFields[draft.name] ?? []) }, number + 1),
  );
}

function moduleOf(draft: Draft, number: number): Module {
  const all = [...draft.fields, ...metaFields];
  return {
    name: draft.name,
    singular: draft.name.replace(/s$/, ""),
    number,
    generated: draft.custom ? "custom" : "default",
    display: draft.display,
    fields: all,
    byName: new Map(all.map((one) => [one.name, one])),
    ...(draft.system === undefined ? {} : { systemDuplicateField: draft.system }),
    upserts: draft.upserts ?? true,
  };
}

const person: readonly Field[] = [
  field("Last_Name", "text", { mandatory: true }),
  field("First_Name"),
  field("Full_Name", "text", { readOnly: true }),
  ...fields("Email Secondary_Email", "email"),
  ...fields("Phone Mobile Fax", "phone"),
  picklist("Lead_Source", sources),
  field("Email_Opt_Out", "boolean"),
  field("Description", "textarea"),
  field("External_Ref", "text", { unique: true, custom: true }),
];

const leadFields: readonly Field[] = [
  ...person,
  ...fields("Company Designation Street City State Zip_Code Country"),
  picklist("Lead_Status", ["Not Contacted", "Contacted", "Lost Lead"]),
  field("No_of_Employees", "integer"),
  field("Annual_Revenue", "currency"),
  field("Converted__s", "boolean", { readOnly: true }),
  field("Converted_Date_Time", "datetime", { readOnly: true }),
];

const contactFields: readonly Field[] = [
  ...person,
  lookup("Account_Name", "Accounts"),
  ...fields("Title Department Mailing_Street Mailing_City Mailing_State Mailing_Zip Mailing_Country"),
  ...fields("Home_Phone Other_Phone", "phone"),
  field("Date_of_Birth", "date"),
  { ...field("Interests", "multiselectpicklist", { custom: true }), picks: ["Roofing", "Solar", "Siding"] },
  field("Legacy_Number", "bigint", { custom: true }),
];

const accountFields: readonly Field[] = [
  field("Account_Name", "text", { mandatory: true }),
  lookup("Parent_Account", "Accounts"),
  ...fields("Account_Site Billing_Street Billing_City Billing_State Billing_Code Billing_Country"),
  field("Account_Number", "text", { unique: true }),
  picklist("Industry", ["Construction", "Energy", "Retail"]),
  field("Employees", "integer"),
  field("Annual_Revenue", "currency"),
  field("Phone", "phone"),
  field("Website", "website"),
  field("Description", "textarea"),
];

const dealFields: readonly Field[] = [
  field("Deal_Name", "text", { mandatory: true }),
  picklist("Stage", stages, { mandatory: true }),
  field("Closing_Date", "date"),
  field("Amount", "currency"),
  lookup("Account_Name", "Accounts"),
  lookup("Contact_Name", "Contacts"),
  field("Probability", "integer"),
  field("Expected_Revenue", "currency", { readOnly: true }),
  picklist("Lead_Source", sources),
  field("Description", "textarea"),
];

const taskFields: readonly Field[] = [
  field("Subject", "text", { mandatory: true }),
  picklist("Status", ["Not Started", "In Progress", "Completed"]),
  picklist("Priority", ["High", "Normal", "Low"]),
  field("Due_Date", "date"),
  lookup("Who_Id", "Contacts"),
  field("Description", "textarea"),
];

const siteFields: readonly Field[] = [
  field("Name", "text", { mandatory: true }),
  lookup("Account", "Accounts", { custom: true }),
  field("Roof_Area", "double", { custom: true }),
  field("Inspected_At", "datetime", { custom: true }),
  field("Site_Code", "text", { unique: true, custom: true }),
];

function extras(count: number): readonly Field[] {
  return Array.from({ length: count }, (_, index) => field(`Extra_${index + 1}`, "text", { custom: true }));
}
