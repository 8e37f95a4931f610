import { type Call, defineStream, type Page, type Position, type ReadRequest, type Stream } from "@fieldwright/connector-kit";
import type { Api } from "./api.js";
import { isEverything, isWhole, perPage } from "./listing.js";

export function teams(api: Api): Stream {
  return defineStream({
    name: "teams",
    about: "Teams. RepCard lists them by office only, so every office is asked: one request each.",
    key: "id",
    fields: {
      id: { type: "integer", readOnly: true },
      officeId: { type: "integer", readOnly: true },
      teamName: { type: "text", readOnly: true },
      teamStatus: { type: "integer", readOnly: true, options: [0, 1], about: "1: in use." },
    },
    open: true,
    references: { officeId: "offices" },
    listing: {
      maxPageSize: api.assumptions.maxPageSize,
      complete: "by-page",
      total: false,
      skip: skipPlace,
    },
    read: (request, call) => readTeams(api, request, call),
  });
}

/** The next page of the office's teams, and the next office once that one failed too. */
function skipPlace(position: Position | undefined): Position {
  const { offices, office, page } = place(position);
  return position?.skipped === true
    ? { offices, office: office + 1, page: 1, whole: false }
    : { offices, office, page: page + 1, whole: false, skipped: true };
}

/** `offices`: page of the list of offices, `office`: which of that page, `page`: of its teams. */
interface Place {
  readonly offices: number;
  readonly office: number;
  readonly page: number;
  readonly whole: boolean;
}

async function* readTeams(api: Api, request: ReadRequest, call: Call): AsyncGenerator<Page> {
  let at = place(request.position);
  let whole = at.whole && isEverything(request);
  for (;;) {
    // Always the largest page: the place of an office must not depend on how many teams are asked for at once.
    const list = await api.items(
      "/offices",
      { company_id: api.options.companyId, page: at.offices, per_page: api.assumptions.maxPageSize },
      call,
    );
    whole &&= at.offices === 1 && isWhole(list);
    while (at.office < list.items.length) {
      const path = `/offices/${encodeURIComponent(String(list.items[at.office]?.id))}/teams`;
      const got = await api.items(path, { page: at.page, per_page: perPage(api, request) }, call);
      whole &&= at.page === 1 && isWhole(got);
      at = got.last ? { ...at, office: at.office + 1, page: 1, whole } : { ...at, page: at.page + 1, whole };
      const isEnd = list.last && at.office >= list.items.length;
      yield isEnd ? { records: got.items, complete: whole } : { records: got.items, next: { ...at } };
      if (isEnd) return;
    }
    if (list.last) {
      yield { records: [], complete: whole };
      return;
    }
    at = { offices: at.offices + 1, office: 0, page: 1, whole };
  }
}

function place(position: Position | undefined): Place {
  if (position === undefined) return { offices: 1, office: 0, page: 1, whole: true };
  return {
    offices: Number(position.offices ?? 1),
    office: Number(position.office ?? 0),
    page: Number(position.page ?? 1),
    whole: position.whole === true,
  };
}
