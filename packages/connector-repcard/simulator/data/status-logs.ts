import { customerIdAt, ownerIdAt, statusIdAfter } from "./customers.js";
import type { Ground } from "./ground.js";
import { type Extra, mongoId, mongoIndex, Records } from "./records.js";

/** One change of a customer's status. Logs are only ever added. */
export interface StatusLog extends Extra {
  readonly _id: string;
  readonly customerId: number;
  readonly statusFromId: number | null;
  readonly statusToId: number;
  readonly userId: number;
  readonly createdAt: number;
}

export function createStatusLogs(ground: Ground): Records<StatusLog> {
  return new Records<StatusLog>({
    count: ground.sizes.customers === 0 ? 0 : ground.sizes.statusLogs,
    make: (index) => makeStatusLog(index, ground),
    idOf: (log) => log._id,
    indexOf: mongoIndex,
    parentOf: (record) => record.customerId,
  });
}

function makeStatusLog(index: number, ground: Ground): StatusLog {
  const { parent, nth, siblings } = ground.logs.parentOf(index);
  const createdAt = ground.history.statusChange(parent, nth, siblings);
  return {
    _id: mongoId(createdAt, index),
    customerId: customerIdAt(parent),
    statusFromId: nth === 0 ? null : statusIdAfter(parent, nth - 1, ground.seed),
    statusToId: statusIdAfter(parent, nth, ground.seed),
    userId: ownerIdAt(parent, ground),
    createdAt,
  };
}
