import { createClock, type SimulatorClock } from "@fieldwright/connector-kit/testing";
import type { CustomField } from "./custom-fields.js";

export interface ZohoSimulatorOptions {
  /** The same seed makes the same organisation. */
  readonly seed?: number;
  /** Records by module; `size` for the others. */
  readonly sizes?: Readonly<Record<string, number>>;
  /** 23 if not given. */
  readonly size?: number;
  /** The clock stands still at this moment until it is moved. Real time if not given. */
  readonly now?: Date | string;
  /** Of the calling user, in minutes; moments are told in it. +05:30 if not given. */
  readonly offsetMinutes?: number;
  /** Credits of 24 hours; `false`: as many as are wanted. */
  readonly credits?: number | false;
  /** Whether a picklist takes nothing but its values; in real organisations that depends on layout and rules. */
  readonly strictPicklists?: boolean;
  /** Modules that the token's user may not see. */
  readonly forbidden?: readonly string[];
  /** What the refresh token was not given the right to: the beginnings of paths below /crm. */
  readonly outOfScope?: readonly string[];
  /** How many custom fields Contacts have beside the stock ones. 30 if not given: then all of them do not fit one call. */
  readonly extraFields?: number;
  /** By module: fields of this organisation's own; one with a stock field's name takes its place. */
  readonly customFields?: Readonly<Record<string, readonly CustomField[]>>;
  /** How many records in a row share the second of their last change. 2 if not given. */
  readonly perSecond?: number;
  readonly clientId?: string;
  readonly clientSecret?: string;
  readonly refreshToken?: string;
  /** Rows in one result of a bulk job. 200,000 if not given. */
  readonly bulkRows?: number;
  readonly port?: number;
}

export interface Settings {
  readonly seed: number;
  readonly sizes: Readonly<Record<string, number>>;
  readonly size: number;
  readonly clock: SimulatorClock;
  readonly offsetMinutes: number;
  readonly credits: number | false;
  readonly strictPicklists: boolean;
  readonly forbidden: Set<string>;
  readonly outOfScope: readonly string[];
  readonly extraFields: number;
  readonly customFields: Readonly<Record<string, readonly CustomField[]>>;
  readonly perSecond: number;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly refreshToken: string;
  readonly bulkRows: number;
  readonly port: number;
}

export function settingsOf(options: ZohoSimulatorOptions): Settings {
  return {
    seed: options.seed ?? 1,
    sizes: options.sizes ?? {},
    size: options.size ?? 23,
    clock: createClock(options.now),
    offsetMinutes: options.offsetMinutes ?? 330,
    credits: options.credits ?? 5000,
    strictPicklists: options.strictPicklists ?? true,
    forbidden: new Set(options.forbidden ?? []),
    outOfScope: options.outOfScope ?? [],
    extraFields: options.extraFields ?? 30,
    customFields: options.customFields ?? {},
    perSecond: options.perSecond ?? 2,
    clientId: options.clientId ?? "1000.DEMOCLIENT",
    clientSecret: options.clientSecret ?? "demo-client-secret",
    refreshToken: options.refreshToken ?? "1000.demo-refresh-token",
    bulkRows: options.bulkRows ?? 200_000,
    port: options.port ?? 0,
  };
}
