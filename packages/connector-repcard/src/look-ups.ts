import type { Call } from "@fieldwright/connector-kit";
import type { Api } from "./api.js";
import { refuse } from "./refuse.js";

/** RepCard shows people and statuses by id, and wants them written by mail address and name. */
export interface LookUps {
  userEmail(id: unknown): Promise<string>;
  statusName(id: unknown): Promise<string>;
}

/** Each id is asked for once; made anew for every batch, so that nothing grows old. */
export function lookUps(api: Api, call: Call): LookUps {
  const emails = new Map<string, Promise<string>>();
  let statuses: Promise<ReadonlyMap<string, string>> | undefined;
  return {
    userEmail(id) {
      const key = String(id);
      const found = emails.get(key) ?? emailOf(api, key, call);
      emails.set(key, found);
      return found;
    },
    async statusName(id) {
      statuses ??= statusNames(api, call);
      const name = (await statuses).get(String(id));
      if (name === undefined)
        throw refuse(`RepCard has no status ${String(id)}.`, { field: "statusId", hint: "The stream statuses lists those there are." });
      return name;
    },
  };
}

async function emailOf(api: Api, id: string, call: Call): Promise<string> {
  const user = await api.recordIfAny(`/users/${encodeURIComponent(id)}/details`, {}, call);
  if (user === undefined) throw refuse(`RepCard has no user ${id}.`);
  if (typeof user.email !== "string" || user.email === "")
    throw refuse(`User ${id} has no mail address, and RepCard takes people by it only.`);
  return user.email;
}

async function statusNames(api: Api, call: Call): Promise<ReadonlyMap<string, string>> {
  const { items } = await api.items("/customers/status", {}, call);
  return new Map(items.map((item) => [String(item.id), String(item.statusName)]));
}
