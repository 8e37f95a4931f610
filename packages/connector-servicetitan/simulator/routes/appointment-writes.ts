import type { Hono } from "hono";
import { type Body, bodyAs } from "../body.js";
import { invalid, Problem } from "../problem.js";
import type { Row } from "../store.js";
import type { Tenant } from "../tenant.js";
import { answer, existing, nothing } from "./changing.js";
import { route } from "./reads.js";

const times = "start end arrivalWindowStart arrivalWindowEnd";

export function addAppointmentWrites(app: Hono, tenant: Tenant): void {
  const one = route("jpm/appointments/:id");
  app.post(route("jpm/appointments"), async ({ req }) => {
    const body = await bodyAs(req.raw, {
      integer: "jobId",
      time: times,
      string: "specialInstructions",
      array: "technicianIds",
      required: "jobId start end",
      nullable: "*",
    });
    const job = tenant.stores.jobs.get(Number(body.jobId));
    if (job === undefined) throw new Problem(400, `There is no job ${String(body.jobId)}.`);
    const number = [...tenant.stores.appointments.present()].filter((row) => row.jobId === job.id).length + 1;
    const row = newAppointment(tenant, { job, body, number });
    tenant.change("jobs", job.id, { appointmentCount: number, lastAppointmentId: row.id });
    return answer(tenant, "appointments", row);
  });
  app.delete(one, ({ req }) => {
    const row = existing(tenant, "appointments", req.param("id") as string);
    const others = [...tenant.stores.appointments.present()].filter((other) => other.jobId === row.jobId && other.id !== row.id);
    if (others.length === 0) throw new Problem(409, "The only appointment of a job cannot be deleted.");
    tenant.remove("appointments", row.id);
    return nothing();
  });
  app.patch(`${one}/reschedule`, async ({ req }) => {
    const row = existing(tenant, "appointments", req.param("id") as string);
    const set = await bodyAs(req.raw, { time: times, nullable: "arrivalWindowStart arrivalWindowEnd" });
    const [start, end] = [set.start ?? row.start, set.end ?? row.end].map((time) => Date.parse(String(time)));
    if ((start as number) >= (end as number)) throw invalid("end", "The end has to be after the start.");
    if (tenant.stores.jobs.get(Number(row.jobId)) !== undefined) tenant.change("jobs", Number(row.jobId), {});
    return answer(tenant, "appointments", tenant.change("appointments", row.id, set));
  });
  app.put(`${one}/hold`, async ({ req }) => {
    const row = existing(tenant, "appointments", req.param("id") as string);
    await bodyAs(req.raw, { integer: "reasonId", string: "memo", required: "reasonId memo" });
    tenant.change("appointments", row.id, { status: "Hold" });
    return nothing();
  });
  app.delete(`${one}/hold`, ({ req }) => {
    const row = existing(tenant, "appointments", req.param("id") as string);
    if (row.status !== "Hold") throw new Problem(409, "The appointment is not on hold.");
    tenant.change("appointments", row.id, { status: "Scheduled" });
    return nothing();
  });
  for (const [method, isConfirmed] of [
    ["PUT", true],
    ["DELETE", false],
  ] as const) {
    app.on(method, `${one}/confirmation`, ({ req }) => {
      tenant.change("appointments", existing(tenant, "appointments", req.param("id") as string).id, { isConfirmed });
      return nothing();
    });
  }
  app.put(`${one}/special-instructions`, async ({ req }) => {
    const row = existing(tenant, "appointments", req.param("id") as string);
    const set = await bodyAs(req.raw, { string: "specialInstructions", required: "specialInstructions" });
    return answer(tenant, "appointments", tenant.change("appointments", row.id, set));
  });
  addAssignmentWrites(app, tenant);
}

interface NewAppointment {
  readonly job: Row;
  readonly body: Body;
  readonly number: number;
}

export function newAppointment(tenant: Tenant, { job, body, number }: NewAppointment): Row {
  for (const name of ["start", "end"])
    if (typeof body[name] !== "string") throw invalid(name, `Required property '${name}' not found in JSON.`);
  const { start, end, arrivalWindowStart = null, arrivalWindowEnd = null, specialInstructions = null } = body;
  const row = tenant.add("appointments", {
    jobId: job.id,
    appointmentNumber: `${String(job.jobNumber)}-${number}`,
    start,
    end,
    arrivalWindowStart,
    arrivalWindowEnd,
    status: "Scheduled",
    specialInstructions,
    customerId: job.customerId,
    unused: false,
    createdById: 21,
    isConfirmed: false,
    active: true,
  });
  for (const technicianId of (body.technicianIds ?? []) as readonly number[]) assign(tenant, row, technicianId);
  return row;
}

function assign(tenant: Tenant, appointment: Row, technicianId: number): void {
  const technician = tenant.stores.technicians.get(technicianId);
  if (technician === undefined) throw invalid("technicianIds", `There is no technician ${technicianId}.`);
  tenant.add("appointment_assignments", {
    technicianId,
    technicianName: technician.name,
    assignedById: 21,
    assignedOn: tenant.now(),
    status: "Scheduled",
    isPaused: false,
    jobId: appointment.jobId,
    appointmentId: appointment.id,
    active: true,
  });
}

function addAssignmentWrites(app: Hono, tenant: Tenant): void {
  const shape = { integer: "jobAppointmentId", array: "technicianIds", required: "jobAppointmentId technicianIds" };
  const assigned = (appointmentId: unknown, technicianId: number): Row | undefined =>
    [...tenant.stores.appointment_assignments.present()].find(
      (row) => row.active === true && row.appointmentId === appointmentId && row.technicianId === technicianId,
    );
  for (const name of ["assign", "unassign"] as const) {
    app.post(route(`dispatch/appointment-assignments/${name}-technicians`), async ({ req }) => {
      const { jobAppointmentId, technicianIds } = await bodyAs(req.raw, shape);
      const appointment = tenant.stores.appointments.get(Number(jobAppointmentId));
      if (appointment === undefined) throw new Problem(400, `There is no appointment ${String(jobAppointmentId)}.`);
      for (const id of technicianIds as readonly number[]) {
        const there = assigned(jobAppointmentId, id);
        if (name === "assign" && there !== undefined) throw new Problem(409, `Technician ${id} is assigned already.`);
        if (name === "unassign" && there === undefined) throw new Problem(400, `Technician ${id} is not assigned.`);
        if (there === undefined) assign(tenant, appointment, id);
        else tenant.remove("appointment_assignments", there.id);
      }
      const {
        id,
        jobId,
        appointmentNumber,
        start,
        end,
        arrivalWindowStart,
        arrivalWindowEnd,
        status,
        specialInstructions,
        createdOn,
        modifiedOn,
      } = appointment;
      return Response.json({
        id,
        jobId,
        appointmentNumber,
        start,
        end,
        arrivalWindowStart,
        arrivalWindowEnd,
        status,
        specialInstructions,
        createdOn,
        modifiedOn,
      });
    });
  }
}
