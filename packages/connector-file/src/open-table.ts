import { readCsv } from "./csv/read-csv.js";
import { readExcel } from "./excel/read-excel.js";
import { fileError } from "./file-error.js";
import type { Limits, StreamOptions } from "./options.js";
import type { Row, Table } from "./row.js";
import type { OpenFile } from "./source-file.js";

export interface TableSettings {
  readonly stream: StreamOptions;
  readonly limits: Limits;
  readonly signal: AbortSignal;
  readonly young?: boolean | undefined;
  readonly raw?: boolean | undefined;
}

/** The one way to the rows of a file, whatever it is. Nothing beyond this knows of CSV or Excel. */
export async function readRows(open: OpenFile, settings: TableSettings): Promise<Table> {
  const { stream, limits, signal, young, raw } = settings;
  const table =
    open.kind === "excel"
      ? await readExcel(open, { sheet: stream.sheet, limits, signal })
      : await readCsv(open, {
          delimiter: stream.delimiter,
          encoding: stream.encoding,
          mayEndOpen: stream.mayEndOpen,
          limits,
          signal,
          raw,
          young,
        });
  return { ...table, rows: counted(table.rows, open.file.name, limits), doubt: () => table.doubt() };
}

async function* counted(rows: AsyncIterable<Row>, name: string, limits: Limits): AsyncGenerator<Row> {
  let count = 0;
  for await (const row of rows) {
    count++;
    if (count > limits.maxRows)
      throw fileError("too-large", `${name} has more than ${limits.maxRows} rows.`, "Raise `limits.maxRows`, or split the file.");
    if (row.cells.length > limits.maxColumns)
      throw fileError(
        "too-large",
        `${name}, row ${row.number}: ${row.cells.length} columns, and ${limits.maxColumns} are allowed.`,
        "Check the delimiter and the quotes there, or raise `limits.maxColumns`.",
      );
    if (row.cells.some((cell) => cell !== null)) yield row;
  }
}
