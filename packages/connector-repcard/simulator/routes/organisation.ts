import type { Hono } from "hono";
import type { Account } from "../account.js";
import { type ContactType, contactTypes } from "../data/statuses.js";
import type { User } from "../data/users.js";
import { pagedList, paginator, resourceList, standard } from "../envelopes.js";
import { Refusal } from "../refusal.js";
import { idIn, pageOf, sliceOf } from "../request.js";
import { calendarRow, companyRow, customFieldRow, minimalUserRow, officeRow, type Row, teamRow } from "../rows/organisation-rows.js";

/** Companies, offices, teams, calendars and custom field definitions. */
export function addOrganisation(app: Hono, account: Account): void {
  app.get("/api/companies", (c) => c.json(standard([...account.companies.all()].map(companyRow))));

  app.get("/api/offices", (c) => {
    const company = Number(c.req.query("company_id")) || undefined;
    const search = c.req.query("search")?.toLowerCase();
    const slice = sliceOf(c, account.offices, {
      ...pageOf(c, account.settings),
      passes:
        company === undefined && !search
          ? undefined
          : (office) =>
              (company === undefined || office.companyId === company) && (!search || office.officeName.toLowerCase().includes(search)),
      row: officeRow,
    });
    return c.json(pagedList(slice));
  });

  app.get("/api/offices/:officeId/teams", (c) => {
    const officeId = idIn(c, "officeId");
    if (officeId === undefined || !account.offices.get(officeId)) throw new Refusal(404, "Office not found.");
    const slice = sliceOf(c, account.teams, {
      ...pageOf(c, account.settings, { usual: 100 }),
      passes: (team) => team.officeId === officeId,
      row: teamRow,
    });
    return c.json(resourceList(c, slice));
  });

  app.get("/api/calendar/lists", (c) => {
    const state = c.req.query("status");
    const slice = sliceOf(c, account.calendars, {
      ...pageOf(c, account.settings),
      passes: state ? (calendar) => calendar.state === state : undefined,
      row: calendarRow,
    });
    return c.json(paginator(c, slice));
  });

  app.get("/api/calendar/:id", (c) => {
    const calendar = account.calendars.get(idIn(c) ?? -1);
    if (!calendar) throw new Refusal(404, "Calendar not found.");
    const asked = (c.req.query("with") ?? "").split(",");
    return c.json(standard({ ...calendarRow(calendar), ...peopleOf(account, asked) }));
  });

  app.get("/api/custom-fields/:type", (c) => {
    const type = typeNamed(c.req.param("type"));
    return c.json(standard({ data: [...account.customFields.all()].filter((field) => field.contactType === type).map(customFieldRow) }));
  });
}

/** 1 to 4 of "lead" to "other". */
export function typeNamed(name: string | undefined): ContactType {
  const place = (contactTypes as readonly (string | undefined)[]).indexOf(name);
  if (place < 0) throw new Refusal(400, "The selected type is invalid.");
  return (place + 1) as ContactType;
}

function peopleOf(account: Account, asked: readonly string[]): Row {
  const titled = (title: string) => (user: User) => user.jobTitle === title;
  const groups = { setters: titled("Setter"), closers: titled("Closer"), dispatchers: titled("Manager") };
  const people: Record<string, unknown> = {};
  for (const [name, belongs] of Object.entries(groups)) {
    if (asked.includes(name)) people[name] = [...account.users.all()].filter(belongs).map((user) => minimalUserRow(account, user));
  }
  return people;
}
