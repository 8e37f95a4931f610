import { type Cell, Unread } from "../row.js";
import { type NumberFormat, numberText } from "./number-format.js";
import type { Workbook } from "./workbook.js";
import { attribute, plainText, type XmlHandler } from "./xml.js";

export interface SheetRow {
  readonly number: number;
  readonly cells: Cell[];
}

interface OpenCell {
  readonly at: number;
  readonly type: string;
  readonly format: NumberFormat | undefined;
  formula: boolean;
  value: string | undefined;
}

/** Excel's own limit; a reference beyond it is a mistake or a trap. */
const excelColumns = 16_384;

/** Collects the rows of a sheet. Rows and cells without a number follow the one before. */
export function rowsInto(rows: SheetRow[], workbook: Workbook): XmlHandler {
  let number = 0;
  let cells: Cell[] = [];
  let last = -1;
  let cell: OpenCell | undefined;
  let taking = false;
  let spoken = false;
  return {
    open(name, given) {
      if (name === "row") {
        number = Number(attribute(given, "r") ?? number + 1);
        cells = [];
        last = -1;
      } else if (name === "c") {
        const at = columnOf(attribute(given, "r")) ?? last + 1;
        last = at;
        cell = {
          at,
          type: attribute(given, "t") ?? "n",
          format: workbook.formats[Number(attribute(given, "s") ?? 0)],
          formula: false,
          value: undefined,
        };
      } else if (name === "rPh") spoken = true;
      else if (cell && name === "f") cell.formula = true;
      else if (cell && (name === "v" || (name === "t" && !spoken))) {
        taking = true;
        cell.value ??= "";
      }
    },
    text(raw) {
      if (taking && cell) cell.value += plainText(raw);
    },
    close(name) {
      if (name === "v" || name === "t") taking = false;
      else if (name === "rPh") spoken = false;
      else if (name === "c" && cell) {
        if (cell.at < excelColumns) put(cells, cell.at, cellOf(cell, workbook));
        cell = undefined;
      } else if (name === "row") rows.push({ number, cells });
    },
  };
}

function put(cells: Cell[], at: number, value: Cell): void {
  while (cells.length < at) cells.push(null);
  cells[at] = value;
}

function columnOf(reference: string | undefined): number | undefined {
  if (reference === undefined) return undefined;
  let column = 0;
  for (let at = 0; at < reference.length; at++) {
    const code = reference.charCodeAt(at) & 0xdf; // upper case
    if (code < 65 || code > 90) break;
    column = column * 26 + code - 64;
  }
  return column === 0 ? undefined : column - 1;
}

function cellOf({ type, value, formula, format }: OpenCell, { texts, from1904 }: Workbook): Cell {
  if (value === undefined || (value === "" && type !== "s"))
    return formula && type !== "str"
      ? new Unread("", "is a formula whose result was never saved: open the file in Excel and save it")
      : null;
  switch (type) {
    case "s": {
      const text = texts.get(Number(value));
      return text === undefined ? new Unread(value, "points to a text that is not in the file") : text === "" ? null : text;
    }
    case "str":
    case "inlineStr":
    case "d":
      return value;
    case "b":
      return value === "0" || value === "false" ? "false" : "true";
    case "e":
      return new Unread(value, "is an error of Excel");
    default:
      return (
        numberText(value, format ?? { kind: "number", width: 0 }, from1904) ?? new Unread(value, "is no number or date that Excel can show")
      );
  }
}
