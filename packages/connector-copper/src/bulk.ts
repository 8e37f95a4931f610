import { type Call, type DataRecord, VendorError } from "@fieldwright/connector-kit";
import { type Api, isObject } from "./api.js";

/** The vendor's own limit of one bulk request. */
export const bulkSize = 10;

export interface Bulk {
  readonly path: string;
  readonly doing: "bulk_create" | "bulk_update";
  readonly items: readonly DataRecord[];
}

/** What became of each item: the record, or the vendor's reason. @throws where the answer cannot be put together with the items. */
export async function sendBulk(api: Api, { path, doing, items }: Bulk, call: Call): Promise<readonly (DataRecord | VendorError)[]> {
  const isUpdate = doing === "bulk_update";
  const answer = await api.sendBulk({ method: "POST", path: `/${path}/${doing}`, json: { [path]: items }, safeToRepeat: isUpdate }, call);
  if (!Array.isArray(answer) || answer.length !== items.length || !answer.every(isObject)) throw otherAnswer(path);
  return answer.map((one: DataRecord) => (one.success === false ? itemError(one) : one));
}

/** `{"success":false,"message":{"name":[{"error":"invalid"}]}}`, or a plain text where the fault lies with no field. */
function itemError({ message }: DataRecord): VendorError {
  const [field, reasons] = isObject(message) ? (Object.entries(message)[0] ?? []) : [];
  const said = [reasons ?? message].flat().map((one) => (isObject(one) ? String(one.error) : String(one)));
  const text = said.join(", ");
  if (/Resource not found/i.test(text))
    return new VendorError("Copper found no such record.", { code: "copper/not-found", next: "hold-record" });
  const about = field === undefined || field === "base" ? "" : `${field}: `;
  return new VendorError(`Copper refused it: ${about}${text}.`, {
    code: "copper/refused",
    next: "hold-record",
    ...(about === "" ? {} : { field: field ?? "" }),
  });
}

function otherAnswer(path: string): VendorError {
  return new VendorError(`Copper's answer to a bulk write of ${path} does not say what became of each record.`, {
    code: "copper/unknown-shape",
    next: "stop-stream",
    inDoubt: true,
    hint: `Look at the records in Copper, and take ${path} out of \`assumptions.bulkOn\` to write them one by one.`,
  });
}
