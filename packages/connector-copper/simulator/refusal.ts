/** An answer that is no success; thrown from wherever it is found out. */
export class Refusal extends Error {
  constructor(
    readonly status: 400 | 401 | 404 | 422,
    message: string,
  ) {
    super(message);
  }
}

export function invalid(field: string, problem: string): Refusal {
  return new Refusal(422, `Invalid input: Validation errors: ${field}: ${problem}`);
}

export function unrecognized(keys: readonly string[]): Refusal {
  return invalid("Base", `Unrecognized attributes specified: ${keys.join(", ")}`);
}

export function notFound(): Refusal {
  return new Refusal(404, "Resource not found");
}

/** `company_id` as the vendor's messages call it. */
export function spoken(key: string): string {
  return key
    .split("_")
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join(" ");
}

/** Ids may come as digits in a text. */
export function idFrom(field: string, value: unknown): number {
  const id = typeof value === "string" && /^\d+$/.test(value) ? Number(value) : value;
  if (typeof id === "number" && Number.isInteger(id) && id > 0) return id;
  throw invalid(spoken(field), `Invalid value for ${spoken(field)}: IDs must be positive integers: ${String(value)}`);
}
