import type { Call, DataRecord, Outcome, Update } from "@fieldwright/connector-kit";
import type { Api } from "./api.js";
import { recordOf } from "./envelope.js";
import { phoneParts } from "./phone.js";
import { readBack, thenAlso } from "./read-back.js";
import { refuse } from "./refuse.js";

/** The stream's fields under the names that RepCard wants them written with. */
const writtenAs: Readonly<Record<string, string>> = {
  firstName: "firstName",
  lastName: "lastName",
  email: "userEmail",
  username: "username",
  jobTitle: "jobTitle",
  role: "roleName",
  office: "officeName",
  team: "teamName",
  externalId: "externalId",
  officeId: "officeId",
  officeTeamId: "officeTeamId",
};

const alwaysNeeded = ["firstName", "lastName", "email", "jobTitle", "role", "office", "team", "phoneNumber"];

/** A welcome mail goes out. RepCard answers a create with 200. */
export async function createUser(api: Api, record: DataRecord, call: Call): Promise<Outcome> {
  const json = userBody(api, record, alwaysNeeded);
  const answer = await api.send({ method: "POST", path: "/users", json, safeToRepeat: false }, call);
  const key = String(recordOf(answer.body).id);
  const isOff = record.status !== undefined && record.status !== api.assumptions.activeUserStatus;
  if (isOff) await thenAlso(`RepCard made user ${key}`, () => switchUser(api, key, { status: record.status, call }));
  return { ok: true, key, created: true, ...(await readBack(() => api.recordIfAny(details(key), {}, call))) };
}

/** PUT replaces the whole person: what is not sent would be lost, so the person is read and merged first. */
export async function updateUser(api: Api, { key, set }: Update, call: Call): Promise<Outcome> {
  const { status, ...rest } = set;
  const present = await api.recordIfAny(details(key), {}, call);
  if (present === undefined) throw refuse(`RepCard has no user ${key}.`);
  if (Object.keys(rest).length > 0) {
    const json = userBody(api, merged(present, rest), [...alwaysNeeded, "username"]);
    await api.send({ method: "PUT", path: `/users/${encodeURIComponent(key)}`, json }, call);
  }
  if (status !== undefined) await switchUser(api, key, { status, call });
  return { ok: true, key, created: false, ...(await readBack(() => api.recordIfAny(details(key), {}, call))) };
}

async function switchUser(api: Api, key: string, to: { readonly status: unknown; readonly call: Call }): Promise<void> {
  const isOn = to.status === api.assumptions.activeUserStatus;
  await api.send({ method: "PUT", path: `/users/${encodeURIComponent(key)}/activate-deactivate`, json: { status: isOn ? 1 : 0 } }, to.call);
}

/** Ids win over names at RepCard's side: a new name must not be sent beside the old id. */
function merged(present: DataRecord, set: DataRecord): DataRecord {
  const all: Record<string, unknown> = { ...present, ...set };
  if (set.office !== undefined && set.officeId === undefined) all.officeId = undefined;
  if (set.team !== undefined && set.officeTeamId === undefined) all.officeTeamId = undefined;
  return all;
}

function userBody(api: Api, record: DataRecord, needed: readonly string[]): DataRecord {
  const missing = needed.filter((field) => record[field] === undefined || record[field] === null || record[field] === "");
  if (missing.length > 0) {
    throw refuse(
      `RepCard writes a user only with all of ${needed.join(", ")}; ${missing.join(", ")} ${missing.length === 1 ? "is" : "are"} missing.`,
      {
        field: missing[0] ?? "",
        hint: "Map the missing fields; RepCard does not show all of them for every account, so they cannot be filled in from what is there.",
      },
    );
  }
  const body: Record<string, unknown> = {};
  for (const [field, name] of Object.entries(writtenAs))
    if (record[field] !== undefined && record[field] !== null) body[name] = record[field];
  const countryCode = typeof record.countryCode === "string" ? record.countryCode : api.assumptions.countryCode;
  return { ...body, ...phoneParts(String(record.phoneNumber), countryCode) };
}

function details(key: string): string {
  return `/users/${encodeURIComponent(key)}/details`;
}
