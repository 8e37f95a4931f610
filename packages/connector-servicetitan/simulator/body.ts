import { invalid, Problem } from "./problem.js";

/** Names of a body's fields by their type; words with spaces between. */
export interface Shape {
  readonly string?: string;
  readonly integer?: string;
  readonly number?: string;
  readonly boolean?: string;
  readonly time?: string;
  readonly object?: string;
  readonly array?: string;
  readonly enums?: Readonly<Record<string, readonly string[]>>;
  readonly required?: string;
  /** Takes null though it is not the default to. "*": all do. */
  readonly nullable?: string;
}

export type Body = Readonly<Record<string, unknown>>;

const tests: Readonly<Record<string, (value: unknown) => boolean>> = {
  string: (value) => typeof value === "string",
  integer: (value) => Number.isSafeInteger(value),
  number: (value) => Number.isFinite(value),
  boolean: (value) => typeof value === "boolean",
  time: (value) => typeof value === "string" && /^\d{4}-\d\d-\d\dT/.test(value) && !Number.isNaN(Date.parse(value)),
  object: (value) => typeof value === "object" && value !== null && !Array.isArray(value),
  array: Array.isArray,
};

/** The known fields of a body. Wrong types and missing fields are refused by name; what is not known is dropped without a word. */
export async function bodyAs(request: Request, shape: Shape): Promise<Body> {
  const given = await parsed(request);
  for (const name of words(shape.required)) {
    if (given[name] === undefined) throw invalid(name, `Required property '${name}' not found in JSON.`);
    if (given[name] === null) throw invalid(name, `Required property '${name}' expects a value but got null.`);
  }
  const body: Record<string, unknown> = {};
  for (const [type, test] of Object.entries(tests)) {
    for (const name of words(shape[type as keyof Shape] as string | undefined)) {
      const value = given[name];
      if (value === undefined) continue;
      const isNull = value === null && (shape.nullable === "*" || words(shape.nullable).includes(name));
      if (!isNull && !test(value)) throw invalid(name, `Error converting value ${JSON.stringify(value)} of '${name}'.`);
      const options = shape.enums?.[name];
      if (!isNull && options !== undefined && !options.includes(String(value)))
        throw invalid(name, `'${String(value)}' is not a value of '${name}'.`);
      body[name] = value;
    }
  }
  return body;
}

async function parsed(request: Request): Promise<Body> {
  const text = await request.text();
  if (text === "") return {};
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Body;
  } catch {
    // The same answer as for JSON that is no object.
  }
  throw new Problem(400, "The body is not valid JSON.");
}

function words(text: string | undefined): readonly string[] {
  return (text ?? "").split(" ").filter((word) => word !== "");
}

const addressParts = ["street", "unit", "city", "state", "zip", "country"];

/** An address as it is kept; in a PATCH all of it has to be there. */
export function addressOf(
  value: unknown,
  { whole, coordinates }: { readonly whole: boolean; readonly coordinates: "required" | "optional" | "none" },
): object {
  const given = value as Body;
  const needed = [
    ...addressParts.filter((name) => whole || name !== "unit"),
    ...(coordinates === "required" ? ["latitude", "longitude"] : []),
  ];
  for (const name of needed)
    if (given[name] === undefined || given[name] === null)
      throw invalid(`address.${name}`, `Required property '${name}' not found in JSON.`);
  const kept = Object.fromEntries(addressParts.map((name) => [name, given[name] ?? null]));
  return coordinates === "none" ? kept : { ...kept, latitude: given.latitude ?? null, longitude: given.longitude ?? null };
}

/** Without what was given as null: then the usual value counts. */
export function known(body: Body): Body {
  return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== null));
}
