import type { DataRecord } from "@fieldwright/connector-kit";
import type { Account } from "./account.js";
import type { CustomValue } from "./data/custom-values.js";
import { idFrom, invalid, spoken } from "./refusal.js";
import { dayOfLocal, startOfDay } from "./zone.js";

export type Test = (record: DataRecord) => boolean;
export type Filter = (value: unknown, account: Account, key: string) => Test;

/** Only "none" is asked for by -2. */
const none = -2;

export function ids(field: string): Filter {
  return (value, _account, key) => {
    const wanted = new Set(asList(value).map((id) => (Number(id) === none ? null : idFrom(key, id))));
    return (record) => wanted.has((record[field] as number | null) ?? null);
  };
}

export function contains(read: (record: DataRecord) => unknown): Filter {
  return (value) => {
    const wanted = String(value).toLowerCase();
    return (record) => [read(record)].flat().some((text) => typeof text === "string" && text.toLowerCase().includes(wanted));
  };
}

/** Mail addresses and domains are compared as wholes. */
export function equals(read: (record: DataRecord) => unknown): Filter {
  return (value) => {
    const wanted = new Set(asList(value).map((text) => String(text).toLowerCase()));
    return (record) => [read(record)].flat().some((text) => typeof text === "string" && wanted.has(text.toLowerCase()));
  };
}

export function anyOf(field: string, names?: readonly string[]): Filter {
  return (value) => {
    const wanted = new Set(asList(value).map((one) => names?.[Number(one)] ?? one));
    return (record) => wanted.has(record[field] as string);
  };
}

export function range(end: "from" | "to", read: (record: DataRecord, account: Account) => unknown): Filter {
  return (value, account, key) => {
    const bound = Number(value);
    if (!Number.isFinite(bound)) throw invalid(spoken(key), `Invalid value for ${spoken(key)}: ${String(value)}`);
    return (record) => {
      const has = read(record, account);
      return typeof has === "number" && (end === "from" ? has >= bound : has <= bound);
    };
  };
}

export function closeDate(record: DataRecord, { settings }: Account): number | undefined {
  const day = typeof record.close_date === "string" ? dayOfLocal(record.close_date, settings.dateOrder) : undefined;
  return day === undefined ? undefined : startOfDay(settings.timeZone, day);
}

/** Nobody follows anything in a simulated account. */
export const followed: Filter = (value) => () => Number(value) !== 1;

export const age: Filter = (value, account) => (record) => account.now() - Number(record.date_created) <= Number(value);

/** Up to six digits: the end of the number. */
export const phone: Filter = (value) => {
  const wanted = String(typeof value === "object" && value !== null && "value" in value ? value.value : value).replace(/\D/g, "");
  return (record) =>
    ((record.phone_numbers as readonly { number: string }[] | null) ?? []).some((one) => {
      const digits = one.number.replace(/\D/g, "");
      return digits.endsWith(wanted) || (wanted.length > 6 && wanted.endsWith(digits));
    });
};

interface CustomFilter {
  readonly custom_field_definition_id?: unknown;
  readonly value?: unknown;
  readonly option?: unknown;
  readonly allow_empty?: unknown;
  readonly minimum_value?: unknown;
  readonly maximum_value?: unknown;
}

export const customFields: Filter = (value, account) => {
  const tests = asList(value).map((one) => customTest(one as CustomFilter, account));
  return (record) => tests.every((test) => test(record));
};

function customTest(filter: CustomFilter, account: Account): Test {
  const id = idFrom("custom_field_definition_id", filter.custom_field_definition_id);
  const definition = account.definitions().find((candidate) => candidate.id === id);
  if (!definition?.is_filterable) throw invalid("Custom Fields", `Custom field ${id} is not filterable`);
  const wanted = asList(filter.value ?? []);
  return (record) => {
    const has = (record.custom_fields as readonly CustomValue[] | undefined)?.find((one) => one.custom_field_definition_id === id)?.value;
    const values = asList(has ?? []);
    if (values.length === 0) return filter.allow_empty === true;
    if (filter.minimum_value !== undefined && Number(has) < Number(filter.minimum_value)) return false;
    if (filter.maximum_value !== undefined && Number(has) > Number(filter.maximum_value)) return false;
    if (wanted.length === 0) return true;
    if (filter.option === "NONE") return !wanted.some((one) => values.includes(one));
    return filter.option === "ALL" ? wanted.every((one) => values.includes(one)) : wanted.some((one) => values.includes(one));
  };
}

function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}
