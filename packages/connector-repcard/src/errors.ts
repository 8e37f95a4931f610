import { type Answer, VendorError, type VendorErrorDetails } from "@fieldwright/connector-kit";
import { refusalOf } from "./envelope.js";

/**
 * What an answer of RepCard's means where it is no good one; `undefined` leaves it to the usual reading.
 * RepCard refuses with one message and the HTTP status twice, sometimes with a 200 around it; its 429 has no envelope
 * and its 5xx may be a web page.
 */
export function explain(answer: Answer): VendorError | undefined {
  const { status } = answer;
  if (status === 429 || status >= 500) return undefined;
  if (isWebPage(answer)) return webPage(answer);
  const refusal = refusalOf(answer.body);
  if (refusal === undefined && status < 400) return undefined;
  const code = refusal !== undefined && status < 400 ? Math.max(400, refusal.statusCode) : status;
  const message = refusal?.message ?? plainMessage(answer.body);
  return refused({ status: code, message, where: `${status} at ${pathOf(answer.url)}`, enveloped: refusal !== undefined });
}

interface Refusal {
  readonly status: number;
  readonly message: string;
  readonly where: string;
  readonly enveloped: boolean;
}

function refused({ status, message, where, enveloped }: Refusal): VendorError {
  const said = `${message.trim() === "" ? " without a reason" : `: ${sentence(message)}`} (${where})`;
  if (status === 401) {
    return vendorError(`RepCard does not accept the API key${said}`, {
      code: "repcard/unauthorized",
      next: "stop-run",
      hint: "Check `apiKey`: copy it anew from RepCard's settings; it may be mistyped, revoked, or meant for another company.",
    });
  }
  if (status === 403)
    return vendorError(`RepCard does not let this key do that${said}`, {
      code: "repcard/forbidden",
      next: "stop-stream",
      hint: "Ask the owner of the RepCard account for this right, or leave this stream out.",
    });
  // Its framework says so of a record by itself, without RepCard's envelope.
  const isRecord = enveloped || message.startsWith("No query results");
  if (status === 404 && !isRecord) {
    return vendorError(`RepCard has nothing at this address${said}`, {
      code: "repcard/no-such-address",
      next: "stop-stream",
      hint: "Check `baseUrl`; it ends in /api. If other streams work, RepCard no longer has this one where it was.",
    });
  }
  if (status === 404) return vendorError(`RepCard found no such record${said}`, { code: "repcard/not-found", next: "hold-record" });
  if (status === 429) return vendorError(`RepCard has had too many requests${said}`, { code: "repcard/too-many-requests", next: "retry" });
  if (status >= 500) return vendorError(`RepCard failed${said}`, { code: "repcard/failed", next: "retry", inDoubt: true });
  const field = fieldIn(message);
  return vendorError(`RepCard refused it${said}`, {
    code: "repcard/refused",
    next: "hold-record",
    ...(field === undefined ? {} : { field }),
  });
}

/** A login or maintenance page: the address may be wrong, or RepCard is away for a while. */
function webPage({ status, url }: Answer): VendorError {
  const hint = "If it stays so, check `baseUrl` (it ends in /api) and whether a login page or a proxy stands in the way.";
  if (status === 401)
    return vendorError("RepCard does not accept the API key, and says so with a web page.", {
      code: "repcard/unauthorized",
      next: "stop-run",
      hint: "Check `apiKey`.",
    });
  const again = status < 400;
  return vendorError(`RepCard answered with a web page instead of data (${status} at ${pathOf(url)}).`, {
    code: "repcard/web-page",
    next: again ? "retry" : "stop-stream",
    inDoubt: again,
    hint,
  });
}

function vendorError(message: string, details: VendorErrorDetails): VendorError {
  return new VendorError(message.endsWith(".") ? message : `${message}.`, details);
}

function pathOf(url: string): string {
  return URL.canParse(url) ? new URL(url).pathname : url;
}

function isWebPage({ body, text }: Answer): boolean {
  return typeof body === "string" && /^\s*<(!doctype|html|head|body|\?xml|!--)/i.test(text.slice(0, 500));
}

function plainMessage(body: unknown): string {
  if (typeof body !== "object" || body === null || !("message" in body)) return "";
  return typeof body.message === "string" ? body.message : "";
}

function sentence(message: string): string {
  const text = message.trim().replace(/\s+/g, " ");
  return (text.length > 300 ? `${text.slice(0, 299)}…` : text).replace(/\.$/, "");
}

/** The field in a sentence of the vendor's: "The short name may not be …" is about `shortName`. */
function fieldIn(message: string): string | undefined {
  const words = /^The (?:selected )?([a-z][a-z ]*?)(?: field)? (?:is|may|must|has|should|format|does)\b/.exec(message)?.[1];
  return words?.replace(/ (\w)/g, (_all, letter: string) => letter.toUpperCase());
}
