import { attempt, type Call, type DataRecord, notTried, type Outcome, stopsAll, VendorError } from "@fieldwright/connector-kit";
import type { Api } from "./api.js";
import { refused } from "./refused.js";
import { chunks } from "./sql.js";

/** A record on its way into an import. */
export interface Draft {
  /** As people know it, for messages. */
  readonly title: string;
  readonly rows: readonly (readonly string[])[];
  /** What its fields should say afterwards. */
  readonly set: DataRecord;
  readonly created: boolean;
}

export interface Import<D extends Draft> {
  readonly name: string;
  readonly header: readonly (readonly string[])[];
  /** Whether the same rows twice do the same as once. */
  readonly safeToRepeat: boolean;
  /** The drafts' records as they are in Fishbowl at this moment. */
  find(drafts: readonly D[], call: Call): Promise<ReadonlyMap<D, DataRecord>>;
}

type Outcomes<D> = Map<D, Outcome>;

/** An import answers for all of its rows at once, so each record is looked up afterwards. */
export async function importRecords<D extends Draft>(api: Api, plan: Import<D>, drafts: readonly D[], call: Call): Promise<Outcomes<D>> {
  const outcomes: Outcomes<D> = new Map();
  let stop: VendorError | undefined;
  for (const some of chunks(drafts, api.assumptions.recordsPerImport)) {
    const done: Outcomes<D> = stop === undefined ? await importSome(api, plan, some, call) : all(some, refused(stop));
    for (const [draft, outcome] of done) {
      outcomes.set(draft, outcome);
      if (!outcome.ok && stopsAll(outcome.error)) stop ??= notTried(outcome.error);
    }
  }
  return outcomes;
}

async function importSome<D extends Draft>(api: Api, plan: Import<D>, drafts: readonly D[], call: Call): Promise<Outcomes<D>> {
  const json = [...plan.header, ...drafts.flatMap((draft) => draft.rows)];
  const path = `/api/import/${encodeURIComponent(plan.name)}`;
  const sent = await attempt(() => api.send({ method: "POST", path, json, safeToRepeat: plan.safeToRepeat }, call));
  const error = "error" in sent ? sent.error : undefined;
  if (error !== undefined && stopsAll(error) && !error.inDoubt) return stopped(drafts, error);
  const looked = await attempt(() => plan.find(drafts, call));
  if ("error" in looked) return all(drafts, refused(error === undefined || error.inDoubt ? inDoubt(looked.error, error) : error));
  if (error === undefined) return new Map(drafts.map((draft) => [draft, told(api, draft, looked.value.get(draft))]));
  if (error.inDoubt) return new Map(drafts.map((draft) => [draft, settled(draft, looked.value.get(draft), error)]));
  return drafts.length === 1 ? single(drafts, looked.value, error) : oneAtATime(api, plan, { drafts, there: looked.value }, call);
}

/** A refusal names one row at best: the records that did not get in are sent again, each by itself. */
async function oneAtATime<D extends Draft>(
  api: Api,
  plan: Import<D>,
  { drafts, there }: { readonly drafts: readonly D[]; readonly there: ReadonlyMap<D, DataRecord> },
  call: Call,
): Promise<Outcomes<D>> {
  const outcomes: Outcomes<D> = new Map();
  let stop: VendorError | undefined;
  for (const draft of drafts) {
    const record = there.get(draft);
    if (draft.created && record !== undefined) outcomes.set(draft, done(draft, record));
    else if (stop !== undefined) outcomes.set(draft, refused(stop));
    else {
      const [outcome] = (await importSome(api, plan, [draft], call)).values();
      if (outcome !== undefined) outcomes.set(draft, outcome);
      if (outcome?.ok === false && stopsAll(outcome.error)) stop = notTried(outcome.error);
    }
  }
  return outcomes;
}

function single<D extends Draft>(drafts: readonly D[], there: ReadonlyMap<D, DataRecord>, error: VendorError): Outcomes<D> {
  return new Map(
    drafts.map((draft) => {
      const isThere = draft.created && there.has(draft);
      return [draft, refused(isThere ? halfDone(draft, error) : error)];
    }),
  );
}

/** Of an import without an answer: what its record says now. */
function settled(draft: Draft, record: DataRecord | undefined, error: VendorError): Outcome {
  if (record === undefined) return refused(error);
  return draft.created || differs(draft.set, record) === undefined ? done(draft, record) : refused(error);
}

/** Of an import that Fishbowl took: whether it shows. A column that a server does not know may be passed over in silence. */
function told(api: Api, draft: Draft, record: DataRecord | undefined): Outcome {
  if (record === undefined)
    return refused(
      new VendorError(`Fishbowl took the import of ${draft.title}, and does not show it.`, {
        code: "fishbowl/not-shown",
        next: "hold-record",
        inDoubt: true,
        hint: "Look it up in Fishbowl before it is tried again.",
      }),
    );
  const field = differs(draft.set, record);
  if (field === undefined) return done(draft, record);
  const said = `Fishbowl took the import of ${draft.title}, but left ${field} as ${JSON.stringify(record[field] ?? null)}`;
  if (draft.created) {
    api.notice(`${said}. It may be set up otherwise there, or the column's name be another one (\`assumptions.customerColumns\`).`);
    return done(draft, record);
  }
  return refused(
    new VendorError(`${said}.`, {
      code: "fishbowl/not-taken",
      next: "hold-record",
      field,
      hint: "This server's import may name the column otherwise: see `assumptions.customerColumns`.",
    }),
  );
}

/** The first field that does not say what it should. */
export function differs(set: DataRecord, record: DataRecord): string | undefined {
  return Object.keys(set).find((name) => !same(set[name], record[name]));
}

function same(wanted: unknown, got: unknown): boolean {
  if (Array.isArray(wanted)) return Array.isArray(got) && wanted.length === got.length;
  if (wanted === null || wanted === undefined || wanted === "") return true;
  const [a, b] = [String(wanted), String(got ?? "")];
  return a === b || (a.trim() !== "" && b.trim() !== "" && Number(a) === Number(b));
}

function done(draft: Draft, record: DataRecord): Outcome {
  return { ok: true, key: String(record.id), created: draft.created, record };
}

function all<D extends Draft>(drafts: readonly D[], outcome: Outcome): Outcomes<D> {
  return new Map(drafts.map((draft) => [draft, outcome]));
}

function stopped<D extends Draft>(drafts: readonly D[], error: VendorError): Outcomes<D> {
  return new Map(drafts.map((draft, index) => [draft, refused(index === 0 ? error : notTried(error))]));
}

function halfDone(draft: Draft, error: VendorError): VendorError {
  return new VendorError(`${error.message} And yet ${draft.title} is there now.`, {
    code: "fishbowl/half-done",
    next: error.next,
    inDoubt: true,
    hint: "Look at it in Fishbowl: part of it may be missing.",
    cause: error,
  });
}

function inDoubt(looking: VendorError, sending: VendorError | undefined): VendorError {
  const before = sending === undefined ? "Fishbowl took the import" : sending.message;
  return new VendorError(`${before} What became of it could not be looked up: ${looking.message}`, {
    code: "fishbowl/not-looked-up",
    next: looking.next === "retry" ? "hold-record" : looking.next,
    inDoubt: true,
    hint: "Look at the record in Fishbowl before it is tried again; the next run does so by itself.",
    cause: sending ?? looking,
  });
}
