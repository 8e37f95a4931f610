import type { DataRecord } from "@fieldwright/connector-kit";
import { contactTypes } from "../data/places.js";
import type { FishbowlDatabase } from "../database.js";
import { Refusal } from "../refusal.js";
import { cellsBy, countryIn, createUndo, customerCalled, mustKnow, newCustomer, stateIn, tooLong, type Undo } from "./import-rows.js";

const contactColumns = ["Main", "Home", "Work", "Mobile", "Fax", "Email", "Pager", "Web", "Other"] as const;

export const customerHeader = [
  ...["Name", "AddressName", "AddressContact", "AddressType", "IsDefault", "Address", "City", "State", "Zip", "Country", "Residential"],
  ...contactColumns,
  ...["CurrencyName", "CurrencyRate", "Group", "CreditLimit", "Status", "Active", "TaxRate", "Salesman", "DefaultPriority", "Number"],
  ...["PaymentTerms", "TaxExempt", "TaxExemptNumber", "URL", "CarrierName", "CarrierService", "ShippingTerms", "AlertNotes"],
  ...["QuickBooksClassName", "ToBeEmailed", "ToBePrinted", "IssuableStatus"],
];

const texts: Readonly<Record<string, string>> = { Number: "number", TaxExemptNumber: "taxExemptNumber", URL: "url", AlertNotes: "note" };
const flags: Readonly<Record<string, string>> = {
  Active: "activeFlag",
  TaxExempt: "taxExempt",
  ToBeEmailed: "toBeEmailed",
  ToBePrinted: "toBePrinted",
};

/** A name that is there gets the fields and the address; one that is not becomes a customer. Nothing is answered but that it went well. */
export function importCustomers(database: FishbowlDatabase, rows: readonly (readonly string[])[]): void {
  const [header = [], ...lines] = rows;
  if (header[0] !== "Name") throw new Refusal(400, 'The first column header must be "Name".');
  mustKnow(header, customerHeader);
  const undo = createUndo();
  for (const [index, row] of lines.entries()) {
    try {
      importLine(database, { cells: cellsBy(header, row), line: index + 2, undo });
    } catch (error) {
      if (database.settings.partialImports === "undone") undo.back();
      throw error;
    }
  }
}

interface Line {
  readonly cells: Readonly<Record<string, string>>;
  readonly line: number;
  readonly undo: Undo;
}

function importLine(database: FishbowlDatabase, { cells, line, undo }: Line): void {
  const name = cells.Name ?? "";
  if (name === "") throw new Refusal(402, `Line ${line}: Name is required.`);
  for (const part of name.split(":")) tooLong(part, 41, { column: "Name", line });
  checkCells(database, cells, line);
  const customer = customerCalled(database, name) ?? newCustomer(database, name, undo);
  const set = fieldsIn(database, cells, customer);
  const changed = Object.keys(set).length > 0 ? undo.change(database.table("customer"), Number(customer.id), set) : customer;
  if ((cells.AddressName ?? "") !== "") importAddress(database, { cells, line, undo }, changed);
}

/** A bad cell is found before anything of its line is done. */
function checkCells(database: FishbowlDatabase, cells: Readonly<Record<string, string>>, line: number): void {
  stateIn(database, cells.State ?? "", line);
  const lengths = { AddressName: 90, Address: 90, City: 30, Zip: 10, Number: 30, TaxExemptNumber: 30 };
  for (const [column, most] of Object.entries(lengths)) tooLong(cells[column] ?? "", most, { column, line });
  for (const column of [...Object.keys(flags), "IsDefault", "Residential"])
    if (!["", "true", "false"].includes(cells[column] ?? "")) throw new Refusal(402, `Line ${line}: ${column} must be true or false.`);
  if (contactColumns.some((column) => (cells[column] ?? "") !== "") && (cells.AddressContact ?? "") === "")
    throw new Refusal(402, `Line ${line}: AddressContact is required with contact data.`);
  const number = cells.Number ?? "";
  const taken = number === "" ? undefined : database.table("customer").equal("number", [number.toLowerCase()])[0];
  if (taken && customerCalled(database, cells.Name ?? "")?.id !== taken.id)
    throw new Refusal(402, `Line ${line}: Number "${number}" is in use.`);
}

/** An empty cell leaves its field alone. */
function fieldsIn({ settings }: FishbowlDatabase, cells: Readonly<Record<string, string>>, customer: DataRecord): DataRecord {
  const set: Record<string, unknown> = {};
  for (const [column, value] of Object.entries(cells)) {
    if (value === "" || settings.deafColumns.includes(column)) continue;
    const [text, flag] = [texts[column], flags[column]];
    if (text !== undefined) set[text] = value;
    if (flag !== undefined) set[flag] = value === "true";
    if (column === "CreditLimit") set.creditLimit = `${Number(value).toFixed(2)}0000000`;
  }
  const custom = Object.entries(cells).filter(([column, value]) => column.startsWith("CF-") && value !== "");
  if (custom.length === 0) return set;
  const fields = { ...(customer.customFields as Record<string, DataRecord> | null) };
  for (const [column, value] of custom) {
    const field = column.slice("CF-".length);
    const id = Object.keys(fields).find((key) => fields[key]?.name === field) ?? String(Object.keys(fields).length + 1);
    fields[id] = { name: field, type: "Text", value };
  }
  return { ...set, customFields: fields };
}

function importAddress(database: FishbowlDatabase, { cells, line, undo }: Line, customer: DataRecord): void {
  const store = database.table("address");
  const own = store.equal("accountId", [Number(customer.accountId)]);
  const name = cells.AddressName ?? "";
  const before = own.find((row) => String(row.addressName).toLowerCase() === name.toLowerCase());
  const type = Number(cells.AddressType === "" || cells.AddressType === undefined ? (before?.typeID ?? 50) : cells.AddressType);
  if (![10, 20, 30, 40, 50].includes(type)) throw new Refusal(402, `Line ${line}: AddressType "${cells.AddressType}" does not exist.`);
  if (type !== 50 && !own.some((row) => row.typeID === 50)) throw new Refusal(402, `Line ${line}: a Main Office address must exist first.`);
  const given = {
    ...present({ name: cells.AddressContact, address: cells.Address, city: cells.City, zip: cells.Zip }),
    ...(cells.State ? { stateId: stateIn(database, cells.State, line) } : {}),
    ...(cells.Country ? { countryId: countryIn(database, cells.Country) } : {}),
    ...(cells.IsDefault ? { defaultFlag: cells.IsDefault === "true" } : {}),
    ...(cells.Residential ? { residentialFlag: cells.Residential === "true" } : {}),
    typeID: type,
  };
  const blank = {
    name: "",
    address: null,
    city: null,
    stateId: null,
    zip: null,
    countryId: null,
    defaultFlag: false,
    residentialFlag: false,
  };
  const address = before
    ? undo.change(store, Number(before.id), given)
    : undo.add(store, {
        ...blank,
        id: database.nextId("address"),
        accountId: customer.accountId,
        addressName: name,
        locationGroupId: null,
        ...given,
      });
  for (const column of contactColumns) {
    if (!cells[column]) continue;
    const contact = {
      id: database.nextId("contact"),
      accountId: customer.accountId,
      addressId: address.id,
      contactName: cells.AddressContact,
    };
    const typeId = contactTypes.indexOf(column) + 1;
    undo.add(database.table("contact"), { ...contact, datus: cells[column], typeId, defaultFlag: true });
  }
}

function present(cells: Readonly<Record<string, string | undefined>>): DataRecord {
  return Object.fromEntries(Object.entries(cells).filter(([, value]) => value !== undefined && value !== ""));
}
