import { fileError } from "../file-error.js";
import type { Limits } from "../options.js";
import type { Row, Table } from "../row.js";
import type { OpenFile } from "../source-file.js";
import { type Area, areasInto, fillDown } from "./merged.js";
import { rowsInto, type SheetRow } from "./sheet-rows.js";
import { unpack } from "./unpack.js";
import { guarded, openWorkbook, type Sheet, type Workbook } from "./workbook.js";
import { createXml, type XmlHandler } from "./xml.js";

export interface ExcelSettings {
  readonly sheet?: string | number | undefined;
  readonly limits: Limits;
  readonly signal: AbortSignal;
}

/** The rows of a sheet, in one pass over it and without holding more than some of them. */
export async function readExcel(open: OpenFile, settings: ExcelSettings): Promise<Table> {
  const workbook = await openWorkbook(open, settings);
  const sheet = chosen(workbook, open.file.name, settings.sheet);
  return {
    rows: rowsOf(open, { sheet, workbook, settings }),
    sheet: sheet.name,
    written: `Excel, sheet ${sheet.name}`,
    // The directory of the archive is its end, so a file that opens is whole.
    doubt: () => undefined,
  };
}

function chosen({ sheets }: Workbook, name: string, wanted: string | number | undefined): Sheet {
  const sheet =
    typeof wanted === "number"
      ? sheets[wanted - 1]
      : wanted === undefined
        ? (sheets.find((one) => !one.hidden) ?? sheets[0])
        : (sheets.find((one) => one.name === wanted) ?? sheets.find((one) => one.name.toLowerCase() === wanted.toLowerCase()));
  if (sheet) return sheet;
  const there = sheets.map((one) => `"${one.name}"`).join(", ") || "none";
  throw fileError("no-sheet", `${name} has no sheet ${JSON.stringify(wanted ?? 1)}.`, `It has: ${there}. Check \`sheet\`.`);
}

interface Reading {
  readonly sheet: Sheet;
  readonly workbook: Workbook;
  readonly settings: ExcelSettings;
}

async function* rowsOf(open: OpenFile, reading: Reading): AsyncGenerator<Row> {
  const { limits } = reading.settings;
  const areas: Area[] = [];
  await findAreas(open, reading, areas);
  const fill = fillDown(areas);
  const rows: SheetRow[] = [];
  let before = 0;
  let sinceRow = 0;
  for await (const length of pieces(open, reading, rowsInto(rows, reading.workbook))) {
    sinceRow = rows.length > 0 ? 0 : sinceRow + length;
    if (sinceRow > limits.maxRowBytes)
      throw fileError(
        "row-too-long",
        `${open.file.name}: row ${before + 1} is longer than ${limits.maxRowBytes} bytes.`,
        "If this is no trap, raise `limits.maxRowBytes`.",
      );
    for (const row of rows) {
      if (!(row.number > before))
        throw fileError("damaged", `${open.file.name}: row ${row.number} stands behind row ${before}.`, "Save the file again in Excel.");
      before = row.number;
      fill(row);
      yield row;
    }
    rows.length = 0;
  }
}

/** Merged areas stand behind the rows, so the sheet is looked through once before it is read. */
async function findAreas(open: OpenFile, reading: Reading, areas: Area[]): Promise<void> {
  const xml = createXml(areasInto(areas), reading.settings.limits.maxRowBytes);
  let found = false;
  let rest = "";
  for await (const piece of unpacked(open, reading)) {
    const text = rest + piece;
    const at = found ? 0 : text.indexOf("mergeCells");
    rest = found || at !== -1 ? "" : text.slice(-mostOfATag);
    if (at === -1) continue;
    const from = found ? 0 : Math.max(0, text.lastIndexOf("<", at));
    found = true;
    guarded(open.file.name, reading.settings.limits, () => xml.write(text.slice(from)));
  }
}

const mostOfATag = 64;

/** Hands the sheet to the handler, piece by piece; gives the length of each. */
async function* pieces(open: OpenFile, reading: Reading, handler: XmlHandler): AsyncGenerator<number> {
  const { limits } = reading.settings;
  const xml = createXml(handler, limits.maxRowBytes);
  for await (const piece of unpacked(open, reading)) {
    guarded(open.file.name, limits, () => xml.write(piece));
    yield piece.length;
  }
}

function unpacked(open: OpenFile, { sheet: { entry }, settings: { limits, signal } }: Reading): AsyncGenerator<string> {
  return unpack(open, { entry, signal, maxBytes: limits.maxUnpackedBytes, limit: "maxUnpackedBytes" });
}
