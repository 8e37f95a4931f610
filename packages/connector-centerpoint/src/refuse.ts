import { VendorError } from "@fieldwright/connector-kit";

/** A record that Centerpoint would not take as it is: nothing was sent. */
export function refuse(message: string, details: { readonly field?: string; readonly hint?: string } = {}): VendorError {
  return new VendorError(message, { code: "centerpoint/not-writable", next: "hold-record", ...details });
}
