import { defineStream, type Field, oneByOne, type Stream } from "@fieldwright/connector-kit";
import type { Api } from "./api.js";
import { foundOf } from "./found.js";
import { numberedListing, readNumbered } from "./listing.js";
import { createUser, updateUser } from "./user-writes.js";

const text: Field = { type: "text" };
const shown: Field = { type: "text", readOnly: true };

export function users(api: Api): Stream {
  return defineStream({
    name: "users",
    about: "The people of the company, of all its offices. Whether people who left are listed is not documented; their status says it.",
    key: "id",
    fields: {
      id: { type: "integer", readOnly: true },
      firstName: { ...text, required: true },
      lastName: { ...text, required: true },
      dob: { type: "date", readOnly: true },
      email: { ...text, required: true },
      username: { ...text, about: "RepCard chooses it on a create; an update may change it." },
      address: shown,
      office: { ...text, about: "The office's name. `officeId` wins where both are written." },
      team: { ...text, about: "The team's name. `officeTeamId` wins where both are written." },
      jobTitle: { ...text, required: true },
      phoneNumber: { ...text, required: true, about: "With its country code, +15550101010; it is written in two parts." },
      countryCode: { ...text, about: "Only written, where the phone number does not begin with the usual country code." },
      image: shown,
      rating: { ...shown, about: "A number, but sent as text." },
      bio: shown,
      companyName: shown,
      badgeId: { ...shown, about: "The badge that people see." },
      qrCode: shown,
      externalId: text,
      officeId: { type: "integer" },
      officeTeamId: { type: "integer" },
      status: { ...text, about: "ACTIVE, or anything else for a person who is switched off. Written by switching." },
      role: { ...text, required: true },
      companyWebsite: shown,
      industryName: shown,
      createdAt: { type: "datetime", readOnly: true },
      lastLoginAt: { type: "datetime", readOnly: true },
      lastActiveAt: { type: "datetime", readOnly: true },
    },
    open: true,
    references: { officeId: "offices", officeTeamId: "teams" },
    volatile: ["lastLoginAt", "lastActiveAt"],
    listing: numberedListing(api),
    batchSize: 20,
    sideEffects:
      "RepCard sends a welcome mail to every person who is created. An update replaces the whole person: it is read, merged and written. Nobody is deleted.",
    read: (request, call) => readNumbered(api, { path: "/users/minimal", query: { company_id: api.options.companyId }, request }, call),
    get: (keys, call) => foundOf(keys, (key) => api.recordIfAny(`/users/${encodeURIComponent(key)}/details`, {}, call)),
    create: (records, call) => oneByOne(records, (record) => createUser(api, record, call)),
    update: (updates, call) => oneByOne(updates, (update) => updateUser(api, update, call)),
  });
}
