import { asVendorError, type Call, type CheckItem } from "@fieldwright/connector-kit";
import type { Api } from "./api.js";

const skewAllowedSeconds = 120;
const minuteMs = 60_000;

/** One cheap query, and what its answer tells: reach, seat and rights, the server's zone, its clock. */
export async function check(api: Api, now: () => Date, call: Call): Promise<readonly CheckItem[]> {
  const { host } = new URL(api.options.baseUrl);
  try {
    const [row] = await api.query("SELECT NOW(6) AS localnow, UTC_TIMESTAMP(6) AS utcnow", { ...call, priority: "people" });
    const [local, utc] = [momentIn(row?.get("localnow")), momentIn(row?.get("utcnow"))];
    return [
      { what: "reach", ok: true, says: `Fishbowl answers at ${host}.` },
      { what: "credentials", ok: true, says: "Fishbowl lets this user in and read data. One seat is taken until the connection closes." },
      ...(Number.isNaN(local) || Number.isNaN(utc) ? [] : [zone(api, local, utc), clock(utc, now().getTime())]),
    ];
  } catch (error) {
    const { message, hint, code } = asVendorError(error);
    const what = /login|approval|seat|mfa|forbidden|unauthorized/.test(code) ? "credentials" : "reach";
    return [{ what, ok: false, says: hint === undefined ? `${message} (${host})` : `${message} ${hint}` }];
  }
}

/** What the database says of its own clock, against the zone that the options name. */
function zone({ options, zone: named }: Api, localMs: number, utcMs: number): CheckItem {
  const theirs = Math.round((localMs - utcMs) / minuteMs);
  const ours = Math.round(named.offsetMs(utcMs) / minuteMs);
  const ok = theirs === ours;
  const says = ok
    ? `The server's clock goes by ${options.timeZone}.`
    : `The server's clock is ${theirs} minutes from UTC, and ${options.timeZone} is ${ours}. Set \`timeZone\` to the server's: changes would be missed.`;
  return { what: "time zone", ok, says };
}

function clock(theirs: number, ours: number): CheckItem {
  const seconds = Math.round((ours - theirs) / 1000);
  const ok = Math.abs(seconds) <= skewAllowedSeconds;
  const side = seconds > 0 ? "ahead of" : "behind";
  const says = ok
    ? `This machine's clock and the server's agree to ${Math.abs(seconds)} s.`
    : `This machine's clock is ${Math.abs(seconds)} s ${side} the server's. Set the wrong one right: reads of changes start from it.`;
  return { what: "clock", ok, says };
}

function momentIn(value: unknown): number {
  return Date.parse(`${String(value).replace(" ", "T").slice(0, 19)}Z`);
}
