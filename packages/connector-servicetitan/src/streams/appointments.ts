import type { Call, DataRecord, Stream } from "@fieldwright/connector-kit";
import type { Api } from "../api.js";
import type { Declaration } from "../declaration.js";
import { fieldsOf } from "../fields.js";
import { inSteps, type Step } from "../in-steps.js";
import { patch, plainWrites, recordPath, send } from "../plain-writes.js";
import { refuse } from "../refuse.js";
import { reasonOf, sameStatus, without } from "../status-words.js";
import { streamOf } from "../stream-of.js";
import { currentOf } from "./current.js";

const appointmentsOf: Declaration = {
  name: "appointments",
  about: "A job has one or more of them. The only one of a job cannot be deleted.",
  module: "jpm",
  list: "appointments",
  feed: "export/appointments",
  feedQuery: { active: "Any" },
  fields: fieldsOf({
    integer: "id jobId customerId createdById reasonId",
    text: "appointmentNumber status specialInstructions memo",
    datetime: "start end arrivalWindowStart arrivalWindowEnd createdOn modifiedOn",
    boolean: "unused isConfirmed active",
    list: "technicianIds appointmentSummaries",
    options: { status: ["Scheduled", "Dispatched", "Working", "Hold", "Done", "Canceled"] },
    create: "jobId start end arrivalWindowStart arrivalWindowEnd technicianIds specialInstructions",
    update: "start end arrivalWindowStart arrivalWindowEnd specialInstructions isConfirmed status reasonId memo",
    required: "jobId start end",
    about: {
      status: "Hold wants reasonId and memo; Scheduled takes a hold back. Nothing else can be set.",
      technicianIds: "Only when created; later they are records of appointment_assignments.",
    },
  }),
  writeOnly: "technicianIds reasonId memo",
  references: { jobId: "jobs", customerId: "customers" },
  sorted: true,
  everything: { active: "Any" },
  getBy: "ids",
  finds: { jobId: "jobId", customerId: "customerId", appointmentNumber: "number" },
  sideEffects: "Booking and rescheduling may send messages to the customer.",
};

const times = ["start", "end", "arrivalWindowStart", "arrivalWindowEnd"] as const;

export function appointments(api: Api): Stream {
  const plain = plainWrites(api, appointmentsOf);
  return streamOf(api, appointmentsOf, {
    create: plain.create,
    async update({ key, set }, call) {
      // Each of these is an action of its own.
      await inSteps([...reschedules(api, { key, set }, call), ...others(api, { key, set }, call)]);
      return undefined;
    },
    delete: plain.delete,
  });
}

interface Change {
  readonly key: string;
  readonly set: DataRecord;
}

function reschedules(api: Api, { key, set }: Change, call: Call): readonly Step[] {
  if (times.every((name) => set[name] === undefined)) return [];
  if (set.start === null || set.end === null)
    throw refuse("An appointment has a start and an end.", { field: set.start === null ? "start" : "end" });
  const json = Object.fromEntries(times.filter((name) => set[name] !== undefined).map((name) => [name, set[name]]));
  return [
    { done: "it was rescheduled", run: () => patch(api, { path: `${recordPath(api, appointmentsOf, key)}/reschedule`, json }, call) },
  ];
}

function others(api: Api, { key, set }: Change, call: Call): readonly Step[] {
  const path = recordPath(api, appointmentsOf, key);
  const steps: Step[] = [];
  if (set.specialInstructions !== undefined) {
    const json = { specialInstructions: String(set.specialInstructions ?? "") };
    steps.push({
      done: "its instructions were set",
      run: () => send(api, { method: "PUT", path: `${path}/special-instructions`, json }, call),
    });
  }
  if (set.isConfirmed !== undefined) {
    const method = set.isConfirmed === true ? "PUT" : "DELETE";
    steps.push({ done: "its confirmation was set", run: () => send(api, { method, path: `${path}/confirmation` }, call) });
  }
  if (set.status !== undefined) steps.push({ done: "its status was set", run: () => setStatus(api, { key, set }, call) });
  else if (Object.keys(set).length > Object.keys(without(set, ["reasonId", "memo"])).length) {
    throw refuse("reasonId and memo of an appointment go with the status Hold.", { field: "reasonId" });
  }
  return steps;
}

async function setStatus(api: Api, { key, set }: Change, call: Call): Promise<void> {
  const current = await currentOf(api, appointmentsOf, { key, call });
  if (sameStatus(current.status, set.status)) return;
  const path = `${recordPath(api, appointmentsOf, key)}/hold`;
  if (sameStatus(set.status, "Hold")) {
    await send(api, { method: "PUT", path, json: reasonOf(set, "put an appointment on hold") }, call);
  } else if (sameStatus(set.status, "Scheduled") && sameStatus(current.status, "Hold")) {
    await send(api, { method: "DELETE", path }, call);
  } else {
    throw refuse(`ServiceTitan's API cannot bring an appointment from ${String(current.status)} to ${String(set.status)}.`, {
      field: "status",
      hint: "Only a hold can be set and taken back. Delete an appointment in place of cancelling it.",
    });
  }
}
