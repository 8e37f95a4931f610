import { VendorError, type VendorErrorDetails } from "@fieldwright/connector-kit";
import { type Complaint, fieldOf, word } from "./errors.js";

/** Zoho has this record already: `existing` is the one to link to. */
export class DuplicateRecord extends VendorError {
  constructor(
    message: string,
    details: VendorErrorDetails,
    readonly existing: { readonly module: string; readonly id: string },
  ) {
    super(message, details);
  }
}

/** What Zoho's refusal of one record is worth. */
export function refusalOf(complaint: Complaint, module: string): VendorError {
  const { code, details } = complaint;
  const field = fieldOf(details);
  const at = field === undefined ? {} : { field };
  switch (code) {
    case "DUPLICATE_DATA":
      return duplicate(complaint, module);
    case "MANDATORY_NOT_FOUND":
      return new VendorError(`Zoho takes no ${module} record without ${field ?? "a field that is missing"}.`, {
        code: "zoho/mandatory-missing",
        next: "hold-record",
        hint: "Map the field, or make it optional in the module's layout.",
        ...at,
      });
    case "INVALID_DATA":
      return invalid(complaint, module);
    case "ALREADY_MODIFIED":
      return new VendorError(`The ${module} record was changed in Zoho meanwhile${sinceWhen(details)}; nothing was written.`, {
        code: "zoho/changed-meanwhile",
        next: "hold-record",
        hint: "This is drift: read the record again and decide anew.",
      });
    case "CONVERTED_RECORD":
    case "ID_ALREADY_CONVERTED":
      return new VendorError(`The lead${idIn(details)} was converted in Zoho, and a converted lead cannot be changed.`, {
        code: "zoho/converted",
        next: "hold-record",
        hint: "Its contact, account and deal carry on: link the record to the contact.",
      });
    case "NO_PERMISSION":
    case "AUTHORIZATION_FAILED":
      return new VendorError(`Zoho does not let this user write this ${module} record: ${plain(complaint)}.`, {
        code: "zoho/no-permission",
        next: "hold-record",
        hint: "Give the user's profile the right, or share the record with the user.",
        ...at,
      });
    default:
      return new VendorError(`Zoho refused the ${module} record: ${plain(complaint)}.`, {
        code: `zoho/${word(code)}`,
        next: "hold-record",
        ...at,
      });
  }
}

function duplicate(complaint: Complaint, module: string): VendorError {
  const { details } = complaint;
  const held = (details.duplicate_record ?? {}) as { readonly id?: unknown; readonly module?: { readonly api_name?: unknown } };
  const id = held.id ?? details.id;
  const where = typeof held.module?.api_name === "string" ? held.module.api_name : module;
  const field = fieldOf(details);
  const base = { code: "zoho/duplicate", next: "hold-record", ...(field === undefined ? {} : { field }) } as const;
  if (id === undefined || id === null)
    return new VendorError(`Zoho has a record with the same ${field ?? "value"} already, and does not say which.`, base);
  const hint = `Link it to ${where} ${String(id)} instead of creating it, or give it another ${field ?? "value"}.`;
  return new DuplicateRecord(
    `Zoho has this record already: ${where} ${String(id)} has the same ${field ?? "value"}.`,
    { ...base, hint, alreadyThere: { stream: where, key: String(id) } },
    {
      module: where,
      id: String(id),
    },
  );
}

function invalid(complaint: Complaint, module: string): VendorError {
  const { details, message } = complaint;
  const field = fieldOf(details);
  const at = field === undefined ? {} : { field };
  const isId = /id given|not deleted/i.test(message);
  if (isId && (field === undefined || field === "id"))
    return new VendorError(`Zoho has no ${module} record${idIn(details)}.`, {
      code: "zoho/no-such-record",
      next: "hold-record",
      hint: "It was deleted, or merged into another record; look for that one in Zoho.",
    });
  if (isId)
    return new VendorError(`${field} points to a record that Zoho does not have.`, {
      code: "zoho/no-such-reference",
      next: "hold-record",
      ...at,
    });
  const values = details.supported_values;
  if (Array.isArray(values))
    return new VendorError(`Zoho's picklist ${field ?? ""} has no such value; it has: ${values.map(String).join(", ")}.`, {
      code: "zoho/no-such-value",
      next: "hold-record",
      hint: "Map the value to one of these, or add it to the picklist in Zoho.",
      ...at,
    });
  const most = details.maximum_length;
  const wanted = details.expected_data_type;
  const why =
    typeof most === "number" ? `is longer than ${most} characters` : typeof wanted === "string" ? `is no ${wanted}` : "is not valid";
  return new VendorError(`The value of ${field ?? "a field"} ${why} for Zoho.`, { code: "zoho/invalid-value", next: "hold-record", ...at });
}

function plain({ code, message }: Complaint): string {
  return message === "" ? code : `${message.replace(/\.$/, "")} (${code})`;
}

function idIn(details: Complaint["details"]): string {
  return typeof details.id === "string" ? ` ${details.id}` : "";
}

function sinceWhen(details: Complaint["details"]): string {
  return typeof details.Modified_Time === "string" ? `, at ${details.Modified_Time}` : "";
}
