import { type Answer, VendorError, type VendorErrorDetails } from "@fieldwright/connector-kit";

interface Problem {
  readonly said: string;
  readonly field?: string;
}

/** What a refusal of ServiceTitan's means; `undefined` leaves the answer to the usual reading. */
export function explain(answer: Answer): VendorError | undefined {
  const { status } = answer;
  if (status === 429) return tooMany(answer);
  if (status < 400 || status >= 500) return undefined;
  const problem = problemOf(answer.body);
  const where = `${status} at ${pathOf(answer.url)}`;
  if (status === 401) {
    return error(`ServiceTitan does not accept the token or the application key (${where})${problem.said}`, {
      code: "servicetitan/unauthorized",
      next: "stop-run",
      hint: "Check `appKey`, `clientId` and `clientSecret`; client id and secret belong to one environment and one tenant.",
    });
  }
  if (status === 403) {
    return error(`ServiceTitan does not let this application do that (${where})${problem.said}`, {
      code: "servicetitan/forbidden",
      next: "stop-stream",
      hint: "Check `tenantId`. The tenant's admin has to connect the application, and again after its scopes were changed; else give it this scope or leave the stream out.",
    });
  }
  // A list that is not there is no matter of one record.
  const stream = isListing(answer.url);
  if (status === 404 || status === 410) {
    return error(`ServiceTitan has nothing at this address (${where})${problem.said}`, {
      code: "servicetitan/not-found",
      next: stream ? "stop-stream" : "hold-record",
    });
  }
  return error(`ServiceTitan refused it (${where})${problem.said}`, {
    code: status === 409 ? "servicetitan/conflict" : "servicetitan/refused",
    next: stream ? "stop-stream" : "hold-record",
    ...(problem.field === undefined ? {} : { field: problem.field }),
  });
}

/** "Rate limit is exceeded. Try again in 3 seconds." counts where no header says how long. */
function tooMany(answer: Answer): VendorError {
  const seconds = /(\d+)\s+seconds?\b/i.exec(titleOf(answer.body))?.[1];
  const told = answer.headers["retry-after"] === undefined && seconds !== undefined;
  return error("ServiceTitan has had too many requests of this application (429).", {
    code: "servicetitan/too-many-requests",
    next: "retry",
    ...(told ? { retryAfterMs: Number(seconds) * 1000 } : {}),
  });
}

function problemOf(body: unknown): Problem {
  const title = titleOf(body);
  const errors = isObject(body) && isObject(body.errors) ? Object.entries(body.errors) : [];
  const parts = errors.flatMap(([field, words]) =>
    [words].flat().map((text) => (field === "" ? String(text) : `${field}: ${String(text)}`)),
  );
  const all = [title, ...parts].filter((text) => text !== "").join(" ");
  const said = all === "" ? "." : `: ${shortened(all)}`;
  const field = errors[0]?.[0];
  return field === undefined || field === "" ? { said } : { said, field };
}

function titleOf(body: unknown): string {
  return isObject(body) && typeof body.title === "string" ? body.title.trim() : "";
}

function shortened(text: string): string {
  return text.length > 300 ? `${text.slice(0, 299)}…` : text;
}

function isListing(url: string): boolean {
  const { searchParams } = new URL(url);
  return searchParams.has("page") || searchParams.has("includeRecentChanges");
}

function pathOf(url: string): string {
  return new URL(url).pathname;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function error(message: string, details: VendorErrorDetails): VendorError {
  return new VendorError(message, details);
}
