import type { Hono } from "hono";
import type { Account } from "../account.js";
import { isoText } from "../data/moment.js";
import { mongoId } from "../data/records.js";
import { outcomes } from "../data/statuses.js";
import type { User } from "../data/users.js";
import { type Span, within } from "../day-span.js";
import { standard } from "../envelopes.js";
import { companyIdOf } from "../rows/customer-row.js";
import type { Row } from "../rows/organisation-rows.js";
import { exclusiveSpanIn } from "./appointment-reads.js";

const stats = [
  { stat_name: "Appointments set", mapped_field: "appointment_count", short_name: "APT", rank_by: true, stat_unit: "" },
  { stat_name: "Sits", mapped_field: "sit_count", short_name: "SIT", rank_by: false, stat_unit: "" },
];

export function addLeaderboards(app: Hono, account: Account): void {
  app.get("/api/leaderboards", (c) => {
    const span = exclusiveSpanIn(c, account);
    const made = isoText(account.ground.history.startMs);
    const id = mongoId(account.ground.history.startMs, 1);
    return c.json(
      standard([
        {
          _id: id,
          leaderboard_name: "Appointments",
          company_id: account.companies.slice(0, 1)[0]?.id ?? null,
          status: true,
          created_by: account.users.slice(0, 1)[0]?.id ?? null,
          updated_by: null,
          is_default: true,
          created_at: made,
          updated_at: made,
          deleted_at: null,
          stats: {
            headers: stats.map((stat, n) => ({ _id: mongoId(account.ground.history.startMs, 10 + n), ...stat })),
            stats: ranking(account, span),
            sub_total: {},
          },
        },
      ]),
    );
  });
}

function ranking(account: Account, span: Span): Row[] {
  const counts = new Map<number, { set: number; sat: number }>();
  for (const appointment of account.appointments.all()) {
    if (!within(appointment.createdAt, span)) continue;
    const count = counts.get(appointment.userId) ?? { set: 0, sat: 0 };
    count.set += 1;
    if (outcomes.find((outcome) => outcome.id === appointment.outcomeId)?.category.title === "Sit") count.sat += 1;
    counts.set(appointment.userId, count);
  }
  return [...account.users.all()]
    .map((user) => ({ user, count: counts.get(user.id) }))
    .sort((a, b) => (b.count?.set ?? 0) - (a.count?.set ?? 0))
    .map(({ user, count }, place) => rankedRow(account, user, { rank: place + 1, count }));
}

/** Somebody without activity has zeros and an empty `_id`, and nothing of office or team. */
function rankedRow(account: Account, user: User, { rank, count }: { rank: number; count: { set: number; sat: number } | undefined }): Row {
  const item = {
    item_id: user.id,
    item_type: "user",
    company_id: companyIdOf(account, user.id),
    office_id: user.officeId,
    office_team_id: user.officeTeamId,
    item_rank: rank,
    item_title: `${user.firstName} ${user.lastName}`,
  };
  if (!count) return { _id: "", ...item, appointment_count: 0, sit_count: 0 };
  const office = user.officeId === null ? undefined : account.offices.get(user.officeId);
  const team = user.officeTeamId === null ? undefined : account.teams.get(user.officeTeamId);
  return {
    _id: mongoId(user.createdAt, user.id),
    ...item,
    appointment_count: count.set,
    sit_count: count.sat,
    office: office ? [{ id: office.id, officeName: office.officeName }] : [],
    team: team ? [{ id: team.id, teamName: team.teamName }] : [],
  };
}
