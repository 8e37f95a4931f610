import { type Answer, asVendorError, type Budget, type Call, type CheckItem, type VendorError } from "@fieldwright/connector-kit";
import type { Api } from "./api.js";

const skewAllowedSeconds = 120;

/** One cheap call, and what its answer tells: sign-in, reach, credits, clock. */
export async function check(api: Api, budget: Budget, call: Call): Promise<readonly CheckItem[]> {
  let answer: Answer;
  try {
    answer = await api.send({ path: "/crm/v8/users", query: { type: "CurrentUser" } }, { ...call, priority: "people" });
  } catch (error) {
    return [failed(asVendorError(error))];
  }
  const { host } = new URL(answer.url);
  const user = ((answer.body ?? {}) as { users?: readonly { email?: unknown }[] }).users?.[0]?.email;
  const who = typeof user === "string" ? ` as ${user}` : "";
  return [
    { what: "credentials", ok: true, says: `Zoho CRM at ${host} accepts the refresh token${who}.` },
    creditsLeft(answer, budget),
    clock(answer, api.now()),
  ];
}

function failed(error: VendorError): CheckItem {
  const says = error.hint === undefined ? error.message : `${error.message} ${error.hint}`;
  return { what: /^zoho\//.test(error.code) ? "credentials" : "reach", ok: false, says };
}

function creditsLeft(answer: Answer, budget: Budget): CheckItem {
  const left = answer.headers["x-api-credits-remaining"];
  const { limit, perSeconds } = budget.state;
  const kept = `${limit} in ${perSeconds / 3600} hours are kept to`;
  const says =
    left === undefined ? `Zoho does not say how many credits are left; ${kept}.` : `Zoho says that ${left} credits are left; ${kept}.`;
  return { what: "credits", ok: left === undefined || Number(left) > 0, says };
}

function clock(answer: Answer, now: Date): CheckItem {
  const theirs = Date.parse(answer.headers.date ?? "");
  if (Number.isNaN(theirs)) return { what: "clock", ok: true, says: "Zoho does not say its time." };
  const seconds = Math.round(Math.abs(now.getTime() - theirs) / 1000);
  if (seconds <= skewAllowedSeconds) return { what: "clock", ok: true, says: `This machine's clock and Zoho's agree to ${seconds} s.` };
  const which = now.getTime() > theirs ? "ahead of" : "behind";
  return {
    what: "clock",
    ok: false,
    says: `This machine's clock is ${seconds} s ${which} Zoho's. Set it right: a token's hour is counted by it.`,
  };
}
