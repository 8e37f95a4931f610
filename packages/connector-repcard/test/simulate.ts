import type { DataRecord } from "@fieldwright/connector-kit";
import type { Simulator } from "@fieldwright/connector-kit/testing";
import { createSimulator } from "@fieldwright/connector-repcard/simulator";

/** What the connector adds to rows because the vendor says it by the list they stand in: by stream, its name and the lists. */
const added = {
  calendars: {
    field: "status",
    paths: {
      active: "/calendar/lists?status=active",
      inactive: "/calendar/lists?status=inactive",
      expired: "/calendar/lists?status=expired",
    },
  },
  custom_fields: {
    field: "contactType",
    paths: {
      lead: "/custom-fields/lead",
      customer: "/custom-fields/customer",
      recruit: "/custom-fields/recruit",
      other: "/custom-fields/other",
    },
  },
} as const;

/** A company with about `size` records of each kind, whose truth carries what the connector adds. */
export async function simulate(size = 23): Promise<Simulator> {
  const many = {
    companies: size,
    offices: size,
    teams: size,
    users: size,
    customers: size,
    appointments: size,
    statusLogs: size,
    customerAttachments: size,
    appointmentAttachments: size,
    calendars: size,
    notes: size,
  };
  const simulator = await createSimulator({ sizes: many });
  const headers = { "x-api-key": simulator.options.apiKey };
  const told = new Map<string, DataRecord>();
  for (const [stream, { field, paths }] of Object.entries(added)) {
    for (const [value, path] of Object.entries(paths)) {
      for (let page = 1, more = true; more; page += 1) {
        const answer = (await (
          await fetch(`${simulator.url}${path}${path.includes("?") ? "&" : "?"}per_page=100&page=${page}`, { headers })
        ).json()) as Answer;
        for (const row of answer.result?.data ?? answer.data ?? []) told.set(`${stream} ${row.id}`, { [field]: value });
        more = typeof answer.next_page_url === "string";
      }
    }
  }
  simulator.traffic.reset();
  const holds = simulator.holds.bind(simulator);
  return Object.assign(simulator, {
    holds: (stream: string) =>
      stream in added ? holds(stream).map((row) => ({ ...row, ...told.get(`${stream} ${String(row.id)}`) })) : holds(stream),
  });
}

interface Answer {
  readonly result?: { readonly data: readonly { readonly id: number }[] };
  readonly data?: readonly { readonly id: number }[];
  readonly next_page_url?: string | null;
}
