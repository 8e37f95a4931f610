import { type Answer, asVendorError, type Budget, type Call, type CheckItem, type Http } from "@fieldwright/connector-kit";
import { isObject } from "./api.js";

const skewAllowedSeconds = 120;

export interface Checked {
  readonly http: Http;
  readonly baseUrl: string;
  readonly budget: Budget;
  readonly now: () => Date;
}

/** One cheap request, and what its answer tells: reach, key, rate limit, clock. */
export async function check({ http, baseUrl, budget, now }: Checked, call: Call): Promise<readonly CheckItem[]> {
  const { host } = new URL(baseUrl);
  let answer: Answer;
  try {
    answer = await http.send({ path: "/account" }, { ...call, priority: "people" });
  } catch (error) {
    const { message, hint, next, code } = asVendorError(error);
    const what = next === "stop-run" && code === "copper/unauthorized" ? "credentials" : "reach";
    return [{ what, ok: false, says: hint === undefined ? `${message} (${host})` : `${message} ${hint}` }];
  }
  if (!isObject(answer.body) || typeof answer.body.name !== "string")
    return [
      { what: "reach", ok: false, says: `${host} answers, but not as Copper does. Check \`baseUrl\`; it ends in /developer_api/v1.` },
    ];
  const { limit, perSeconds } = budget.state;
  return [
    { what: "reach", ok: true, says: `Copper answers at ${host}.` },
    { what: "credentials", ok: true, says: `Copper lets this user into the account "${answer.body.name}".` },
    { what: "rate limit", ok: true, says: `At most ${limit} requests in ${perSeconds} s are sent; Copper itself does not tell its limit.` },
    clock(answer, now()),
  ];
}

function clock({ headers }: Answer, now: Date): CheckItem {
  const theirs = Date.parse(headers.date ?? "");
  if (Number.isNaN(theirs)) return { what: "clock", ok: true, says: "Copper does not tell its time." };
  const ahead = Math.round((now.getTime() - theirs) / 1000);
  const ok = Math.abs(ahead) <= skewAllowedSeconds;
  const side = ahead > 0 ? "ahead of" : "behind";
  return {
    what: "clock",
    ok,
    says: ok ? "The clocks agree." : `This machine's clock is ${Math.abs(ahead)} s ${side} Copper's: set it, or changes will be missed.`,
  };
}
