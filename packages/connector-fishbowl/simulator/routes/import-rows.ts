import type { DataRecord } from "@fieldwright/connector-kit";
import type { FishbowlDatabase } from "../database.js";
import { localStamp } from "../local-time.js";
import { Refusal } from "../refusal.js";
import type { Store } from "../store.js";

/** What an import has done so far, for servers that take it back when a later row is bad. */
export interface Undo {
  add(store: Store, row: DataRecord): DataRecord;
  change(store: Store, id: number, set: DataRecord): DataRecord;
  back(): void;
}

export function createUndo(): Undo {
  const steps: (() => void)[] = [];
  return {
    add(store, row) {
      const added = store.add(row);
      steps.push(() => store.remove(Number(added.id)));
      return added;
    },
    change(store, id, set) {
      const before = store.get(id) ?? {};
      steps.push(() => void store.change(id, before));
      return store.change(id, set);
    },
    back() {
      for (const step of steps.splice(0).reverse()) step();
    },
  };
}

/** Cells by their columns; columns that the import does not know are refused. */
export function cellsBy(header: readonly string[], row: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(header.map((column, index) => [column, row[index] ?? ""]));
}

export function mustKnow(header: readonly string[], known: readonly string[]): void {
  for (const column of header)
    if (!known.includes(column) && !column.startsWith("CF-")) throw new Refusal(400, `Invalid column header "${column}".`);
}

/** By name or code, in any case. */
export function stateIn(database: FishbowlDatabase, text: string, line: number): number | null {
  if (text === "") return null;
  const [found] = [
    ...database.table("stateconst").equal("code", [text.toLowerCase()]),
    ...database.table("stateconst").equal("name", [text.toLowerCase()]),
  ];
  if (!found) throw new Refusal(402, `Line ${line}: State "${text}" does not exist.`);
  return Number(found.id);
}

export function countryIn(database: FishbowlDatabase, text: string): number | null {
  const [found] = text === "" ? [] : database.table("countryconst").equal("name", [text.toLowerCase()]);
  return found ? Number(found.id) : null;
}

/** "Customer:Job" is a job of that customer. */
export function customerCalled(database: FishbowlDatabase, text: string): DataRecord | undefined {
  const [first = "", job] = text.split(":");
  const store = database.table("customer");
  const top = store.equal("name", [first.trimEnd().toLowerCase()]).find((row) => row.parentId === null);
  if (job === undefined) return top;
  return top && store.equal("name", [job.trimEnd().toLowerCase()]).find((row) => row.parentId === top.id);
}

export function newCustomer(database: FishbowlDatabase, text: string, undo: Undo): DataRecord {
  const [first = "", job] = text.split(":");
  const parent = job === undefined ? undefined : (customerCalled(database, first) ?? newCustomer(database, first, undo));
  const id = database.nextId("customer");
  const customer = {
    ...{ id, accountId: 1_000_000 + id, name: job ?? first, number: `C${10_000 + id}` },
    ...{ parentId: parent?.id ?? null, jobDepth: parent ? 2 : 1, statusId: 20, activeFlag: true, creditLimit: "0.000000000" },
    ...{
      currencyId: 1,
      currencyRate: "1.000000000",
      taxExempt: false,
      toBeEmailed: false,
      toBePrinted: false,
      sysUserId: 1,
      issuableStatusId: 1,
    },
    dateCreated: localStamp(database.now(), database.timeZone),
  };
  return undo.add(database.table("customer"), customer);
}

export function tooLong(value: string, most: number, { column, line }: { readonly column: string; readonly line: number }): void {
  if (value.length > most) throw new Refusal(402, `Line ${line}: ${column} is longer than ${most} characters.`);
}
