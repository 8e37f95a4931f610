import { type Answer, asVendorError, type Budget, type Call, type CheckItem, type VendorError } from "@fieldwright/connector-kit";
import type { Api } from "./api.js";

const skewAllowedSeconds = 120;

export interface Checked {
  readonly api: Api;
  readonly host: string;
  readonly budget: Budget;
}

/** One cheap request, and what its answer tells: sign-in, application, tenant, clock. */
export async function check({ api, host, budget }: Checked, call: Call): Promise<readonly CheckItem[]> {
  let answer: Answer;
  try {
    const path = api.path("settings", "business-units");
    answer = await api.send({ path, query: { page: 1, pageSize: 1 } }, { ...call, priority: "people" });
  } catch (error) {
    return failed(asVendorError(error), host);
  }
  const { limit, perSeconds } = budget.state;
  return [
    { what: "reach", ok: true, says: `ServiceTitan answers at ${host}.` },
    { what: "credentials", ok: true, says: "ServiceTitan accepts the client and the application key." },
    { what: "tenant", ok: true, says: `The application is connected to tenant ${api.options.tenantId}.` },
    { what: "rate limit", ok: true, says: `ServiceTitan does not tell its limit; ${limit} requests in ${perSeconds} s are kept to.` },
    clock(answer, api.now()),
  ];
}

function failed(error: VendorError, host: string): readonly CheckItem[] {
  const says = error.hint === undefined ? error.message : `${error.message} ${error.hint}`;
  if (error.code === "auth/refused" || error.code === "servicetitan/unauthorized") return [{ what: "credentials", ok: false, says }];
  if (error.code !== "servicetitan/forbidden") return [{ what: "reach", ok: false, says }];
  return [
    { what: "reach", ok: true, says: `ServiceTitan answers at ${host}.` },
    { what: "tenant", ok: false, says },
  ];
}

function clock(answer: Answer, now: Date): CheckItem {
  const theirs = Date.parse(answer.headers.date ?? "");
  if (Number.isNaN(theirs)) return { what: "clock", ok: true, says: "ServiceTitan does not say its time." };
  const seconds = Math.round(Math.abs(now.getTime() - theirs) / 1000);
  if (seconds <= skewAllowedSeconds)
    return { what: "clock", ok: true, says: `This machine's clock and ServiceTitan's agree to ${seconds} s.` };
  const which = now.getTime() > theirs ? "ahead of" : "behind";
  return {
    what: "clock",
    ok: false,
    says: `This machine's clock is ${seconds} s ${which} ServiceTitan's. Set it right: rows that a feed repeats are told by it.`,
  };
}
