import { type Answer, asVendorError, type Budget, type Call, type CheckItem, type Http } from "@fieldwright/connector-kit";

const skewAllowedSeconds = 120;

export interface Checked {
  readonly http: Http;
  readonly baseUrl: string;
  readonly budget: Budget;
  readonly now: () => Date;
}

/** One cheap request, and what its answer tells: reach, key, rate limit, clock. */
export async function check({ http, baseUrl, budget, now }: Checked, call: Call): Promise<readonly CheckItem[]> {
  const host = new URL(baseUrl).host;
  let answer: Answer;
  try {
    answer = await http.send({ path: "/companies" }, { ...call, priority: "people" });
  } catch (error) {
    return failed(asVendorError(error), host);
  }
  const isData = typeof answer.body === "object" && answer.body !== null;
  const reach: CheckItem = {
    what: "reach",
    ok: isData,
    says: isData ? `RepCard answers at ${host}.` : `${host} answers, but not with data. Check baseUrl; it ends in /api.`,
  };
  if (!isData) return [reach];
  return [reach, { what: "credentials", ok: true, says: "RepCard accepts the API key." }, rateLimit(answer, budget), clock(answer, now())];
}

function failed(error: ReturnType<typeof asVendorError>, host: string): readonly CheckItem[] {
  const says = error.hint === undefined ? error.message : `${error.message} ${error.hint}`;
  if (error.code !== "repcard/unauthorized" && error.code !== "repcard/forbidden") return [{ what: "reach", ok: false, says }];
  return [
    { what: "reach", ok: true, says: `RepCard answers at ${host}.` },
    { what: "credentials", ok: false, says },
  ];
}

function rateLimit(answer: Answer, budget: Budget): CheckItem {
  const limit = answer.headers["x-ratelimit-limit"];
  const remaining = answer.headers["x-ratelimit-remaining"];
  const { perSeconds } = budget.state;
  if (limit === undefined)
    return {
      what: "rate limit",
      ok: true,
      says: `RepCard does not say its limit; ${budget.state.limit} requests in ${perSeconds} s are kept to.`,
    };
  return {
    what: "rate limit",
    ok: true,
    says: `RepCard allows ${limit} requests a period, ${remaining ?? "an unknown number"} of them left; ${budget.state.limit} in ${perSeconds} s are kept to.`,
  };
}

function clock(answer: Answer, now: Date): CheckItem {
  const theirs = Date.parse(answer.headers.date ?? "");
  if (Number.isNaN(theirs)) return { what: "clock", ok: true, says: "RepCard does not say its time." };
  const seconds = Math.round(Math.abs(now.getTime() - theirs) / 1000);
  if (seconds <= skewAllowedSeconds) return { what: "clock", ok: true, says: `This machine's clock and RepCard's agree to ${seconds} s.` };
  const which = now.getTime() > theirs ? "ahead of" : "behind";
  return {
    what: "clock",
    ok: false,
    says: `This machine's clock is ${seconds} s ${which} RepCard's. Set it right: incremental reads of attachments start from it.`,
  };
}
