/** Every refusal of the vendor's has this form. */
export class Problem extends Error {
  readonly status: number;
  readonly errors: Readonly<Record<string, readonly string[]>>;

  constructor(status: number, title: string, errors: Readonly<Record<string, readonly string[]>> = {}) {
    super(title);
    this.status = status;
    this.errors = errors;
  }
}

let traces = 0;

export function problemAnswer(
  status: number,
  title: string,
  more: { readonly errors?: object; readonly headers?: Record<string, string> } = {},
): Response {
  traces += 1;
  const body = {
    type: "https://tools.ietf.org/html/rfc7231#section-6.5.1",
    title,
    status,
    traceId: `00-${String(traces).padStart(32, "0")}-01`,
    errors: more.errors ?? {},
    data: {},
  };
  return Response.json(body, { status, headers: { ...more.headers, "content-type": "application/json; charset=utf-8" } });
}

export function invalid(field: string, says: string): Problem {
  return new Problem(400, "One or more validation errors occurred.", { [field]: [says] });
}

export function notFound(what: string): Problem {
  return new Problem(404, `${what} was not found.`);
}
