import { type Call, type DataRecord, type Stream, VendorError } from "@fieldwright/connector-kit";
import type { Api } from "../api.js";
import type { Declaration } from "../declaration.js";
import { fieldsOf } from "../fields.js";
import { listByMany } from "../list.js";
import { send } from "../plain-writes.js";
import { streamOf } from "../stream-of.js";
import { currentOf } from "./current.js";

const assignmentsOf: Declaration = {
  name: "appointment_assignments",
  about: "Who goes to an appointment. To reassign, delete one and create another.",
  module: "dispatch",
  list: "appointment-assignments",
  feed: "export/appointment-assignments",
  feedQuery: { active: "Any" },
  fields: fieldsOf({
    integer: "id technicianId assignedById jobId appointmentId",
    text: "technicianName status",
    datetime: "assignedOn createdOn modifiedOn",
    boolean: "isPaused active",
    options: { status: ["Scheduled", "Dispatched", "Working", "Done"] },
    create: "appointmentId technicianId",
    required: "appointmentId technicianId",
  }),
  references: { technicianId: "technicians", jobId: "jobs", appointmentId: "appointments" },
  sorted: true,
  everything: { active: "Any" },
  getBy: "ids",
  finds: { appointmentId: "appointmentIds", jobId: "jobId" },
};

export function appointmentAssignments(api: Api): Stream {
  const act = (action: "assign" | "unassign", { appointmentId, technicianId }: DataRecord, call: Call): Promise<unknown> =>
    send(
      api,
      {
        method: "POST",
        path: api.path("dispatch", `appointment-assignments/${action}-technicians`),
        json: { jobAppointmentId: Number(appointmentId), technicianIds: [Number(technicianId)] },
      },
      call,
    );
  return streamOf(api, assignmentsOf, {
    async create(record, call) {
      // Answered with the appointment, and not with what was made.
      await act("assign", record, call);
      const values = [String(record.appointmentId)];
      const rows = await listByMany(api, assignmentsOf, { parameter: "appointmentIds", values, call });
      const made = rows.find((row) => row.active === true && String(row.technicianId) === String(record.technicianId));
      if (made === undefined) throw notFoundAfter(record);
      return { key: String(made.id), answer: made };
    },
    async delete(key, call) {
      await act("unassign", await currentOf(api, assignmentsOf, { key, call }), call);
    },
  });
}

function notFoundAfter({ appointmentId, technicianId }: DataRecord): VendorError {
  return new VendorError(
    `ServiceTitan assigned technician ${String(technicianId)} to appointment ${String(appointmentId)}, and does not list it.`,
    {
      code: "servicetitan/not-taken",
      next: "hold-record",
      inDoubt: true,
      hint: "Look at the appointment in ServiceTitan before it is tried again.",
    },
  );
}
