import { asVendorError, type Budget, type Call, type CheckItem, type VendorError } from "@fieldwright/connector-kit";
import type { Api } from "./api/api.js";
import { listPageOf } from "./web/layout.js";
import type { WebDoor } from "./web/read-web.js";

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

/** Logs in, and looks at the first page of each list. */
export async function checkWeb({ session, web }: WebDoor, call: Call): Promise<readonly CheckItem[]> {
  const items: CheckItem[] = [];
  for (const [name, pages] of Object.entries(web.pages)) {
    const path = pages.list.replace("{page}", "1");
    try {
      const html = await session.page(path, { ...call, priority: "people" });
      if (html !== undefined) listPageOf(html, pages, path);
      const says = html === undefined ? `There is no page ${path}. Check web.pages.${name}.list.` : `${path} is laid out as declared.`;
      items.push({ what: `web ${name}`, ok: html !== undefined, says });
    } catch (error) {
      const { message, hint = "", next } = asVendorError(error);
      items.push({ what: `web ${name}`, ok: false, says: `${message} ${hint}`.trim() });
      if (next === "stop-run") break; // Every further page would be one more wrong login.
    }
  }
  return items;
}

function failed(error: VendorError, host: string): readonly CheckItem[] {
  const says = error.hint === undefined ? error.message : `${error.message} ${error.hint}`;
  if (error.code !== "centerpoint/unauthorized" && error.code !== "centerpoint/forbidden") return [{ what: "reach", ok: false, says }];
  return [
    { what: "reach", ok: true, says: `Centerpoint answers at ${host}.` },
    { what: "credentials", ok: false, says },
  ];
}
