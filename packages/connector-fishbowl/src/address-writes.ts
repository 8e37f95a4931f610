import { attempt, type Call, type DataRecord, type Field, type Outcome, type Update, VendorError } from "@fieldwright/connector-kit";
import type { Api } from "./api.js";
import { cellOf, mustNotEmpty } from "./cell.js";
import { refuse } from "./errors.js";
import { type Draft, importRecords } from "./import-records.js";
import { refused } from "./refused.js";
import { chunks, list } from "./sql.js";
import type { TableModel } from "./table-model.js";
import { getRecords, isId } from "./table-stream.js";
import { select } from "./walk.js";

/** Field -> column of the customer import, which keeps the addresses too. */
const columns = {
  addressName: "AddressName",
  name: "AddressContact",
  typeID: "AddressType",
  defaultFlag: "IsDefault",
  address: "Address",
  city: "City",
  state: "State",
  zip: "Zip",
  country: "Country",
  residentialFlag: "Residential",
} as const;

export const addressFields: Readonly<Record<string, Pick<Field, "required" | "readOnly">>> = {
  accountId: { required: true, readOnly: "after-create" },
  addressName: { required: true, readOnly: "after-create" },
  ...Object.fromEntries(
    Object.keys(columns)
      .filter((name) => name !== "addressName")
      .map((name) => [name, {}]),
  ),
};

interface AddressDraft extends Draft {
  readonly accountId: number;
  readonly addressName: string;
}

interface Wanted {
  readonly record: DataRecord;
  readonly before?: DataRecord;
}

export async function createAddresses(
  api: Api,
  model: TableModel,
  records: readonly DataRecord[],
  call: Call,
): Promise<readonly Outcome[]> {
  if (records.length === 0) return [];
  const there = await byNames(api, model, records, call);
  return write(
    api,
    model,
    call,
    records.map((record) => () => {
      const before = there.get(nameKey(record));
      if (before !== undefined)
        throw refuse(`This account has an address ${String(record.addressName)} already: ${String(before.id)}.`, {
          code: "fishbowl/exists",
          field: "addressName",
        });
      return { record };
    }),
  );
}

export async function updateAddresses(api: Api, model: TableModel, updates: readonly Update[], call: Call): Promise<readonly Outcome[]> {
  if (updates.length === 0) return [];
  const now = await getRecords(
    api,
    model,
    updates.map(({ key }) => key),
    call,
  );
  const byId = new Map(now.map((record) => [String(record.id), record]));
  return write(
    api,
    model,
    call,
    updates.map(({ key, set }) => () => {
      const before = byId.get(key);
      if (before === undefined)
        throw new VendorError(`Fishbowl has no address ${key}.`, { code: "fishbowl/not-found", next: "hold-record" });
      for (const name of ["accountId", "addressName"])
        if (name in set && set[name] !== before[name])
          throw refuse(`Fishbowl's import knows an address by its name, so ${name} cannot be changed by it.`, { field: name });
      return { record: { ...set, accountId: before.accountId, addressName: before.addressName }, before };
    }),
  );
}

async function write(api: Api, model: TableModel, call: Call, wanted: readonly (() => Wanted)[]): Promise<readonly Outcome[]> {
  const asked = await Promise.all(wanted.map((one) => attempt(one)));
  const accounts = await customersOf(
    api,
    asked.flatMap((one) => ("value" in one ? [one.value.record.accountId] : [])),
    call,
  );
  const drafts = await Promise.all(
    asked.map((one) =>
      attempt(() => {
        if ("error" in one) throw one.error;
        return draftOf(one.value, accounts);
      }),
    ),
  );
  const plan = {
    name: api.options.imports.customers,
    header: [["Name", ...Object.values(columns)]],
    safeToRepeat: true,
    find: async (some: readonly AddressDraft[]) => {
      const there = await byNames(
        api,
        model,
        some.map(({ accountId, addressName }) => ({ accountId, addressName })),
        call,
      );
      return new Map(
        some.flatMap((draft) => {
          const record = there.get(nameKey({ accountId: draft.accountId, addressName: draft.addressName }));
          return record === undefined ? [] : [[draft, record] as const];
        }),
      );
    },
  };
  const outcomes = await importRecords(
    api,
    plan,
    drafts.flatMap((draft) => ("value" in draft ? [draft.value] : [])),
    call,
  );
  return drafts.map((draft) => {
    if ("error" in draft) return refused(draft.error);
    const error = new VendorError(`Nothing is known of ${draft.value.title}.`, {
      code: "fishbowl/not-looked-up",
      next: "hold-record",
      inDoubt: true,
    });
    return outcomes.get(draft.value) ?? refused(error);
  });
}

function draftOf({ record, before }: Wanted, accounts: ReadonlyMap<number, string>): AddressDraft {
  const { accountId, addressName } = record;
  if (typeof addressName !== "string" || addressName.trim() === "")
    throw refuse("An address needs a name of its own.", { field: "addressName" });
  const customer = accounts.get(Number(accountId));
  if (customer === undefined)
    throw refuse(`No customer has the account ${String(accountId)}; addresses of vendors cannot be written.`, { field: "accountId" });
  for (const name of Object.keys(record))
    if (name !== "accountId" && !(name in columns))
      throw refuse(`Fishbowl's import of customers has no column for ${name} of an address.`, { field: name });
  for (const name of Object.keys(columns)) if (before && name in record) mustNotEmpty(name, record[name], before[name]);
  return {
    title: `the address ${addressName} of ${customer}`,
    accountId: Number(accountId),
    addressName,
    rows: [[customer, ...Object.keys(columns).map((name) => cellOf(name, record[name]))]],
    set: record,
    created: before === undefined,
  };
}

/** Account -> name of its customer as an import writes it. */
async function customersOf(api: Api, accounts: readonly unknown[], call: Call): Promise<ReadonlyMap<number, string>> {
  const ids = [...new Set(accounts.map(String).filter(isId).map(Number))];
  const names = new Map<number, string>();
  for (const some of chunks(ids, 200)) {
    const sql = `SELECT t.accountId, t.name, (SELECT p.name FROM customer p WHERE p.id = t.parentId) AS parentName FROM customer t WHERE t.accountId IN ${list(some)} ORDER BY t.id`;
    for (const row of await api.query(sql, call)) {
      const parent = row.get("parentname");
      names.set(Number(row.get("accountid")), `${typeof parent === "string" ? `${parent}:` : ""}${String(row.get("name"))}`);
    }
  }
  return names;
}

async function byNames(api: Api, model: TableModel, records: readonly DataRecord[], call: Call): Promise<ReadonlyMap<string, DataRecord>> {
  const accounts = [
    ...new Set(
      records
        .map(({ accountId }) => String(accountId))
        .filter(isId)
        .map(Number),
    ),
  ];
  const there = new Map<string, DataRecord>();
  for (const some of chunks(accounts, 200))
    for (const record of await select(api, model, `t.accountId IN ${list(some)}`, call)) there.set(nameKey(record), record);
  return there;
}

function nameKey({ accountId, addressName }: DataRecord): string {
  return `${String(accountId)}/${String(addressName).trimEnd().toLowerCase()}`;
}
