import { type Answer, VendorError, type VendorErrorDetails } from "@fieldwright/connector-kit";

/** What an answer to a read means where it is no good one; `undefined` leaves it to the usual reading. */
export function explainRead(answer: Answer): VendorError | undefined {
  return explain(answer, { next: "retry" });
}

/** A write that Payload itself fails at fails again: what is wrong is in the record, such as a relation to nothing. */
export function explainWrite(answer: Answer): VendorError | undefined {
  return explain(answer, {
    next: "hold-record",
    inDoubt: true,
    hint: "Payload says no more than this; its log does. Look at the record there, at hooks, and at values of a type that the field does not take.",
  });
}

function explain({ status, body, url }: Answer, failed: Omit<VendorErrorDetails, "code">): VendorError | undefined {
  if (status < 400 || !isObject(body)) return undefined;
  const where = `${status} at ${pathOf(url)}`;
  const [first] = Array.isArray(body.errors) ? (body.errors as readonly unknown[]) : [];
  if (!isObject(first)) return status === 404 ? noRoute(where) : undefined;
  const said = `: ${sentence(first.message)} (${where}).`;
  if (status >= 500) return status === 503 ? undefined : new VendorError(`Payload failed${said}`, { ...failed, code: "payload/failed" });
  if (status === 401) return notSignedIn(said);
  if (status === 403) {
    return new VendorError(`Payload does not allow it${said}`, {
      code: "payload/forbidden",
      next: "stop-stream",
      hint: "Give this user the right in the access rules of the collection, or leave this stream out.",
    });
  }
  if (status === 404) return new VendorError(`Payload has no such record${said}`, { code: "payload/not-found", next: "hold-record" });
  if (status !== 400) return undefined;
  return refusal(first, where);
}

/** The refusal of a field by the rules of its collection: told by name and path, because a site may translate the text. */
function refusal(first: Record<string, unknown>, where: string): VendorError {
  const message = sentence(first.message);
  if (first.name === "QueryError") {
    const path = isObject(first.data) ? undefined : pathIn(first.data);
    return new VendorError(`Payload cannot search by that: ${message} (${where}).`, {
      code: "payload/unknown-field",
      next: "stop-stream",
      ...fieldOf(path),
      hint: "Check the name of the field against the collection's config; fields inside JSON cannot be searched.",
    });
  }
  const problems = isObject(first.data) && Array.isArray(first.data.errors) ? first.data.errors.filter(isObject) : [];
  const [problem] = problems;
  if (problem === undefined)
    return new VendorError(`Payload refused it: ${message} (${where}).`, { code: "payload/refused", next: "hold-record" });
  const field = fieldOf(typeof problem.path === "string" ? problem.path : undefined);
  const told = problems.map((one) => `${String(one.path)}: ${sentence(one.message)}`).join("; ");
  if (problems.some(isDuplicate)) {
    return new VendorError(`Another record has this value already: ${told} (${where}).`, {
      code: "payload/duplicate",
      next: "hold-record",
      ...fieldOf(String(problems.find(isDuplicate)?.path)),
      hint: "Match by this field, so that the record that is there is updated; or clear up which of the two is right.",
    });
  }
  return new VendorError(`Payload refused it: ${told} (${where}).`, { code: "payload/invalid", next: "hold-record", ...field });
}

/** Only the database's own refusal names a table (SQL); Mongo says it in these words. */
function isDuplicate(problem: Record<string, unknown>): boolean {
  return typeof problem.tableName === "string" || problem.message === "Value must be unique";
}

function notSignedIn(said: string): VendorError {
  return new VendorError(`Payload does not let us in${said}`, {
    code: "payload/unauthorized",
    next: "stop-run",
    hint: "Check the API key, or email and password, of this connection. After five wrong passwords the account is locked for a while.",
  });
}

function noRoute(where: string): VendorError {
  return new VendorError(`Payload has nothing at this address (${where}).`, {
    code: "payload/no-such-collection",
    next: "stop-stream",
    hint: "Check `baseUrl`, which ends in /api, and the slug of the collection.",
  });
}

function pathIn(data: unknown): string | undefined {
  const [first] = Array.isArray(data) ? (data as readonly unknown[]) : [];
  return isObject(first) && typeof first.path === "string" ? first.path : undefined;
}

function fieldOf(path: string | undefined): { readonly field?: string } {
  return path === undefined || path === "" ? {} : { field: path };
}

function pathOf(url: string): string {
  return URL.canParse(url) ? new URL(url).pathname : url;
}

function sentence(message: unknown): string {
  const text = typeof message === "string" ? message.trim().replace(/\s+/g, " ") : "no reason given";
  return (text.length > 300 ? `${text.slice(0, 299)}…` : text).replace(/\.$/, "");
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
