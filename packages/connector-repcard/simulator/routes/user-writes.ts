import type { Hono } from "hono";
import type { Account } from "../account.js";
import { roles, type User } from "../data/users.js";
import { standard } from "../envelopes.js";
import { type Body, invalid, missing, numberOf, Refusal, requireKeys, textOf } from "../refusal.js";
import { bodyOf, idIn } from "../request.js";
import { userRow } from "../rows/organisation-rows.js";
import { userOr404 } from "./user-reads.js";

const requiredOfUser = [
  "firstName",
  "lastName",
  "userEmail",
  "phoneNumber",
  "jobTitle",
  "roleName",
  "officeName",
  "teamName",
  "countryCode",
];

export function addUserWrites(app: Hono, account: Account): void {
  app.post("/api/users", async (c) => {
    const body = await bodyOf(c);
    requireKeys(body, requiredOfUser);
    const email = textOf(body.userEmail) ?? "";
    if (ofEmail(account, email)) throw new Refusal(400, "The user email has already been taken.");
    const blank = {
      ...account.users.record(account.users.nextIndex),
      image: "",
      bio: "",
      rating: "0.0",
      dob: null,
      address: "",
      lastLoginAt: null,
    };
    const user = account.users.add({
      ...blank,
      username: email,
      ...fieldsOf(account, body),
      externalId: textOf(body.externalId) ?? null,
      status: "ACTIVE",
      createdAt: account.nowMs(),
    });
    account.messages.push(`Mail to ${email}: create your password.`);
    return c.json(
      standard(userRow(account, user), `User Added successfully!. An email will be sent to ${email} with a link to create their password.`),
    );
  });

  app.put("/api/users/:id", async (c) => {
    const user = userOr404(account, idIn(c));
    const body = await bodyOf(c);
    requireKeys(body, [...requiredOfUser, "username"]);
    const holder = ofEmail(account, textOf(body.userEmail) ?? "");
    if (holder && holder.id !== user.id) throw new Refusal(400, "The user email has already been taken.");
    // A full replacement: what the body leaves out is gone.
    const replaced = {
      ...user,
      ...fieldsOf(account, body),
      username: textOf(body.username) ?? "",
      externalId: textOf(body.externalId) ?? null,
    };
    account.users.replace(user.id, replaced);
    return c.json(standard(userRow(account, replaced), "User updated successfully."));
  });

  app.put("/api/users/:id/activate-deactivate", async (c) => {
    const user = userOr404(account, idIn(c));
    const status = (await bodyOf(c)).status;
    if (status !== 0 && status !== 1) throw new Refusal(400, "Status must be either 1 (active) or 0 (in-active).");
    account.users.replace(user.id, { ...user, status: status === 1 ? "ACTIVE" : "INACTIVE" });
    return c.json(standard({}, `The user has been ${status === 1 ? "activated" : "de-activated"} successfully.`));
  });

  app.post("/api/users/:id/unlink", async (c) => {
    const user = userOr404(account, idIn(c));
    handOver(account, user, await bodyOf(c));
    account.users.remove(user.id);
    return c.json(standard({}, "User removed successfully."));
  });
}

export function ofEmail(account: Account, email: string): User | undefined {
  for (const user of account.users.all()) {
    if (user.email !== "" && user.email.toLowerCase() === email.toLowerCase()) return user;
  }
  return undefined;
}

/** Office and team come by name, unless their ids are there too: those win. */
function fieldsOf(
  account: Account,
  body: Body,
): Pick<User, "firstName" | "lastName" | "email" | "phoneNumber" | "jobTitle" | "role" | "officeId" | "officeTeamId"> {
  const role = textOf(body.roleName) ?? "";
  if (!roles.some((one) => one.name === role)) throw invalid("roleName");
  const officeId = numberOf(body.officeId) ?? [...account.offices.all()].find((office) => office.officeName === body.officeName)?.id;
  if (officeId === undefined || !account.offices.get(officeId)) throw invalid("officeName");
  const team = [...account.teams.all()].find((one) => one.officeId === officeId && one.teamName === body.teamName);
  const teamId = numberOf(body.officeTeamId) ?? team?.id;
  if (teamId === undefined) throw invalid("teamName");
  return {
    firstName: textOf(body.firstName) ?? "",
    lastName: textOf(body.lastName) ?? "",
    email: textOf(body.userEmail) ?? "",
    phoneNumber: `${textOf(body.countryCode) ?? ""}${textOf(body.phoneNumber) ?? ""}`,
    jobTitle: textOf(body.jobTitle) ?? "",
    role,
    officeId,
    officeTeamId: teamId,
  };
}

const heirKeys = ["leadToUser", "customerToUser", "recruitToUser", "otherToUser"] as const;

/** `assignContact` 2: an heir for each type of contact; 1: its meaning is unknown, here the first heir gets all. */
function handOver(account: Account, user: User, body: Body): void {
  const byType = numberOf(body.assignContact);
  if (byType !== 1 && byType !== 2) throw missing("assignContact");
  const heirs = heirKeys.map((key) => {
    const heir = numberOf(body[key]);
    if (byType === 2 && (heir === undefined || !account.users.get(heir))) throw invalid(key);
    return heir ?? numberOf(body.leadToUser);
  });
  for (const customer of [...account.customers.all()]) {
    if (customer.ownerId !== user.id && customer.userId !== user.id) continue;
    const heir = heirs[customer.type - 1];
    if (heir !== undefined)
      account.customers.replace(customer.id, { ...customer, ownerId: heir, userId: heir, updatedAt: account.nowMs() });
  }
}
