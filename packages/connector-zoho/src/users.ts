import { type DataRecord, defineStream, pagesByNumber, type Stream } from "@fieldwright/connector-kit";
import type { Api } from "./api.js";

/** The people of the organisation; read only. */
export function users(api: Api): Stream {
  return defineStream({
    name: "users",
    about: "The users of the organisation, those who left included.",
    key: "id",
    fields: {
      id: { type: "text", readOnly: true },
      email: { type: "text", readOnly: true },
      full_name: { type: "text", readOnly: true },
      first_name: { type: "text", readOnly: true },
      last_name: { type: "text", readOnly: true },
      status: { type: "text", readOnly: true },
      role: { type: "object", readOnly: true },
      profile: { type: "object", readOnly: true },
      time_zone: { type: "text", readOnly: true },
    },
    open: true,
    listing: { maxPageSize: 200, complete: "by-page", total: false },
    read: (request, call) =>
      pagesByNumber({
        request,
        call,
        async fetch(page, call) {
          const query = { type: "AllUsers", page, per_page: Math.min(request.pageSize, 200) };
          const body = await api.get({ path: "/crm/v8/users", query }, call);
          const info = (body?.info ?? {}) as { more_records?: unknown };
          const records = (Array.isArray(body?.users) ? body.users : []) as readonly DataRecord[];
          // Only what came in one answer cannot have moved between pages.
          return { records, last: info.more_records !== true, complete: page === 1 };
        },
      }),
  });
}
