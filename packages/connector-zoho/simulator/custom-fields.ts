import { type Field, field } from "./field.js";

/** A field that an organisation has beside, or in place of, the stock one of the same name. */
export interface CustomField {
  readonly name: string;
  /** Zoho's name of the type: `text`, `double`, `currency`, `integer`, `boolean`, `picklist`, ... */
  readonly type?: string;
  readonly picks?: readonly string[];
  readonly unique?: boolean;
  readonly mandatory?: boolean;
}

/** The fields of a module as this organisation has set them. */
export function withCustom(stock: readonly Field[], own: readonly CustomField[]): readonly Field[] {
  const names = new Set(own.map((one) => one.name));
  const stockNames = new Set(stock.map((one) => one.name));
  return [...stock.filter((one) => !names.has(one.name)), ...own.map((one) => fieldOf(one, !stockNames.has(one.name)))];
}

function fieldOf({ name, type, picks, unique, mandatory }: CustomField, custom: boolean): Field {
  const made = field(name, type ?? "text", {
    custom,
    ...(unique === undefined ? {} : { unique }),
    ...(mandatory === undefined ? {} : { mandatory }),
  });
  return picks === undefined ? made : { ...made, picks };
}
