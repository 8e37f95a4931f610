import type { Settings, Sizes } from "../options.js";
import { createHistory, type History } from "./history.js";
import { type Spread, spreadEvenly } from "./spread.js";

/** What every generator stands on: the seed, the numbers, the calendar and which record belongs to which. */
export interface Ground {
  readonly seed: number;
  readonly sizes: Sizes;
  readonly history: History;
  readonly customersOfGoneUsers: number;
  readonly logs: Spread;
  readonly appointments: Spread;
  readonly customerAttachments: Spread;
  readonly appointmentAttachments: Spread;
  readonly notes: Spread;
}

export function createGround(settings: Settings): Ground {
  const { seed, sizes } = settings;
  const perCustomer = (salt: number, children: number, atLeastOne = false): Spread =>
    spreadEvenly({ seed: seed + salt, parents: sizes.customers, children, atLeastOne });
  return {
    seed,
    sizes,
    history: createHistory({ seed, untilMs: settings.untilMs, customers: sizes.customers }),
    customersOfGoneUsers: settings.customersOfGoneUsers,
    logs: perCustomer(1, sizes.statusLogs, true),
    appointments: perCustomer(2, sizes.appointments),
    customerAttachments: perCustomer(3, sizes.customerAttachments),
    notes: perCustomer(4, sizes.notes),
    appointmentAttachments: spreadEvenly({ seed: seed + 5, parents: sizes.appointments, children: sizes.appointmentAttachments }),
  };
}
