import {
  type CompanySeed,
  type CopperSimulator,
  createSimulator as createCopper,
  type DefinitionSeed,
} from "@fieldwright/connector-copper/simulator";
import { type CustomerSeed, createSimulator as createFishbowl, type FishbowlSimulator } from "@fieldwright/connector-fishbowl/simulator";
import type { DataRecord } from "@fieldwright/connector-kit";
import { randomAt } from "@fieldwright/connector-kit/testing";

/** How many companies and customers of each kind there are. */
export interface Shape {
  /** Active companies that Fishbowl has under their account number, under a noted Copper id, and by name and e-mail alone. */
  readonly byNumber: number;
  readonly byCopperId: number;
  readonly byName: number;
  /** Active companies that are new to Fishbowl, those without an order ID, and those typed into Copper twice. */
  readonly unknown: number;
  readonly withoutOrderId: number;
  readonly typedTwice: number;
  readonly inactive: number;
  /** Customers of Fishbowl that nobody in Copper knows, and those that are in Fishbowl twice. */
  readonly walkIns: number;
  readonly twins: number;
  readonly orders: number;
}

export interface Company {
  readonly fishbowl: FishbowlSimulator;
  readonly copper: CopperSimulator;
  close(): Promise<void>;
}

const firstCompany = 9_600_001; // the id of the first company in a simulated Copper account
const wholesaleSixWays = ["Wholesale", "WHOLESALE", " wholesale ", "Whole Sale", "whole-sale", "WHSL"];
const words = ["Aspen", "Birch", "Cedar", "Delta", "Elm", "Fir", "Granite", "Harbor", "Iris", "Juniper", "Kestrel", "Larch", "Mesa"];
const trades = ["Roofing", "Builders", "Homes", "Supply", "Gutters", "Windows", "Solar"];

const companyFields: readonly DefinitionSeed[] = (
  [
    ["Order ID", "String"],
    ["Account Type", "String"],
    ["Billing email", "String"],
    ["Orders", "Float"],
    ["Total sales", "Currency"],
    ["Average order", "Currency"],
    ["Last order", "Date"],
    ["Sales 2024", "Currency"],
    ["Sales 2025", "Currency"],
    ["Sales 2026", "Currency"],
  ] as const
).map(([name, data_type]) => ({ name, data_type, available_on: ["company"], ...(data_type === "Currency" ? { currency: "USD" } : {}) }));

const dropdowns: readonly DefinitionSeed[] = [
  {
    name: "Customer status",
    data_type: "Dropdown",
    available_on: ["company"],
    options: ["Active", "Inactive", "Prospect"],
    is_filterable: true,
  },
  { name: "Sales tier", data_type: "Dropdown", available_on: ["company"], options: ["Gold", "Silver", "Bronze"] },
];

/** A generated company on both systems: Fishbowl first, because companies in Copper have the mail addresses of their customers. */
export async function makeCompany(shape: Shape): Promise<Company> {
  const known = shape.byNumber + shape.byCopperId + shape.byName;
  const customers = [
    ...Array.from({ length: known }, (_, index) => customerOf(shape, index)),
    ...Array.from({ length: shape.walkIns }, (_, index) => walkIn(known + index)),
    ...Array.from({ length: shape.twins }, (_, index) => twinOf(index, known + shape.walkIns + index)),
  ];
  const fishbowl = await createFishbowl({
    sizes: { customers: customers.length, salesOrders: shape.orders },
    customers,
    history: { from: "2024-01-02", to: "2026-02-27" },
  });
  const mails = fishbowl.holds("contacts").filter((contact) => contact.typeId !== 5);
  for (let index = 0; index < shape.twins; index++) {
    const [own, twins] = [mails[index], mails[known + shape.walkIns + index]];
    fishbowl.change("contacts", String(twins?.id), { datus: own?.datus });
  }
  const companies = [
    ...Array.from({ length: known }, (_, index) => companyOf(index, { number: orderId(index), mail: String(mails[index]?.datus) })),
    ...Array.from({ length: shape.unknown }, (_, at) =>
      companyOf(known + at, { number: orderId(known + at), mail: `office@new-${at}.example.com` }),
    ),
    ...Array.from({ length: shape.withoutOrderId }, (_, at) => companyOf(known + shape.unknown + at, { number: null, mail: null })),
    // The same customer once more, under a name of its own. The first half of them are new to Fishbowl as well.
    ...Array.from({ length: shape.typedTwice }, (_, at) => {
      const first = at % 2 === 0 ? known + at : at;
      return companyOf(known + shape.unknown + shape.withoutOrderId + at, { number: orderId(first), mail: null });
    }),
    ...Array.from({ length: shape.inactive }, (_, at) => ({
      fields: { name: `Former ${at + 1}` },
      custom: { "Customer status": at % 2 === 0 ? "Inactive" : "Prospect", "Order ID": `Z-${at}`, "Account Type": "Retail" },
    })),
  ];
  const copper = await createCopper({
    companies,
    customFields: [...companyFields, ...dropdowns],
    rateLimit: false,
    timeZone: "America/Denver",
  });
  return { fishbowl, copper, close: async () => void (await Promise.all([fishbowl.close(), copper.close()])) };
}

function nameOf(index: number): string {
  return `${words[index % words.length]} ${trades[Math.floor(index / words.length) % trades.length]} ${index + 1}`;
}

function orderId(index: number): string {
  return `A-${1001 + index}`;
}

/** In Fishbowl: under its number; without one, but with the Copper id; or with neither. No account type, for nobody kept it there. */
function customerOf(shape: Shape, index: number): CustomerSeed {
  const hasNumber = index < shape.byNumber;
  const hasCopperId = !hasNumber && index < shape.byNumber + shape.byCopperId;
  return {
    fields: { name: nameOf(index).toUpperCase(), number: hasNumber ? orderId(index) : null, parentId: null, jobDepth: 1 },
    custom: { "Account Type": "", "Copper ID": hasCopperId ? String(firstCompany + index) : "" },
  };
}

function walkIn(index: number): CustomerSeed {
  return {
    fields: { name: `Counter ${index + 1}`, number: `W-${index}`, parentId: null, jobDepth: 1 },
    custom: { "Account Type": "Retail", "Copper ID": "" },
  };
}

function twinOf(index: number, place: number): CustomerSeed {
  return {
    fields: { name: `${nameOf(index)} LLC`, number: `OLD-${place}`, parentId: null, jobDepth: 1 },
    custom: { "Account Type": "Retail", "Copper ID": "" },
  };
}

function companyOf(index: number, { number, mail }: { readonly number: string | null; readonly mail: string | null }): CompanySeed {
  const random = randomAt(7, index);
  const type = random.pick([...wholesaleSixWays, "Retail", "RETAIL STORE", "Distributor"]);
  return {
    fields: { name: index % 3 === 0 ? `${nameOf(index)}, Inc.` : nameOf(index) },
    custom: { "Customer status": "Active", "Account Type": type, "Order ID": number, "Billing email": mail },
  };
}

/** A custom field of a company as the simulated account has it, read without the connector; of a dropdown, its label. */
export function custom(copper: CopperSimulator, company: DataRecord, name: string): unknown {
  const definition = copper.holds("custom_field_definitions").find((one) => one.name === name);
  const set = (company.custom_fields ?? []) as readonly DataRecord[];
  const value = set.find((one) => one.custom_field_definition_id === definition?.id)?.value ?? null;
  const options = (definition?.options ?? []) as readonly DataRecord[];
  return options.length > 0 ? options.find((option) => option.id === value)?.name : value;
}
