import { randomBytes } from "node:crypto";
import { createClock, type SimulatorClock } from "@fieldwright/connector-kit/testing";

/** How many records of each kind the company starts with. */
export interface Sizes {
  readonly companies: number;
  readonly offices: number;
  readonly teams: number;
  readonly users: number;
  readonly customers: number;
  readonly appointments: number;
  readonly statusLogs: number;
  readonly customerAttachments: number;
  readonly appointmentAttachments: number;
  readonly calendars: number;
  readonly notes: number;
}

export interface RepcardSimulatorOptions {
  /** The same seed gives the same company. */
  readonly seed?: number;
  readonly sizes?: Partial<Sizes>;
  /** Times the usual number of people and of what they made; sizes that are given stay as they are. 1 if not given. */
  readonly factor?: number;
  /** Requests a key may make, as the vendor's headers say: 100; the period is nowhere documented. */
  readonly rateLimit?: { readonly requests: number; readonly perSeconds: number } | false;
  readonly apiKey?: string;
  /** A moment at which the company's clock stands still, or what drives it. Real time if not given. */
  readonly now?: Date | string | (() => Date);
  /** The last day of the generated history, YYYY-MM-DD. Without it: the day of `now` if given, else a fixed day, so that two starts hold the same. */
  readonly until?: string;
  /** Whether the day `to_date` itself is left out on appointments, attachments and leaderboards. */
  readonly toDateExclusive?: boolean;
  readonly pageSizeLimit?: number;
  readonly statusLogsWithoutDates?: "refuse" | "all";
  /** How many customers belong to a user who is gone. */
  readonly customersOfGoneUsers?: number;
  /** Keeps the JSON of customers once rendered, so that a load test measures the client. Costs memory in this process. */
  readonly prerendered?: boolean;
  /** With `prerendered`: only these fields of a customer are sent, for rows as small as figures measured elsewhere have. The vendor sends all. */
  readonly customerFields?: readonly string[];
  readonly port?: number;
  /** Of the server of the files. `port + 1` where `port` is given, else any. */
  readonly filesPort?: number;
}

export interface Settings {
  readonly seed: number;
  readonly sizes: Sizes;
  readonly rateLimit: { readonly requests: number; readonly perSeconds: number } | false;
  readonly apiKey: string;
  readonly clock: SimulatorClock;
  /** Milliseconds; the first moment after the generated history. */
  readonly untilMs: number;
  readonly toDateExclusive: boolean;
  readonly pageSizeLimit: number;
  readonly statusLogsWithoutDates: "refuse" | "all";
  readonly customersOfGoneUsers: number;
  readonly prerendered: boolean;
  readonly customerFields: readonly string[] | undefined;
  readonly port: number;
  readonly filesPort: number;
}

/** A small company: a full read of everything but notes takes some 30 pages. */
const smallCompany: Sizes = {
  companies: 2,
  offices: 6,
  teams: 12,
  users: 24,
  customers: 400,
  appointments: 300,
  statusLogs: 900,
  customerAttachments: 180,
  appointmentAttachments: 120,
  calendars: 4,
  notes: 120,
};

/** The headers say 100; the minute is the framework's habit. */
export const usualLimit = { requests: 100, perSeconds: 60 };

/** The small company with `factor` times the people and records; companies and calendars stay as many. */
function grown(factor: number): Sizes {
  const { companies, calendars, ...rest } = smallCompany;
  const times = Object.entries(rest).map(([kind, count]) => [kind, Math.max(1, Math.round(count * factor))]);
  return { companies, calendars, ...(Object.fromEntries(times) as typeof rest) };
}

const fixedEndOfHistory = "2026-06-30";
const dayMs = 86_400_000;

export function settingsOf(options: RepcardSimulatorOptions): Settings {
  const clock = typeof options.now === "function" ? drivenClock(options.now) : createClock(options.now);
  const today = clock.now().toISOString().slice(0, 10);
  const fallback = options.now === undefined && fixedEndOfHistory < today ? fixedEndOfHistory : today;
  return {
    seed: options.seed ?? 1,
    sizes: { ...grown(options.factor ?? 1), ...options.sizes },
    rateLimit: options.rateLimit ?? usualLimit,
    apiKey: options.apiKey ?? `sim-${randomBytes(12).toString("hex")}`,
    clock,
    untilMs: Date.parse(`${options.until ?? fallback}T00:00:00Z`) + (options.until === undefined ? 0 : dayMs),
    toDateExclusive: options.toDateExclusive ?? true,
    pageSizeLimit: options.pageSizeLimit ?? 100,
    statusLogsWithoutDates: options.statusLogsWithoutDates ?? "refuse",
    customersOfGoneUsers: options.customersOfGoneUsers ?? 0,
    prerendered: options.prerendered ?? false,
    customerFields: options.customerFields,
    port: options.port ?? 0,
    filesPort: options.filesPort ?? (options.port ? options.port + 1 : 0),
  };
}

/** A clock that somebody else drives, until it is set. */
function drivenClock(now: () => Date): SimulatorClock {
  let fixed: number | undefined;
  let ahead = 0;
  return {
    now: () => new Date(fixed ?? now().getTime() + ahead),
    set(date) {
      fixed = new Date(date).getTime();
    },
    advance(ms) {
      if (fixed === undefined) ahead += ms;
      else fixed += ms;
    },
  };
}
