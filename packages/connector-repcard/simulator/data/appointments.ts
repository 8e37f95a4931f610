import { customerIdAt, ownerIdAt } from "./customers.js";
import { Dice } from "./dice.js";
import type { Ground } from "./ground.js";
import { type Extra, numbered, Records } from "./records.js";
import { outcomes } from "./statuses.js";
import { userIdAt } from "./users.js";
import { places, remarks } from "./words.js";

export interface Appointment extends Extra {
  readonly id: number;
  readonly title: string;
  readonly appointmentLink: string;
  readonly notes: string;
  /** Who set it. */
  readonly userId: number;
  readonly closerId: number | null;
  readonly calendarId: number | null;
  readonly customerId: number;
  readonly startAt: number;
  readonly endAt: number;
  readonly timezone: string;
  readonly appointmentLocation: string;
  readonly outcomeId: number | null;
  readonly createdAt: number;
  readonly updatedAt: number;
}

const firstAppointmentId = 80_001;
const minuteMs = 60_000;
const dayMs = 86_400_000;

export function appointmentIdAt(index: number): number {
  return firstAppointmentId + index;
}

export function createAppointments(ground: Ground): Records<Appointment> {
  return new Records<Appointment>({
    count: ground.sizes.customers === 0 ? 0 : ground.sizes.appointments,
    make: (index) => makeAppointment(index, ground),
    idOf: (appointment) => appointment.id,
    indexOf: numbered(firstAppointmentId),
    parentOf: (record) => record.customerId,
  });
}

function makeAppointment(index: number, ground: Ground): Appointment {
  const { history, sizes } = ground;
  const dice = new Dice(ground.seed, index);
  const { parent } = ground.appointments.parentOf(index);
  const contactSince = history.statusChange(parent, 0, 1);
  const createdAt = Math.min(contactSince + minuteMs * (5 + dice.below(600, 100)), history.endMs - minuteMs);
  // Up to two weeks ahead, on a quarter of an hour, at any hour: 20:45 UTC is early afternoon in Arizona.
  const startAt = Math.ceil((createdAt + dayMs / 12 + dice.below(14 * 24 * 60, 101) * minuteMs) / (15 * minuteMs)) * 15 * minuteMs;
  const endAt = startAt + dice.pick([30, 45, 60, 90], 102) * minuteMs;
  const over = endAt + 3 * 60 * minuteMs < history.endMs;
  const outcomeId = over && !dice.oneIn(5, 103) ? dice.pick(outcomes, 104).id : null;
  return {
    id: firstAppointmentId + index,
    title: dice.pick(["Roof inspection", "Solar consult", "Follow-up visit", 'Estimate "as agreed"'], 105),
    appointmentLink: dice.oneIn(8, 106) ? `https://meet.example.test/${index + 1}` : "",
    notes: notesAt(index, dice.pick(remarks, 107)),
    userId: ownerIdAt(parent, ground),
    closerId: dice.oneIn(7, 108) ? null : userIdAt(dice.below(1_000_000, 109), sizes),
    calendarId: sizes.calendars === 0 ? null : 1 + dice.below(sizes.calendars, 110),
    customerId: customerIdAt(parent),
    startAt,
    endAt,
    timezone: dice.pick(places, 111).timezone,
    appointmentLocation: dice.oneIn(3, 112) ? "At the house" : "",
    outcomeId,
    createdAt,
    updatedAt: outcomeId === null ? createdAt : endAt + minuteMs * dice.below(180, 113),
  };
}

/** Most are empty, some short, a few very long. */
function notesAt(index: number, remark: string): string {
  if (index % 97 === 41) return `${remark} `.repeat(600).trim();
  return index % 3 === 0 ? remark : "";
}
