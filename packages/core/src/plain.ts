import { VendorError } from "@fieldwright/connector-kit";
import { FieldwrightError } from "./problem.js";

/** An error as a sentence with its next step. */
export function plain(error: Error): string {
  const hint = error instanceof FieldwrightError ? error.hint : error instanceof VendorError ? error.hint : undefined;
  return [error.message, hint].filter(Boolean).join(" ");
}
