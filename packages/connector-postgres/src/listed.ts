import type { ReadRequest } from "@fieldwright/connector-kit";
import { quoteName } from "@fieldwright/connector-kit/sql";
import type { Door } from "./door.js";
import type { Select } from "./select.js";
import type { Column, Key, Table } from "./table.js";

/** What it takes to read a table. */
export interface Listed {
  readonly door: Door;
  readonly table: Table;
  readonly key: Key;
  readonly select: Select;
  /** The column of the cursor. */
  readonly cursor?: Column;
}

/** Conditions and their parameters, collected together so that the numbers fit. */
export class Conditions {
  readonly #texts: string[] = [];
  readonly values: unknown[] = [];

  /** The place of a parameter, as a value of the column's type: compared as such it keeps microseconds and 64 bits. */
  place(column: Column, value: string): string {
    this.values.push(value);
    return `$${this.values.length}::pg_catalog.text::${column.type}`;
  }

  add(text: string): void {
    this.#texts.push(text);
  }

  get where(): string {
    return this.#texts.length === 0 ? "" : ` where ${this.#texts.join(" and ")}`;
  }
}

/** The request's bounds, on the cursor's column. */
export function bounded({ cursor }: Listed, request: ReadRequest): Conditions {
  const conditions = new Conditions();
  // Without a lower bound it is a full listing. It takes rows beyond the upper one and rows with a blank cursor too: else they would look deleted.
  if (!cursor || request.since === undefined) return conditions;
  const name = `t.${quoteName(cursor.name)}`;
  conditions.add(`${name} >= ${conditions.place(cursor, request.since)}`);
  if (request.until !== undefined) conditions.add(`${name} <= ${conditions.place(cursor, request.until)}`);
  return conditions;
}

/** Whether a request asks for everything there is. */
export function isFull({ cursor }: Listed, request: ReadRequest): boolean {
  return cursor === undefined || request.since === undefined;
}
