/** A call that the vendor turns down: the first message only, and no list of fields. */
export class Refusal extends Error {
  constructor(
    readonly status: 400 | 401 | 404,
    message: string,
  ) {
    super(message);
    this.name = "Refusal";
  }
}

/** The key as the vendor's messages name it: `userId` is "user id". */
function wordsOf(key: string): string {
  return key
    .replaceAll(/([A-Z])/g, " $1")
    .replaceAll(/[_.]/g, " ")
    .toLowerCase();
}

export function missing(key: string): Refusal {
  return new Refusal(400, `The ${wordsOf(key)} field is required.`);
}

export function invalid(key: string): Refusal {
  return new Refusal(400, `The selected ${wordsOf(key)} is invalid.`);
}

export function misshapen(key: string, format: string): Refusal {
  return new Refusal(400, `The ${wordsOf(key)} does not match the format ${format}.`);
}

export type Body = Readonly<Record<string, unknown>>;

/** Refuses with the first of the keys that is missing or blank, in the order given. */
export function requireKeys(body: Body, keys: readonly string[]): void {
  for (const key of keys) {
    const value = body[key];
    if (value === undefined || value === null || value === "") throw missing(key);
  }
}

export function textOf(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  return typeof value === "number" ? String(value) : undefined;
}

export function numberOf(value: unknown): number | undefined {
  if (typeof value === "number") return value;
  return typeof value === "string" && /^\d+$/.test(value) ? Number(value) : undefined;
}
