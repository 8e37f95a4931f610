import { refuse } from "./errors.js";

/** A value as an import takes it. @throws hold-record where it takes none such. */
export function cellOf(name: string, value: unknown): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "boolean" || typeof value === "string") return String(value);
  if (typeof value === "number" && Number.isFinite(value)) return String(value);
  throw refuse(`${name} cannot be ${JSON.stringify(value)} in an import, which takes texts, numbers, true and false.`, { field: name });
}

/** An empty cell leaves a field as it is, so an import can fill a field but not empty it. */
export function mustNotEmpty(name: string, value: unknown, before: unknown): void {
  const isEmpty = value === null || value === undefined || value === "";
  if (!isEmpty || before === null || before === undefined || before === "") return;
  throw refuse(`Fishbowl's import cannot empty ${name}: an empty cell leaves it as it is.`, {
    code: "fishbowl/cannot-empty",
    field: name,
    hint: "Empty it in the Fishbowl client, or leave blanks out in the mapping.",
  });
}
