import type { Account } from "../account.js";
import type { Calendar } from "../data/calendars.js";
import type { CustomField } from "../data/custom-fields.js";
import { isoText } from "../data/moment.js";
import type { Company, Office, Team } from "../data/organisation.js";
import { type CustomerStatus, contactTypes } from "../data/statuses.js";
import type { User } from "../data/users.js";

/** A record as the API prints it. */
export type Row = Readonly<Record<string, unknown>>;

export function companyRow({ extra, ...company }: Company): Row {
  return { ...company, ...extra };
}

export function officeRow({ extra, companyId: _company, timezone: _timezone, ...office }: Office): Row {
  return { ...office, ...extra };
}

export function teamRow({ extra, ...team }: Team): Row {
  return { ...team, ...extra };
}

export function calendarRow({ extra, state: _state, ...calendar }: Calendar): Row {
  return { ...calendar, ...extra };
}

export function customFieldRow({ extra, contactType: _type, ...field }: CustomField): Row {
  return { ...field, ...extra };
}

/** As `/customers/status` prints it: without the type. */
export function statusRow({ extra, type: _type, ...status }: CustomerStatus): Row {
  return { ...status, ...extra };
}

/** As `/contact-statuses` prints it: four keys, the type as a word. */
export function statusOfTypeRow(status: CustomerStatus): Row {
  return { id: status.id, statusName: status.statusName, shortName: status.shortName, type: contactTypes[status.type - 1] };
}

/** The keys that every answer has, old or new. */
export function minimalUserRow(account: Account, user: User): Row {
  const office = user.officeId === null ? undefined : account.offices.get(user.officeId);
  const team = user.officeTeamId === null ? undefined : account.teams.get(user.officeTeamId);
  const company = account.companies.get(office?.companyId ?? -1) ?? account.companies.slice(0, 1)[0];
  return {
    id: user.id,
    firstName: user.firstName,
    lastName: user.lastName,
    dob: user.dob,
    email: user.email,
    username: user.username,
    address: user.address,
    office: office?.officeName ?? null,
    team: team?.teamName ?? null,
    jobTitle: user.jobTitle,
    phoneNumber: user.phoneNumber,
    image: user.image,
    rating: user.rating,
    bio: user.bio,
    companyName: company?.companyName ?? "",
    badgeId: user.badgeId,
    qrCode: "",
    externalId: user.externalId,
  };
}

export function userRow(account: Account, user: User): Row {
  return {
    ...minimalUserRow(account, user),
    officeId: user.officeId,
    officeTeamId: user.officeTeamId,
    status: user.status,
    role: user.role,
    companyWebsite: "",
    industryName: "Roofing",
    createdAt: isoText(user.createdAt),
    lastLoginAt: user.lastLoginAt === null ? null : isoText(user.lastLoginAt),
    lastActiveAt: user.lastLoginAt === null ? null : isoText(user.lastLoginAt),
    ...user.extra,
  };
}
