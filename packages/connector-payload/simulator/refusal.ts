/** An answer other than the one hoped for; thrown by whoever finds out. */
export class Refusal extends Error {
  readonly status: number;
  readonly body: unknown;

  constructor(status: number, body: unknown) {
    super(`Refused with ${status}`);
    this.status = status;
    this.body = body;
  }
}

export function plainly(status: number, message: string): Refusal {
  return new Refusal(status, { errors: [{ message }] });
}

export const somethingWentWrong = (): Refusal => plainly(500, "Something went wrong.");
export const notFound = (): Refusal => plainly(404, "Not Found");
export const notAllowed = (): Refusal => plainly(403, "You are not allowed to perform this action.");

export function noRoute(path: string): Refusal {
  return new Refusal(404, { message: `Route not found "${path}"` });
}

export interface Problem {
  readonly label?: string;
  readonly message: string;
  readonly path: string;
  readonly tableName?: string;
}

/** `id` is that of the record that was to be changed. */
export function invalid(collection: string, problems: readonly Problem[], id?: unknown): Refusal {
  const names = problems.map((problem) => problem.label ?? problem.path);
  const message =
    names.length === 1 ? `The following field is invalid: ${names[0]}` : `The following fields are invalid: ${names.join(", ")}`;
  const data = { ...(id === undefined ? {} : { id }), collection, errors: problems };
  return new Refusal(400, { errors: [{ name: "ValidationError", data, message }] });
}

export function notQueryable(paths: readonly string[]): Refusal {
  const message =
    paths.length === 1 ? `The following path cannot be queried: ${paths[0]}` : `The following paths cannot be queried: ${paths.join(", ")}`;
  return new Refusal(400, { errors: [{ name: "QueryError", data: paths.map((path) => ({ path })), message }] });
}
