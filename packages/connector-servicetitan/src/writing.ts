import {
  asVendorError,
  type Call,
  type DataRecord,
  type Outcome,
  oneByOne,
  type Stream,
  type Update,
  VendorError,
} from "@fieldwright/connector-kit";
import type { Api } from "./api.js";
import type { Declaration } from "./declaration.js";
import { words } from "./fields.js";
import { refuse } from "./refuse.js";
import { sameStatus } from "./status-words.js";
import { took } from "./took.js";

export interface Created {
  readonly key: string;
  /** The whole record, where the answer holds it. */
  readonly answer?: DataRecord;
}

/** What a stream's writes send; all around it is the same for all. */
export interface Writes {
  create?(record: DataRecord, call: Call): Promise<Created>;
  /** Gives the whole record where the answer holds it. */
  update?(update: Update, call: Call): Promise<DataRecord | undefined>;
  delete?(key: string, call: Call): Promise<void>;
  /** In place of the list's own way. */
  get?(keys: readonly string[], call: Call): Promise<readonly DataRecord[]>;
}

interface Around {
  readonly writes: Writes;
  readonly get?: NonNullable<Stream["get"]>;
}

export function writing(api: Api, stream: Declaration, around: Around): Pick<Stream, "create" | "update" | "delete"> {
  const { create, update, delete: remove } = around.writes;
  return {
    ...(create && { create: (records, call) => oneByOne(records, (record) => createOne(api, stream, { around, record, call })) }),
    ...(update && { update: (updates, call) => oneByOne(updates, (one) => updateOne(stream, { around, update: one, call })) }),
    ...(remove && {
      delete: (keys, call) =>
        oneByOne(keys, async (key) => {
          await remove(key, call);
          return { ok: true, key, created: false };
        }),
    }),
  };
}

interface Creating {
  readonly around: Around;
  readonly record: DataRecord;
  readonly call: Call;
}

/** A field that was dropped is told and not an error: the record is there, and must not be created again. */
async function createOne(api: Api, stream: Declaration, { around, record, call }: Creating): Promise<Outcome> {
  for (const field of Object.keys(record)) mustBeWritable(stream, field, { creating: true });
  const missing = Object.entries(stream.fields).filter(([name, field]) => field.required === true && isBlank(record[name]));
  if (missing.length > 0) {
    const names = missing.map(([name]) => name);
    throw refuse(`ServiceTitan creates ${stream.name} only with ${names.join(", ")}.`, { field: names[0] ?? "" });
  }
  const created = await around.writes.create?.(record, call);
  if (created === undefined) throw refuse(`ServiceTitan creates no ${stream.name}.`);
  const seen = shown(stream, created.answer) ?? (await readBack(around, created.key, call));
  const lost = lostFields(stream, record, seen);
  if (lost.length > 0)
    api.notice(`ServiceTitan created ${created.key} of ${stream.name} and did not take ${lost.join(", ")}, without saying so.`);
  return { ok: true, key: created.key, created: true, ...(seen === undefined ? {} : { record: seen }) };
}

interface Updating {
  readonly around: Around;
  readonly update: Update;
  readonly call: Call;
}

async function updateOne(stream: Declaration, { around, update, call }: Updating): Promise<Outcome> {
  for (const field of Object.keys(update.set)) mustBeWritable(stream, field, { creating: false });
  const answer = await around.writes.update?.(update, call);
  const seen = shown(stream, answer) ?? (await readBack(around, update.key, call));
  const lost = lostFields(stream, update.set, seen);
  if (lost.length > 0) throw notTaken(stream, { key: update.key, lost });
  return { ok: true, key: update.key, created: false, ...(seen === undefined ? {} : { record: seen }) };
}

function mustBeWritable({ name, fields }: Declaration, field: string, { creating }: { readonly creating: boolean }): void {
  const readOnly = fields[field]?.readOnly;
  // ServiceTitan itself would say 200 and drop it.
  if (fields[field] === undefined) throw refuse(`ServiceTitan has no field ${field} of ${name}.`, { field });
  if (readOnly === true) throw refuse(`ServiceTitan does not let ${field} of ${name} be written.`, { field });
  if (readOnly === "after-create" && !creating)
    throw refuse(`ServiceTitan lets ${field} of ${name} be set only when it is created.`, { field });
}

/** The write is done: a failure to look at it must not be told as a failure to write. */
async function readBack({ get }: Around, key: string, call: Call): Promise<DataRecord | undefined> {
  try {
    return (await get?.([key], call))?.[0];
  } catch (error) {
    if (asVendorError(error).code === "unexpected") throw error;
    return undefined;
  }
}

function shown(stream: Declaration, answer: DataRecord | undefined): DataRecord | undefined {
  if (answer === undefined) return undefined;
  const hidden = words(stream.writeOnly);
  const row = Object.fromEntries(Object.entries(answer).filter(([name]) => name in stream.fields && !hidden.has(name)));
  return stream.shaped?.(row) ?? row;
}

/** External data is read only with lists that name the application. */
function lostFields(stream: Declaration, sent: DataRecord, seen: DataRecord | undefined): readonly string[] {
  if (seen === undefined) return [];
  const unseen = words(`${stream.writeOnly ?? ""} externalData`);
  return Object.keys(sent).filter((name) => sent[name] !== undefined && !unseen.has(name) && !isTaken(name, sent[name], seen[name]));
}

/** A status may be written with other blanks and letters than it is read. */
function isTaken(name: string, sent: unknown, got: unknown): boolean {
  return took(sent, got) || (/status/i.test(name) && sameStatus(sent, got));
}

function notTaken(stream: Declaration, { key, lost }: { readonly key: string; readonly lost: readonly string[] }): VendorError {
  return new VendorError(`ServiceTitan said that ${key} of ${stream.name} was changed, and ${lost.join(", ")} is as before.`, {
    code: "servicetitan/not-taken",
    next: "hold-record",
    field: lost[0] ?? "",
    hint: "The rest of the change was made. Change this in ServiceTitan itself, or leave the field out of the mapping.",
  });
}

function isBlank(value: unknown): boolean {
  return value === undefined || value === null || value === "";
}
