import type { Call, DataRecord } from "@fieldwright/connector-kit";
import type { Api } from "./api.js";
import { type BodyRules, bodyOf } from "./body.js";
import type { Declaration } from "./declaration.js";
import type { Created, Writes } from "./writing.js";

export type Rules = Omit<BodyRules, "patch">;

/** Creates by POST to the list, updates by PATCH of the record, deletes by DELETE. */
export function plainWrites(api: Api, stream: Declaration, rules: Rules = {}): Required<Pick<Writes, "create" | "update" | "delete">> {
  return {
    create: (record, call) =>
      post(
        api,
        { path: api.path(stream.module, stream.list), json: bodyOf(api, stream, { set: record, rules: { ...rules, patch: false } }) },
        call,
      ),
    async update({ key, set }, call) {
      const json = bodyOf(api, stream, { set, rules: { ...rules, patch: true } });
      return patch(api, { path: recordPath(api, stream, key), json }, call);
    },
    async delete(key, call) {
      await send(api, { method: "DELETE", path: recordPath(api, stream, key) }, call);
    },
  };
}

export function recordPath(api: Api, stream: Declaration, key: string): string {
  return api.path(stream.module, `${stream.list}/${encodeURIComponent(key)}`);
}

interface Sent {
  readonly path: string;
  readonly json?: unknown;
}

/** Twice the same create makes two records: it is never repeated. */
export async function post(api: Api, sent: Sent, call: Call): Promise<Created> {
  const answer = await send(api, { method: "POST", ...sent }, call);
  const whole = wholeOf(answer);
  return { key: String(answer?.id), ...(whole === undefined ? {} : { answer: whole }) };
}

/** Twice the same values are the same as once. */
export async function patch(api: Api, { path, json }: Sent, call: Call): Promise<DataRecord | undefined> {
  const answer = await api.send({ method: "PATCH", path, json, safeToRepeat: true }, call);
  return wholeOf(recordOf(answer.body));
}

/** An action: sent once, as the second time would be refused though the first was carried out. Most answer with nothing. */
export async function send(
  api: Api,
  request: Sent & { readonly method: "POST" | "PUT" | "PATCH" | "DELETE" },
  call: Call,
): Promise<DataRecord | undefined> {
  const answer = await api.send({ ...request, safeToRepeat: false }, call);
  return recordOf(answer.body);
}

/** The record in an answer that holds all of it: some say no more than the id, most actions say nothing. */
export function wholeOf(answer: DataRecord | undefined): DataRecord | undefined {
  return answer !== undefined && Object.keys(answer).length > 1 ? answer : undefined;
}

function recordOf(body: unknown): DataRecord | undefined {
  return typeof body === "object" && body !== null ? (body as DataRecord) : undefined;
}
