import type { DataRecord } from "@fieldwright/connector-kit";

/** The bench's target: 25 columns of a customer. Column, SQL type, source field, and how it is cleaned. */
const columns = [
  ["id", "bigint primary key", "id"],
  ["first_name", "text", "firstName", "trim"],
  ["last_name", "text", "lastName", "trim"],
  ["full_name", "text", "fullName"],
  ["email", "text", "email", "lower"],
  ["country_code", "text", "countryCode"],
  ["phone_number", "text", "phoneNumber"],
  ["company_name", "text", "companyName"],
  ["status_id", "bigint", "statusId"],
  ["status_title", "text", "statusTitle"],
  ["address", "text", "address"],
  ["address2", "text", "address2"],
  ["city", "text", "city"],
  ["state", "text", "state"],
  ["zip", "text", "zip"],
  ["latitude", "double precision", "latitude", "number"],
  ["longitude", "double precision", "longitude", "number"],
  ["external_id", "text", "externalId"],
  ["type", "integer", "type"],
  ["is_referral", "integer", "isReferral"],
  ["user_id", "bigint", "userId"],
  ["owner_id", "bigint", "ownerId"],
  ["contact_source", "text", "contactSource"],
  ["created_at", "timestamptz", "createdAt"],
  ["updated_at", "timestamptz", "updatedAt"],
] as const satisfies readonly (readonly [string, string, string, ("trim" | "lower" | "number")?])[];

/** The fields of a customer that the simulator sends in the bench: 25 fields, about 560 bytes. */
export const sourceFields: readonly string[] = columns.map(([, , source]) => source);

export const columnNames: readonly string[] = columns.map(([name]) => name);

export function createTable(table: string): string {
  return `drop table if exists ${table}; create table ${table} (${columns.map(([name, type]) => `${name} ${type}`).join(", ")})`;
}

/** The spec's `fields`. */
export function specFields(): Record<string, string | { from: string; do: string[] }> {
  return Object.fromEntries(columns.map(([name, , source, step]) => [name, step ? { from: source, do: [step] } : source]));
}

const blank = (value: unknown) => (value === "" || value === undefined ? null : value);
const trimmed = (value: unknown) => (typeof value === "string" ? blank(value.trim()) : blank(value));
const numbered = (value: unknown) => (typeof value === "string" && value !== "" ? Number(value) : null);
const lowered = (value: unknown) => (typeof value === "string" ? blank(value.toLowerCase()) : blank(value));

/** The same mapping as a person would write it. */
export function mapByHand(c: DataRecord): Record<string, unknown> {
  return {
    id: c.id,
    first_name: trimmed(c.firstName),
    last_name: trimmed(c.lastName),
    full_name: blank(c.fullName),
    email: lowered(c.email),
    country_code: blank(c.countryCode),
    phone_number: blank(c.phoneNumber),
    company_name: blank(c.companyName),
    status_id: blank(c.statusId),
    status_title: blank(c.statusTitle),
    address: blank(c.address),
    address2: blank(c.address2),
    city: blank(c.city),
    state: blank(c.state),
    zip: blank(c.zip),
    latitude: numbered(c.latitude),
    longitude: numbered(c.longitude),
    external_id: blank(c.externalId),
    type: blank(c.type),
    is_referral: blank(c.isReferral),
    user_id: blank(c.userId),
    owner_id: blank(c.ownerId),
    contact_source: blank(c.contactSource),
    created_at: blank(c.createdAt),
    updated_at: blank(c.updatedAt),
  };
}
