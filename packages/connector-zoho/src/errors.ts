import { type Answer, VendorError, type VendorErrorDetails } from "@fieldwright/connector-kit";

/** What Zoho has against a request or a record. */
export interface Complaint {
  readonly code: string;
  readonly message: string;
  readonly details: Readonly<Record<string, unknown>>;
}

/** A call of which every record was refused: the records' own words are in `cause`. */
export const eachRefused = "zoho/each-refused";
export const pageTokenGone = "zoho/page-token-gone";

/** What an answer of the API means where it is no good one; `undefined` leaves it to the usual reading. */
export function explain(answer: Answer): VendorError | undefined {
  const { status, body, url } = answer;
  if (status < 400) return undefined;
  const path = URL.canParse(url) ? new URL(url).pathname : url;
  if (status < 500 && isList(body)) {
    const message = `Zoho refused every record of a call to ${path} (${status}).`;
    return new VendorError(message, { code: eachRefused, next: "hold-record", cause: body });
  }
  const complaint = complaintIn(body);
  if (complaint === undefined || status === 429 || status >= 500) return undefined;
  const [message, details] = meaning(complaint, `${status} ${complaint.code} at ${path}`);
  return new VendorError(message, details);
}

/** The complaint in a flat body, or in one record's place. */
export function complaintIn(body: unknown): Complaint | undefined {
  if (typeof body !== "object" || body === null || !("code" in body) || typeof body.code !== "string") return undefined;
  const { code, message, details } = body as { code: string; message?: unknown; details?: unknown };
  const more = typeof details === "object" && details !== null ? (details as Complaint["details"]) : {};
  return { code, message: typeof message === "string" ? message.trim() : "", details: more };
}

function isList(body: unknown): boolean {
  if (typeof body !== "object" || body === null) return false;
  return ["data", "watch", "recycle_bin"].some((name) => Array.isArray((body as Record<string, unknown>)[name]));
}

type Meaning = readonly [message: string, details: VendorErrorDetails];

function meaning(complaint: Complaint, where: string): Meaning {
  const { code, message, details } = complaint;
  switch (code) {
    case "INVALID_TOKEN":
    case "AUTHENTICATION_FAILURE":
    case "INVALID_HOST":
      return [
        `Zoho does not accept the access token here (${where}).`,
        {
          code: "zoho/token-refused",
          next: "stop-run",
          hint: "Check `dataCentre`, `environment` and `apiUrl`: a token is good only at the host that it was made for. If they are right, authorize again.",
        },
      ];
    case "OAUTH_SCOPE_MISMATCH":
      return [
        `The refresh token was not given the right to do this (${where}).`,
        {
          code: "zoho/scope-missing",
          next: "stop-stream",
          hint: "Authorize again with the scope of this call, for example ZohoCRM.modules.ALL, ZohoCRM.settings.ALL, ZohoCRM.coql.READ, ZohoCRM.bulk.READ.",
        },
      ];
    case "NO_PERMISSION":
    case "AUTHORIZATION_FAILED":
      return [
        `Zoho does not let this user do that${permissionsIn(details)} (${where}).`,
        {
          code: "zoho/no-permission",
          next: "stop-stream",
          hint: "Give the user's profile the right to this module in Zoho's setup, or leave the module out with `modules`.",
        },
      ];
    case "INVALID_MODULE":
      return [
        `Zoho has no such module (${where}).`,
        {
          code: "zoho/no-such-module",
          next: "stop-stream",
          hint: "Write the module's API name, with capitals: `Contacts`, not `contacts`.",
        },
      ];
    case "TOKEN_BOUND_DATA_MISMATCH":
    case "EXPIRED_VALUE":
      return [
        `The place in Zoho's listing is no longer known (${where}).`,
        { code: pageTokenGone, next: "stop-stream", hint: "Zoho keeps it for 24 hours. Read from the start." },
      ];
    default: {
      const field = fieldOf(details);
      return [
        `Zoho refused it: ${message === "" ? code : message} (${where}).`,
        { code: `zoho/${word(code)}`, next: "hold-record", ...(field === undefined ? {} : { field }) },
      ];
    }
  }
}

/** `INVALID_QUERY` is "invalid-query". */
export function word(code: string): string {
  return code.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-");
}

export function fieldOf(details: Complaint["details"]): string | undefined {
  const name = details.api_name ?? details.param_name;
  return typeof name === "string" ? name : undefined;
}

function permissionsIn(details: Complaint["details"]): string {
  return Array.isArray(details.permissions) ? `: it lacks ${details.permissions.join(", ")}` : "";
}
