import { z } from "zod";

/**
 * What nobody has documented or only one source has said. Each is a guess that errs on the side of missing nothing,
 * and each can be set under `assumptions` in the connection's options once the truth is known for an account.
 */
export const assumptionsSchema = z.strictObject({
  /** The zone of the vendor's day boundaries is not known: every span of days is asked this much wider on both sides. */
  daysWider: z.number().int().min(0).max(7).default(1),
  /** Seen on appointments and leaderboards, not known elsewhere: the last day asked for is itself left out. */
  lastDayExclusive: z.boolean().default(true),
  /** Status logs and appointments ask for dates even when everything is wanted: then these days are sent. */
  earliestDay: z.iso.date().default("2000-01-01"),
  latestDay: z.iso.date().default("2099-12-31"),
  /** One source says 100, the vendor's own examples show 250 on one path. */
  maxPageSize: z.number().int().min(1).max(1000).default(100),
  /** Users and appointments carry whole phone numbers, but are written in two parts; a number that starts otherwise needs its own `countryCode`. */
  countryCode: z
    .string()
    .regex(/^\+\d{1,3}$/)
    .default("+1"),
  /** The lists that calendars are kept in. */
  calendarStatuses: z.array(z.string().min(1)).min(1).default(["active", "inactive", "expired"]),
  /** What a user's `status` says when the account is switched on; any other text means off. */
  activeUserStatus: z.string().default("ACTIVE"),
  /** `true`: a customer whose list row shows no notes is not asked for them. It saves most requests, if the two agree. */
  noteRelationIsComplete: z.boolean().default(false),
});

export type Assumptions = z.infer<typeof assumptionsSchema>;
