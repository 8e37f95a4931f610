import { appointmentIdAt } from "./appointments.js";
import { customerIdAt, ownerIdAt } from "./customers.js";
import { Dice } from "./dice.js";
import type { Ground } from "./ground.js";
import { type Extra, numbered, Records } from "./records.js";
import { userIdAt } from "./users.js";

export interface CustomerAttachment extends Extra {
  readonly id: number;
  readonly customerId: number;
  readonly userId: number;
  readonly title: string;
  readonly fileName: string;
  /** The lists filter by it and do not show it. */
  readonly createdAt: number;
}

export interface AppointmentAttachment extends Extra {
  readonly id: number;
  readonly appointmentId: number;
  readonly userId: number;
  readonly type: "image";
  readonly fileName: string;
  readonly createdAt: number;
}

const firstCustomerAttachmentId = 30_001;
const firstAppointmentAttachmentId = 60_001;
const endings = ["jpg", "png", "pdf"] as const;
const hourMs = 3_600_000;

export function createCustomerAttachments(ground: Ground): Records<CustomerAttachment> {
  return new Records<CustomerAttachment>({
    count: ground.sizes.customers === 0 ? 0 : ground.sizes.customerAttachments,
    make: (index) => {
      const { parent } = ground.customerAttachments.parentOf(index);
      const dice = new Dice(ground.seed, index);
      const createdAt = ground.history.statusChange(parent, 0, 1);
      return {
        id: firstCustomerAttachmentId + index,
        customerId: customerIdAt(parent),
        userId: ownerIdAt(parent, ground),
        title: dice.pick(["Roof", "Front of the house", 'Bill, "page 1"', "Panel"], 120),
        fileName: `${fileStem(createdAt, index, 1)}.${dice.pick(endings, 121)}`,
        createdAt: Math.min(createdAt + dice.below(72, 122) * hourMs, ground.history.endMs - hourMs),
      };
    },
    idOf: (attachment) => attachment.id,
    indexOf: numbered(firstCustomerAttachmentId),
    parentOf: (record) => record.customerId,
  });
}

export function createAppointmentAttachments(ground: Ground): Records<AppointmentAttachment> {
  const { sizes, history, seed } = ground;
  return new Records<AppointmentAttachment>({
    count: sizes.customers === 0 || sizes.appointments === 0 ? 0 : sizes.appointmentAttachments,
    make: (index) => {
      const { parent: appointment } = ground.appointmentAttachments.parentOf(index);
      const { parent: customer } = ground.appointments.parentOf(appointment);
      const dice = new Dice(seed, index);
      const createdAt = history.statusChange(customer, 0, 1);
      return {
        id: firstAppointmentAttachmentId + index,
        appointmentId: appointmentIdAt(appointment),
        userId: userIdAt(dice.below(1_000_000, 130), sizes),
        type: "image",
        fileName: `${fileStem(createdAt, index, 2)}.${dice.pick(["jpg", "png"], 131)}`,
        createdAt: Math.min(createdAt + (24 + dice.below(200, 132)) * hourMs, history.endMs - hourMs),
      };
    },
    idOf: (attachment) => attachment.id,
    indexOf: numbered(firstAppointmentAttachmentId),
    parentOf: (record) => record.appointmentId,
  });
}

function fileStem(ms: number, index: number, kind: number): string {
  return `${Math.floor(ms / 1000)}${kind}${String(index).padStart(7, "0")}`;
}
