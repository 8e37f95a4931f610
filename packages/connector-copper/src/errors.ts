import { type Answer, VendorError, type VendorErrorDetails } from "@fieldwright/connector-kit";

/**
 * What an answer of Copper's means where it is no good one; `undefined` leaves it to the usual reading.
 * A record that is not there and an address that is not there are both a 404, told apart by their bodies.
 */
export function explain(answer: Answer): VendorError | undefined {
  const { status } = answer;
  if (status < 400 || status === 429 || status >= 500) return undefined;
  if (isWebPage(answer)) return webPage(answer);
  const { message, error } = wordsIn(answer.body);
  const said = message === "" ? "." : `: ${message}${message.endsWith(".") ? "" : "."}`;
  if (status === 401)
    return vendorError(`Copper does not accept the key or its user${said}`, {
      code: "copper/unauthorized",
      next: "stop-run",
      hint: "Check `apiKey` and `userEmail`: the mail address must be that of the user who made the key, and the key may have been revoked.",
    });
  if (status === 403)
    return vendorError(`Copper does not let this user do that${said}`, {
      code: "copper/forbidden",
      next: "stop-stream",
      hint: "Use the key of an admin; what its user cannot see or change, the API cannot either.",
    });
  if (status === 404 && error !== "not_found" && message !== "")
    return vendorError(`Copper found no such record${said}`, { code: "copper/not-found", next: "hold-record" });
  if (status === 404)
    return vendorError("Copper has nothing at this address.", {
      code: "copper/no-such-address",
      next: "stop-stream",
      hint: "Check `baseUrl`; it ends in /developer_api/v1.",
    });
  if (status === 422 && /Unrecognized attributes/.test(message) && /\/search$/.test(pathOf(answer.url)))
    return vendorError(`Copper does not know a word of this search${said}`, {
      code: "copper/unknown-search-key",
      next: "stop-stream",
      hint: "This account's search lacks a filter that the connector uses: take the stream out of `assumptions.modifiedFilterOn`.",
    });
  const field = fieldIn(message);
  return vendorError(`Copper refused it${said}`, {
    code: "copper/refused",
    next: "hold-record",
    ...(field === undefined ? {} : { field }),
  });
}

function webPage({ status, url }: Answer): VendorError {
  return vendorError(`Copper answered with a web page instead of data (${status} at ${pathOf(url)}).`, {
    code: status === 401 ? "copper/unauthorized" : "copper/web-page",
    next: status === 401 ? "stop-run" : "stop-stream",
    hint: "Check `baseUrl`, and whether a proxy or a login page stands in the way.",
  });
}

/** A record or value that Copper would not take as it is: nothing was sent. */
export function refuse(message: string, details: Partial<VendorErrorDetails> = {}): VendorError {
  return new VendorError(message, { code: "copper/not-writable", next: "hold-record", ...details });
}

/** "Email: has already been taken" is about the field `email`. */
export function fieldIn(message: string): string | undefined {
  const [, spoken] = /Validation errors: ([A-Za-z][A-Za-z ]*):/.exec(message) ?? [];
  if (spoken === undefined || spoken === "Base") return undefined;
  return spoken.toLowerCase().replaceAll(" ", "_");
}

function wordsIn(body: unknown): { readonly message: string; readonly error: string } {
  if (typeof body !== "object" || body === null) return { message: "", error: "" };
  const error = "error" in body && typeof body.error === "string" ? body.error : "";
  const message = "message" in body && typeof body.message === "string" ? body.message : error;
  return { error, message: shortened(message.trim().replace(/\s+/g, " ")) };
}

function shortened(text: string): string {
  return text.length > 300 ? `${text.slice(0, 299)}…` : text;
}

function vendorError(message: string, details: VendorErrorDetails): VendorError {
  return new VendorError(message, details);
}

function pathOf(url: string): string {
  return URL.canParse(url) ? new URL(url).pathname : url;
}

function isWebPage({ body, text }: Answer): boolean {
  return typeof body === "string" && /^\s*<(!doctype|html|head|body|\?xml|!--)/i.test(text.slice(0, 500));
}
