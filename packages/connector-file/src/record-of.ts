import type { DataRecord } from "@fieldwright/connector-kit";
import { type Key, keyValue } from "./key.js";
import type { Column } from "./layout/columns.js";
import { columnLetters, type Row, Unread } from "./row.js";

/** Where a row stands, for the record and for people. */
export interface Where {
  readonly file: string;
  readonly sheet: string | undefined;
}

export interface ReadRecord {
  readonly record: DataRecord;
  /** Absent where the row cannot be told from others, or its values cannot be told to belong to their columns. */
  readonly key: string | undefined;
  readonly problems: readonly string[];
}

export interface Reading {
  readonly columns: readonly Column[];
  readonly key: Key;
  readonly where: Where;
  readonly trim: boolean;
}

/** A row as a record. What cannot be read stays as the text that it is, and `_problems` tells where it stands. */
export function recordOf(row: Row, reading: Reading): ReadRecord {
  const { columns, key, where } = reading;
  const shifted = shiftOf(row, reading);
  if (shifted !== undefined) return without(shifted, row, reading);
  const problems: string[] = [];
  const unread = new Set<string>();
  const values: Record<string, unknown> = Object.fromEntries(
    columns.map((column) => {
      const before = problems.length;
      const value = taken(row, column, { reading, problems });
      if (problems.length > before) unread.add(column.field);
      return [column.field, value];
    }),
  );
  if (key.parts.some((part) => unread.has(part))) return without(`${problems[0]}, and it is the key`, row, reading);
  const found = keyValue(key, values);
  if (found === undefined) return without(`${place(where, row)}: the key (${key.parts.join(", ")}) is blank`, row, reading);
  const beyond = row.cells.findIndex((cell, at) => at >= columns.length && cell !== null);
  if (beyond !== -1) problems.push(`${place(where, row)}, column ${columnLetters(beyond)}: a value stands beyond the last title`);
  return { key: String(found), problems, record: { ...placed(row, reading, problems), ...values, [key.field]: found } };
}

function placed(row: Row, { where }: Reading, problems: readonly string[]): DataRecord {
  return { _file: where.file, _sheet: where.sheet ?? null, _row: row.number, _problems: problems.length === 0 ? null : problems };
}

/** Nothing of such a row is guessed: it has no key, so the engine holds and counts it. */
function without(problem: string, row: Row, reading: Reading): ReadRecord {
  return { key: undefined, problems: [problem], record: { ...placed(row, reading, [problem]), [reading.key.field]: null } };
}

/** Text files write every cell, so one too many or too few has moved the others. Excel leaves blank ones out. */
function shiftOf(row: Row, { columns, where }: Reading): string | undefined {
  if (where.sheet !== undefined) return undefined;
  const last = row.cells.findLastIndex((cell) => cell !== null) + 1;
  const count = row.cells.length < columns.length ? row.cells.length : Math.max(last, columns.length);
  if (count === columns.length) return undefined;
  return `${place(where, row)}: ${count} cells where the header has ${columns.length}, so its values may stand under wrong titles`;
}

interface Taking {
  readonly reading: Reading;
  readonly problems: string[];
}

function taken(row: Row, { at, field, reader }: Column, { reading, problems }: Taking): unknown {
  const cell = row.cells[at] ?? null;
  if (cell === null) return null;
  const trouble = (text: string, why: string): void => {
    const column = reading.where.sheet === undefined ? `column ${at + 1}` : `column ${columnLetters(at)}`;
    problems.push(`${place(reading.where, row)}, ${column} (${field}): ${text === "" ? "it" : JSON.stringify(shortened(text))} ${why}`);
  };
  if (cell instanceof Unread) {
    trouble(cell.text, cell.why);
    return cell.text === "" ? null : cell.text;
  }
  const text = reading.trim ? cell.trim() : cell;
  if (text === "") return null;
  const read = reader.read(text);
  if ("value" in read) return read.value;
  if (text.trim() === "") return null;
  trouble(text, read.why);
  return text;
}

function shortened(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}

function place({ file, sheet }: Where, row: Row): string {
  return sheet === undefined ? `${file}, line ${row.number}` : `${file}, sheet ${sheet}, row ${row.number}`;
}
