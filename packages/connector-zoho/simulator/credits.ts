const dayMs = 24 * 3_600_000;

export interface Admission {
  readonly admitted: boolean;
  /** Said only once half of them are used. */
  readonly remaining: number | undefined;
}

/** What an organisation may spend in 24 hours, or whatever window a test wants. */
export interface Credits {
  spend(cost: number, nowMs: number): Admission;
  limitTo(limit: { readonly requests: number; readonly perSeconds: number } | "none"): void;
}

export function createCredits(perDay: number | false): Credits {
  let limit = perDay === false ? Number.POSITIVE_INFINITY : perDay;
  let windowMs = dayMs;
  let spent: { readonly at: number; readonly cost: number }[] = [];
  return {
    spend(cost, nowMs) {
      if (limit === Number.POSITIVE_INFINITY) return { admitted: true, remaining: undefined };
      spent = spent.filter(({ at }) => at > nowMs - windowMs);
      const used = spent.reduce((sum, one) => sum + one.cost, 0);
      const admitted = used + cost <= limit;
      if (admitted) spent.push({ at: nowMs, cost });
      const left = limit - used - (admitted ? cost : 0);
      return { admitted, remaining: left <= limit / 2 ? left : undefined };
    },
    limitTo(to) {
      limit = to === "none" ? Number.POSITIVE_INFINITY : to.requests;
      windowMs = to === "none" ? dayMs : to.perSeconds * 1000;
      spent = [];
    },
  };
}

/** The price of a call. */
export function costOf(request: { readonly method: string; readonly url: URL; readonly records: number }): number {
  const { method, url, records } = request;
  const { pathname } = url;
  if (pathname.endsWith("/actions/convert")) return 5;
  if (method === "POST" && pathname === "/crm/bulk/v8/read") return 50;
  if (method === "GET" && /^\/crm\/v8\/[^/]+\/deleted$/.test(pathname)) return 2;
  if (method === "GET" && url.searchParams.has("cvid")) return 3;
  const writes = (method === "POST" || method === "PUT") && /^\/crm\/v8\/[A-Z][^/]*(\/upsert|\/\d+)?$/.test(pathname);
  return writes ? Math.max(1, Math.ceil(records / 10)) : 1;
}
