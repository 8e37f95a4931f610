import { attempt, type Call, type DataRecord, type Outcome, type Update, VendorError } from "@fieldwright/connector-kit";
import type { Api } from "./api.js";
import { cellOf, mustNotEmpty } from "./cell.js";
import { refuse } from "./errors.js";
import { type Draft, importRecords } from "./import-records.js";
import { refused } from "./refused.js";
import { chunks, list } from "./sql.js";
import { customFieldsOf, type TableModel } from "./table-model.js";
import { getRecords } from "./table-stream.js";
import { select } from "./walk.js";

interface CustomerDraft extends Draft {
  readonly name: string;
  readonly parentId: number | null;
}

interface Wanted {
  readonly record: DataRecord;
  readonly before?: DataRecord | undefined;
}

/** Field -> column of the import, custom fields included. */
export function customerColumns(api: Api): Readonly<Record<string, string>> {
  const custom = customFieldsOf(api, "customers").map((label) => [label, `CF-${label}`]);
  return { ...api.assumptions.customerColumns, ...Object.fromEntries(custom) };
}

/** The import adds to a customer that is there, so what is to be new is looked for first. */
export async function createCustomers(
  api: Api,
  model: TableModel,
  records: readonly DataRecord[],
  call: Call,
): Promise<readonly Outcome[]> {
  const there = await byNames(api, model, records, call);
  const seen = new Set<string>();
  return write(
    api,
    model,
    call,
    records.map((record) => () => {
      const before = there.get(nameKey(record));
      if (before !== undefined) throw exists(record, before.id);
      if (seen.has(nameKey(record)))
        throw refuse(`Two customers of one batch are called ${String(record.name)}.`, { code: "fishbowl/exists", field: "name" });
      seen.add(nameKey(record));
      return { record };
    }),
  );
}

export async function upsertCustomers(
  api: Api,
  model: TableModel,
  { records, on, call }: { readonly records: readonly DataRecord[]; readonly on: readonly string[]; readonly call: Call },
): Promise<readonly Outcome[]> {
  if (records.length === 0) return [];
  if (on.join() !== "name")
    throw new VendorError(`Fishbowl's import knows customers by name, not by ${on.join(" and ")}.`, {
      code: "fishbowl/cannot-upsert-by",
      next: "stop-stream",
      hint: "Match by `name`.",
    });
  const there = await byNames(api, model, records, call);
  return write(
    api,
    model,
    call,
    records.map((record) => () => ({ record, before: there.get(nameKey(record)) })),
  );
}

export async function updateCustomers(api: Api, model: TableModel, updates: readonly Update[], call: Call): Promise<readonly Outcome[]> {
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
        throw new VendorError(`Fishbowl has no customer ${key}.`, { code: "fishbowl/not-found", next: "hold-record" });
      for (const name of ["name", "parentId"])
        if (name in set && set[name] !== before[name])
          throw refuse(`Fishbowl's import knows a customer by its name, so ${name} cannot be changed by it.`, {
            field: name,
            hint: "Rename or move the customer in the Fishbowl client.",
          });
      return { record: { ...set, name: before.name, parentId: before.parentId }, before };
    }),
  );
}

async function write(api: Api, model: TableModel, call: Call, wanted: readonly (() => Wanted)[]): Promise<readonly Outcome[]> {
  if (wanted.length === 0) return [];
  const columns = customerColumns(api);
  const asked = await Promise.all(wanted.map((one) => attempt(one)));
  const records = asked.flatMap((one) => ("value" in one ? [one.value.record] : []));
  const used = Object.keys(columns).filter((name) => records.some((record) => name in record));
  const parents = await parentNames(api, model, records, call);
  const drafts = await Promise.all(
    asked.map((one) =>
      attempt(() => {
        if ("error" in one) throw one.error;
        return draftOf(one.value, { columns, used, parents });
      }),
    ),
  );
  const plan = {
    name: api.options.imports.customers,
    header: [["Name", ...used.map((name) => columns[name] ?? name)]],
    safeToRepeat: true,
    find: (some: readonly CustomerDraft[]) => found(api, model, some, call),
  };
  const outcomes = await importRecords(
    api,
    plan,
    drafts.flatMap((draft) => ("value" in draft ? [draft.value] : [])),
    call,
  );
  return drafts.map((draft) => ("error" in draft ? refused(draft.error) : (outcomes.get(draft.value) ?? refused(lost(draft.value)))));
}

interface Ground {
  readonly columns: Readonly<Record<string, string>>;
  readonly used: readonly string[];
  readonly parents: ReadonlyMap<string, string>;
}

function draftOf({ record, before }: Wanted, { columns, used, parents }: Ground): CustomerDraft {
  const { name } = record;
  if (typeof name !== "string" || name.trim() === "") throw refuse("A customer needs a name.", { field: "name" });
  if (name.includes(":")) throw refuse("Fishbowl's import reads what stands before a colon as another customer.", { field: "name" });
  const parent = record.parentId === null || record.parentId === undefined ? undefined : parents.get(String(record.parentId));
  if (parent === undefined && record.parentId !== null && record.parentId !== undefined)
    throw refuse(`Fishbowl has no customer ${String(record.parentId)} that this could be a job of.`, { field: "parentId" });
  for (const field of Object.keys(record))
    if (field !== "name" && field !== "parentId" && columns[field] === undefined)
      throw refuse(`Fishbowl's import of customers has no column for ${field}.`, {
        field,
        hint: "Name one in `assumptions.customerColumns`, if there is.",
      });
  for (const field of used) if (before && field in record) mustNotEmpty(field, record[field], before[field]);
  return {
    title: `the customer ${name}`,
    name,
    parentId: parent === undefined ? null : Number(record.parentId),
    rows: [[parent === undefined ? name : `${parent}:${name}`, ...used.map((field) => cellOf(field, record[field]))]],
    set: Object.fromEntries(used.filter((field) => field in record).map((field) => [field, record[field]])),
    created: before === undefined,
  };
}

async function found(
  api: Api,
  model: TableModel,
  drafts: readonly CustomerDraft[],
  call: Call,
): Promise<ReadonlyMap<CustomerDraft, DataRecord>> {
  const there = await byNames(
    api,
    model,
    drafts.map(({ name, parentId }) => ({ name, parentId })),
    call,
  );
  return new Map(
    drafts.flatMap((draft) => {
      const record = there.get(nameKey({ name: draft.name, parentId: draft.parentId }));
      return record === undefined ? [] : [[draft, record] as const];
    }),
  );
}

/** By name and parent, the way that Fishbowl keeps them apart. */
async function byNames(api: Api, model: TableModel, records: readonly DataRecord[], call: Call): Promise<ReadonlyMap<string, DataRecord>> {
  const names = [...new Set(records.map(({ name }) => name).filter((name) => typeof name === "string"))];
  const there = new Map<string, DataRecord>();
  for (const some of chunks(names, 20))
    for (const record of await select(api, model, `t.name IN ${list(some)}`, call)) there.set(nameKey(record), record);
  return there;
}

async function parentNames(api: Api, model: TableModel, records: readonly DataRecord[], call: Call): Promise<ReadonlyMap<string, string>> {
  const ids = [
    ...new Set(
      records
        .map(({ parentId }) => parentId)
        .filter((id) => id !== null && id !== undefined)
        .map(String),
    ),
  ];
  const parents = await getRecords(api, model, ids, call);
  return new Map(parents.map((parent) => [String(parent.id), String(parent.name)]));
}

function nameKey({ name, parentId }: DataRecord): string {
  return `${String(parentId ?? "")}/${String(name).trimEnd().toLowerCase()}`;
}

function exists(record: DataRecord, id: unknown): VendorError {
  return refuse(`Fishbowl has a customer ${String(record.name)} already: ${String(id)}.`, {
    code: "fishbowl/exists",
    field: "name",
    hint: "Match by `name`, or give the new one another name.",
  });
}

function lost({ title }: Draft): VendorError {
  return new VendorError(`Nothing is known of ${title}.`, { code: "fishbowl/not-looked-up", next: "hold-record", inDoubt: true });
}
