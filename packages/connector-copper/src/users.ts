import {
  type Call,
  type DataRecord,
  defineStream,
  type Page,
  pagesByNumber,
  type ReadRequest,
  type Stream,
  skipPage,
} from "@fieldwright/connector-kit";
import type { Api } from "./api.js";
import { isId } from "./get.js";

export function users(api: Api): Stream {
  const most = api.assumptions.maxPageSize;
  return defineStream({
    name: "users",
    about: "Who may sign in to the account. The API only shows them.",
    key: "id",
    fields: {
      id: { type: "integer", readOnly: true },
      name: { type: "text", readOnly: true },
      email: { type: "text", readOnly: true },
      groups: { type: "json", readOnly: true },
    },
    open: true,
    listing: { maxPageSize: most, complete: "by-page", total: true, skip: skipPage },
    read: (request, call) => readUsers(api, request, call),
    get: (keys, call) => getUsers(api, keys, call),
  });
}

/** Their search takes a page and nothing else, so only what came in one answer is proved to be all. */
function readUsers(api: Api, request: ReadRequest, call: Call): AsyncGenerator<Page> {
  const size = Math.max(1, Math.min(request.pageSize, api.assumptions.maxPageSize));
  return pagesByNumber({
    request,
    call,
    fetch: async (page, call) => {
      const { rows, total } = await api.search("/users", { page_number: page, page_size: size }, call);
      const last = rows.length < size && (total === undefined || total <= (page - 1) * size + rows.length);
      return { records: rows, last, complete: page === 1 && last, ...(total === undefined ? {} : { total }) };
    },
  });
}

async function getUsers(api: Api, keys: readonly string[], call: Call): Promise<readonly DataRecord[]> {
  const found: DataRecord[] = [];
  for (const key of keys.filter(isId)) {
    const user = await api.recordIfAny(`/users/${key}`, call);
    if (user) found.push(user);
  }
  return found;
}
