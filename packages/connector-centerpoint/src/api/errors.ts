import { type Answer, VendorError, type VendorErrorDetails } from "@fieldwright/connector-kit";
import { isObject } from "./document.js";

/**
 * What an answer means where it is no good one; `undefined` leaves it to the usual reading. The app speaks JSON:API (`errors`), the gateway
 * before it `error`, the framework `message`, and proxies plain text or a page.
 */
export function explain(answer: Answer): VendorError | undefined {
  const { status, body } = answer;
  if (isWebPage(answer)) return status >= 500 ? undefined : webPage(answer);
  if (status < 400 || status === 429 || status >= 500 || status === 408) return undefined;
  const said = saidIn(body);
  const words = `${said.text === "" ? "" : `: ${said.text}`} (${status} at ${pathOf(answer.url)})`;
  if (status === 401 || (status === 403 && isGateway(body)))
    return error(`Centerpoint does not accept the token${words}`, {
      code: "centerpoint/unauthorized",
      next: "stop-run",
      hint: "Check `token` and `authPrefix`: it may be mistyped, revoked, or of another customer. A new one comes from the vendor's API portal.",
    });
  if (status === 403)
    return error(`Centerpoint does not let this token do that${words}`, {
      code: "centerpoint/forbidden",
      next: "stop-stream",
      hint: "Reading and writing are two products of the vendor's portal: ask for the one that is missing, or leave this stream out.",
    });
  if (status === 404 && said.isJsonApi)
    return error(`Centerpoint found no such record${words}`, { code: "centerpoint/not-found", next: "hold-record" });
  if (status === 404)
    return error(`Centerpoint has nothing at this address${words}`, {
      code: "centerpoint/no-such-address",
      next: "stop-stream",
      hint: "Check `baseUrl`; it ends in /centerpoint. If other streams work, Centerpoint does not offer this one: leave it out.",
    });
  const field = said.pointer?.split("/").at(-1);
  const isQuery = answer.status === 400 && !said.pointer;
  return error(`Centerpoint refused it${words}`, {
    code: isQuery ? "centerpoint/bad-request" : "centerpoint/refused",
    next: isQuery ? "stop-stream" : "hold-record",
    ...(field === undefined || field === "" ? {} : { field }),
    ...(isQuery ? { hint: "If it names a filter, an include or a sort, set `assumptions` so that it is not asked for." } : {}),
  });
}

interface Said {
  readonly text: string;
  readonly pointer?: string;
  readonly isJsonApi: boolean;
}

function saidIn(body: unknown): Said {
  if (typeof body === "string") return { text: cut(body), isJsonApi: false };
  if (!isObject(body)) return { text: "", isJsonApi: false };
  const first: unknown = Array.isArray(body.errors) ? body.errors[0] : undefined;
  if (isObject(first)) {
    const pointer = isObject(first.source) ? first.source.pointer : undefined;
    return { text: cut(first.detail ?? first.title), isJsonApi: true, ...(typeof pointer === "string" ? { pointer } : {}) };
  }
  return { text: cut(body.error ?? body.message), isJsonApi: false };
}

function isGateway(body: unknown): boolean {
  return isObject(body) && typeof body.error === "string";
}

function webPage({ status, url }: Answer): VendorError {
  const again = status < 400;
  return error(`Centerpoint answered with a web page instead of data (${status} at ${pathOf(url)})`, {
    code: status === 401 ? "centerpoint/unauthorized" : "centerpoint/web-page",
    next: status === 401 ? "stop-run" : again ? "retry" : "stop-stream",
    inDoubt: again,
    hint: "If it stays so, check `baseUrl` (it ends in /centerpoint) and whether a login page or a proxy stands in the way.",
  });
}

export function isWebPage({ body, text }: Pick<Answer, "body" | "text">): boolean {
  return typeof body === "string" && /^\s*<(!doctype|html|head|body|\?xml|!--)/i.test(text.slice(0, 500));
}

function cut(value: unknown): string {
  const text = typeof value === "string" ? value.trim().replace(/\s+/g, " ").replace(/\.$/, "") : "";
  return text.length > 300 ? `${text.slice(0, 299)}…` : text;
}

function error(message: string, details: VendorErrorDetails): VendorError {
  return new VendorError(`${message}.`, details);
}

function pathOf(url: string): string {
  return URL.canParse(url) ? new URL(url).pathname : url;
}
