/** What the vendor's app says when it refuses, in JSON:API. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly title: string,
    readonly detail?: string,
    readonly pointer?: string,
  ) {
    super(detail ?? title);
  }

  answer(): Response {
    const error = {
      status: String(this.status),
      title: this.title,
      ...(this.detail === undefined ? {} : { detail: this.detail }),
      ...(this.pointer === undefined ? {} : { source: { pointer: this.pointer } }),
    };
    return json({ errors: [error] }, this.status);
  }
}

export function json(body: unknown, status = 200): Response {
  return new Response(JSON.stringify(body), { status, headers: { "content-type": "application/vnd.api+json" } });
}

export function notFound(): Refusal {
  return new Refusal(404, "Not Found");
}
