/** A cell that is there and cannot be read; `text` is what stands in it. */
export class Unread {
  readonly text: string;
  readonly why: string;
  constructor(text: string, why: string) {
    this.text = text;
    this.why = why;
  }
}

/** Text as it stands in the file (dates of Excel as ISO text), or nothing. */
export type Cell = string | null | Unread;

export interface Row {
  /** The row of the sheet, or the line on which the row begins; from 1. */
  readonly number: number;
  readonly cells: readonly Cell[];
  /** The row as it is written, where it was asked for. */
  readonly raw?: string;
}

/** The rows of one table, and what there is to say of the way it is written. */
export interface Table {
  readonly rows: AsyncIterable<Row>;
  readonly sheet?: string;
  /** "utf-8, separated by ;" */
  readonly written: string;
  /** Once all rows are read: why the file may not be whole. */
  doubt(): string | undefined;
}

/** "C" for the third column of a sheet. */
export function columnLetters(index: number): string {
  let letters = "";
  for (let left = index + 1; left > 0; left = Math.floor((left - 1) / 26)) letters = String.fromCharCode(65 + ((left - 1) % 26)) + letters;
  return letters;
}
