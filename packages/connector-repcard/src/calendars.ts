import { type Call, type DataRecord, defineStream, type Field, type ReadRequest, type Stream } from "@fieldwright/connector-kit";
import type { Api } from "./api.js";
import { foundOf } from "./found.js";
import { partsListing, readParts } from "./walk.js";

const shown: Field = { type: "text", readOnly: true };

export function calendars(api: Api): Stream {
  return defineStream({
    name: "calendars",
    about: "Calendars, active or not: RepCard keeps a list for each status.",
    key: "id",
    fields: {
      id: { type: "integer", readOnly: true },
      title: shown,
      calendarType: { ...shown, about: "round_robin, direct_assign or dispatcher." },
      calendarTypeDescription: shown,
      calendarColour: shown,
      calendarRange: { type: "integer", readOnly: true },
      description: shown,
      timezone: shown,
      durationTime: { type: "integer", readOnly: true },
      durationType: { ...shown, about: "min or mins." },
      status: { ...shown, about: "Added by the connector: the list that the calendar stands in." },
    },
    open: true,
    listing: partsListing(api, true),
    read: (request, call) => readCalendars(api, request, call),
    get: (keys, call) => calendarsOf(api, keys, call),
  });
}

function readCalendars(api: Api, request: ReadRequest, call: Call): ReturnType<typeof readParts> {
  return readParts(api, {
    request,
    call,
    parts: api.assumptions.calendarStatuses,
    fetch: (status, query, call) => api.items("/calendar/lists", { status, ...query }, call),
    added: (status) => ({ status }),
  });
}

/** From the lists, because a calendar by itself does not say its status; what is in none of them is asked for by itself. */
async function calendarsOf(api: Api, keys: readonly string[], call: Call): Promise<readonly DataRecord[]> {
  const listed = new Map<string, DataRecord>();
  for await (const page of readCalendars(api, { pageSize: api.assumptions.maxPageSize }, call)) {
    for (const record of page.records) listed.set(String(record.id), record);
  }
  return foundOf(keys, async (key) => listed.get(key) ?? api.recordIfAny(`/calendar/${encodeURIComponent(key)}`, {}, call));
}
