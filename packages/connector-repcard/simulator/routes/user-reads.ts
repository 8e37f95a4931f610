import type { Hono } from "hono";
import type { Account } from "../account.js";
import type { User } from "../data/users.js";
import { roles } from "../data/users.js";
import { pagedList, standard } from "../envelopes.js";
import { Refusal } from "../refusal.js";
import { idIn, pageOf, sliceOf } from "../request.js";
import { companyIdOf } from "../rows/customer-row.js";
import { type Row, userRow } from "../rows/organisation-rows.js";

export function addUserReads(app: Hono, account: Account): void {
  app.get("/api/users/minimal", (c) => {
    const company = Number(c.req.query("company_id")) || undefined;
    const search = c.req.query("search")?.toLowerCase();
    const passes = (user: User): boolean =>
      (company === undefined || companyIdOf(account, user.id) === company) &&
      (!search || `${user.firstName} ${user.lastName} ${user.email}`.toLowerCase().includes(search));
    const slice = sliceOf(c, account.users, {
      ...pageOf(c, account.settings),
      passes: company !== undefined || search ? passes : undefined,
      seenAt: account.offices.version,
      row: (user) => ({ ...userRow(account, user), ...firsts(account, user, (name) => c.req.query(name)) }),
    });
    // The count is of something else than the rows, as in the vendor's own example: never more than a hint.
    return c.json(pagedList(slice, { message: "", claimed: Math.max(Math.min(1, slice.total), slice.total - 1) }));
  });

  for (const path of ["/api/users/:id/details", "/api/event-users/:id"]) {
    app.get(path, (c) => {
      const user = userOr404(account, idIn(c));
      return c.json(standard({ ...userRow(account, user), ...firsts(account, user, (name) => c.req.query(name)) }));
    });
  }

  app.get("/api/roles", (c) => c.json(standard({ data: roles })));
}

export function userOr404(account: Account, id: number | undefined): User {
  const user = id === undefined ? undefined : account.users.get(id);
  if (!user) throw new Refusal(404, "User not found. Please make sure the user is registered to the Event.");
  return user;
}

/** Two extra keys that come only when asked for. */
function firsts(account: Account, user: User, query: (name: string) => string | undefined): Row {
  const day = new Date(Math.max(user.createdAt, account.ground.history.startMs)).toISOString().slice(0, 10);
  return {
    ...(query("firstVerifiedDoorKnock") === "1" ? { firstVerifiedDoorKnock: day } : {}),
    ...(query("firstAppointment") === "1" ? { firstAppointment: user.jobTitle === "Setter" ? day : null } : {}),
  };
}
