import type { Call, DataRecord, Stream } from "@fieldwright/connector-kit";
import type { Api } from "../api.js";
import { bodyOf } from "../body.js";
import type { Declaration } from "../declaration.js";
import { fieldsOf } from "../fields.js";
import { send } from "../plain-writes.js";
import { streamOf } from "../stream-of.js";

const jobNotesOf: Declaration = {
  name: "job_notes",
  about: "Notes of jobs; added, and never changed or removed by the API.",
  module: "jpm",
  list: "jobs",
  feed: "export/job-notes",
  fields: fieldsOf({
    integer: "id createdById jobId",
    boolean: "active isPinned pinToTop",
    text: "text",
    datetime: "createdOn modifiedOn",
    create: "jobId text pinToTop",
    required: "jobId text",
  }),
  writeOnly: "pinToTop",
  references: { jobId: "jobs" },
};

export function jobNotes(api: Api): Stream {
  return streamOf(api, jobNotesOf, {
    async create({ jobId, ...record }, call) {
      const json = bodyOf(api, jobNotesOf, { set: record, rules: { patch: false } });
      const answer = await send(api, { method: "POST", path: api.path("jpm", `jobs/${String(jobId)}/notes`), json }, call);
      const made = await madeNote(api, { jobId, text: record.text, createdOn: answer?.createdOn }, call);
      // A note without a known id is there all the same, and must not be written again.
      return made === undefined ? { key: `of-${String(jobId)}-${String(answer?.createdOn)}` } : { key: String(made.id), answer: made };
    },
  });
}

interface Sought {
  readonly jobId: unknown;
  readonly text: unknown;
  readonly createdOn: unknown;
}

/** ServiceTitan answers a new job note without its id; only the feed tells it. */
async function madeNote(api: Api, { jobId, text, createdOn }: Sought, call: Call): Promise<DataRecord | undefined> {
  if (typeof createdOn !== "string") return undefined;
  const page = await api.feed(api.path("jpm", "export/job-notes"), { from: createdOn, includeRecentChanges: true }, call);
  return page.data.find((row) => String(row.jobId) === String(jobId) && row.text === text && row.createdOn === createdOn);
}
