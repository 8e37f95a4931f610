import { type Answer, VendorError, type VendorErrorDetails } from "@fieldwright/connector-kit";

/**
 * What an answer of Fishbowl's means where it is no good one; `undefined` leaves it to the usual reading. Its errors are objects
 * with `status` and `message`, and the status in the body counts where the two differ.
 */
export function explain(answer: Answer): VendorError | undefined {
  if (isWebPage(answer)) return answer.status < 400 ? webPage(answer) : undefined;
  const told = toldBy(answer.body);
  const status = told === undefined ? answer.status : Math.max(told.status, answer.status);
  if (status < 400) return undefined;
  const path = pathOf(answer.url);
  const asked: Asked = { status, path, said: said(told?.message ?? "", status) };
  if (path.endsWith("/api/data-query")) return queryError(asked);
  if (status === 429 || status >= 500) return told !== undefined && answer.status < 400 ? failed(asked) : undefined;
  if (status === 401) return unauthorized(asked);
  if (status === 403) return forbidden(asked);
  if (path.includes("/api/import/")) return importError(asked);
  if (status === 404 && /\/\d+$/.test(path))
    return vendorError(`Fishbowl found no such record${asked.said}`, { code: "fishbowl/not-found", next: "hold-record" });
  if (status === 404) return noSuchAddress(asked);
  return vendorError(`Fishbowl refused it${asked.said}`, { code: "fishbowl/refused", next: "hold-record" });
}

interface Asked {
  readonly status: number;
  readonly path: string;
  readonly said: string;
}

const sqlTrouble = /SQL syntax|unknown (column|table)|doesn't exist|bad SQL grammar|not unique table|ambiguous/i;

function queryError(asked: Asked): VendorError | undefined {
  const { status, said } = asked;
  if (status === 401) return unauthorized(asked);
  if (status === 403) return forbidden(asked);
  if (status === 404) return noSuchAddress(asked);
  const unknown = /unknown column/i.test(said);
  if (unknown)
    return vendorError(`This Fishbowl server lacks a column that was asked for${said}`, {
      code: "fishbowl/unknown-column",
      next: "stop-stream",
      hint: "Leave `assumptions.askColumns` on, so that only columns of this server's version are asked for.",
    });
  if (status === 429 || (status >= 500 && !sqlTrouble.test(said))) return undefined;
  return vendorError(`Fishbowl did not carry out a query${said}`, {
    code: "fishbowl/bad-query",
    next: "stop-stream",
    hint: "Its version may lack this table, or the user the right to the Data module; leave the stream out if it stays so.",
  });
}

function importError({ status, path, said }: Asked): VendorError {
  const name = decodeURIComponent(path.slice(path.lastIndexOf("/") + 1));
  if (status === 404)
    return vendorError(`Fishbowl knows no import of the name "${name}"${said}`, {
      code: "fishbowl/no-such-import",
      next: "stop-stream",
      hint: "Set `imports` to the names of this server: those of the client's Import screen in English, case kept, spaces as hyphens.",
    });
  if (/header|unknown column|invalid column|column name/i.test(said))
    return vendorError(`Fishbowl does not take the columns of the import "${name}"${said}`, {
      code: "fishbowl/import-header",
      next: "stop-stream",
      hint: "Compare them with an export of the same name, and set `assumptions.customerColumns` or leave the field out.",
    });
  return vendorError(`Fishbowl refused the import "${name}"${said}`, { code: "fishbowl/refused", next: "hold-record" });
}

/** What an answer to a login means. The status of two of these is documented nowhere, so their words count. */
export function explainLogin(answer: Answer): VendorError | undefined {
  const told = toldBy(answer.body);
  const status = told === undefined ? answer.status : Math.max(told.status, answer.status);
  if (isWebPage(answer) || status === 429 || status >= 500 || status < 400) return explain(answer);
  const text = said(told?.message ?? "", status);
  if (answer.headers.mfa?.toLowerCase() === "required")
    return vendorError(`This user of Fishbowl signs in with a second factor, which nobody can type here${text}`, {
      code: "fishbowl/mfa-required",
      next: "stop-run",
      hint: "Give this connection a Fishbowl user of its own without one.",
    });
  if (/approve|new integrated app/i.test(text))
    return vendorError(`An administrator has yet to approve this program in Fishbowl${text}`, {
      code: "fishbowl/approval-pending",
      next: "stop-run",
      hint: "In the Fishbowl client, under Setup, Settings, Integrated Apps, approve `appName` with its `appId`; then run again. It is asked once.",
    });
  if (/user limit|licen[sc]e|too many users|concurrent|seat|maximum (number of )?users|logged in users/i.test(text))
    return vendorError(`Fishbowl has no seat free${text}`, {
      code: "fishbowl/no-seat",
      next: "stop-run",
      hint: "Every signed-in person and program takes one of the licensed seats. Let somebody log out, or keep one seat for this connection.",
    });
  if (status === 404) return noSuchAddress({ status, path: pathOf(answer.url), said: text });
  return vendorError(`Fishbowl does not let this user in${text}`, {
    code: "fishbowl/login-refused",
    next: "stop-run",
    hint: "Check `username` and `password` in the Fishbowl client, and that the user is active.",
  });
}

function unauthorized({ said }: Asked): VendorError {
  return vendorError(`Fishbowl ended the session, and a new one too${said}`, {
    code: "fishbowl/unauthorized",
    next: "stop-run",
    hint: "Does something else sign in as the same user? Give this connection a user of its own.",
  });
}

function forbidden({ said }: Asked): VendorError {
  return vendorError(`Fishbowl does not let this user do that${said}`, {
    code: "fishbowl/forbidden",
    next: "stop-stream",
    hint: "Give the user's group the rights in Fishbowl: reading takes the Data module, imports the module of what is imported.",
  });
}

function noSuchAddress({ said }: Asked): VendorError {
  return vendorError(`Fishbowl has nothing at this address${said}`, {
    code: "fishbowl/no-such-address",
    next: "stop-stream",
    hint: "Check `baseUrl`: the server with its REST port, 2456 unless somebody changed it, and nothing behind it.",
  });
}

function failed({ said }: Asked): VendorError {
  return vendorError(`Fishbowl failed${said}`, { code: "fishbowl/failed", next: "retry", inDoubt: true });
}

function webPage({ status, url }: Answer): VendorError {
  return vendorError(`Fishbowl's address answered with a web page instead of data (${status} at ${pathOf(url)}).`, {
    code: "fishbowl/web-page",
    next: "stop-stream",
    inDoubt: true,
    hint: "Check `baseUrl`, its port, and whether a proxy or a login page stands in the way.",
  });
}

/** A record that Fishbowl would not take as it is: nothing was sent. */
export function refuse(message: string, details: Partial<VendorErrorDetails> = {}): VendorError {
  return new VendorError(message, { code: "fishbowl/not-writable", next: "hold-record", ...details });
}

export function unknownShape(path: string): VendorError {
  return new VendorError(`Fishbowl's answer to ${path} is not in a shape that is known.`, {
    code: "fishbowl/unknown-shape",
    next: "stop-stream",
    hint: "The server's version may be another one; report it to the author of the connector.",
  });
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function toldBy(body: unknown): { readonly status: number; readonly message: string } | undefined {
  if (!isObject(body) || typeof body.message !== "string") return undefined;
  return typeof body.status === "number" && body.status >= 400 ? { status: body.status, message: body.message } : undefined;
}

function said(message: string, status: number): string {
  const text = message.trim().replace(/\s+/g, " ").replace(/\.$/, "");
  return text === "" ? ` (${status}).` : `: ${text.length > 300 ? `${text.slice(0, 299)}…` : text} (${status}).`;
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
