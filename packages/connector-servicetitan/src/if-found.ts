import { VendorError } from "@fieldwright/connector-kit";

/** What `ask` gives, or `undefined` where ServiceTitan knows no such record. */
export async function ifFound<T>(ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof VendorError && error.code === "servicetitan/not-found") return undefined;
    throw error;
  }
}
