import type { Outcome, VendorError } from "@fieldwright/connector-kit";

export function refused(error: VendorError): Outcome {
  return { ok: false, error };
}
