import type { Account } from "../account.js";
import { isoText } from "../data/moment.js";
import type { StatusLog } from "../data/status-logs.js";
import { companyIdOf } from "./customer-row.js";
import { minimalUserRow, type Row } from "./organisation-rows.js";

export function statusLogRow(account: Account, log: StatusLog): Row {
  const customer = account.customers.get(log.customerId);
  const user = account.users.get(log.userId);
  return {
    _id: log._id,
    customerId: log.customerId,
    customer: customer
      ? {
          id: customer.id,
          firstName: customer.firstName,
          lastName: customer.lastName,
          email: customer.email,
          countryCode: customer.countryCode,
          phoneNumber: customer.phoneNumber,
        }
      : null,
    statusFrom: statusIn(account, log.statusFromId),
    statusTo: statusIn(account, log.statusToId),
    userId: log.userId,
    companyId: companyIdOf(account, log.userId),
    createdAt: isoText(log.createdAt),
    updatedAt: isoText(log.createdAt),
    user: user ? minimalUserRow(account, user) : null,
    ...log.extra,
  };
}

function statusIn(account: Account, id: number | null): Row | null {
  const status = id === null ? undefined : account.statuses.get(id);
  return status ? { id: status.id, statusName: status.statusName, colour: status.colour, iconUrl: status.iconUrl } : null;
}
