import { asVendorError, type Budget, type Call, type CheckItem, type VendorError } from "@fieldwright/connector-kit";
import type { Api } from "./api/api.js";

/** One cheap request, and what its answer tells: reach, token, limit. */
export async function checkApi(api: Api, budget: Budget, call: Call): Promise<readonly CheckItem[]> {
  const host = new URL(api.options.baseUrl).host;
  try {
    await api.list("/companies", { "page[number]": 1, "page[size]": 1 }, { ...call, priority: "people" });
  } catch (error) {
    return failed(asVendorError(error), host);
  }
  const { limit, perSeconds } = budget.state;
  return [
    { what: "reach", ok: true, says: `Centerpoint answers at ${host}.` },
    { what: "credentials", ok: true, says: "Centerpoint accepts the token. Whether it may write is seen at the first write only." },
    { what: "rate limit", ok: true, says: `Centerpoint does not say its limit; ${limit} requests in ${perSeconds} s are kept to.` },
  ];
}

function failed(error: VendorError, host: string): readonly CheckItem[] {
  const says = error.hint === undefined ? error.message : `${error.message} ${error.hint}`;
  if (error.code !== "centerpoint/unauthorized" && error.code !== "centerpoint/forbidden") return [{ what: "reach", ok: false, says }];
  return [
    { what: "reach", ok: true, says: `Centerpoint answers at ${host}.` },
    { what: "credentials", ok: false, says },
  ];
}
