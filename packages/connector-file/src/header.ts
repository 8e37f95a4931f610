import { createHash } from "node:crypto";
import { fileError } from "./file-error.js";
import { type Cell, columnLetters, type Row } from "./row.js";

export interface Header {
  /** The row of the titles. */
  readonly row: number;
  /** One for each column, each different. */
  readonly titles: readonly string[];
  /** What was done to the titles, for people to see. */
  readonly remarks: readonly string[];
}

/** Fields of the connector's own. */
export const placeFields = ["_file", "_sheet", "_row", "_problems", "_digest"] as const;

const lookedAt = 10;

export interface Headed {
  readonly header: Header;
  /** Those below the header. */
  readonly rows: AsyncIterable<Row>;
}

/** Parts the rows into header and others; `undefined` for a table without any row. */
export async function headed(rows: AsyncIterable<Row>, name: string, wanted: number | undefined): Promise<Headed | undefined> {
  const iterator = rows[Symbol.asyncIterator]();
  const first: Row[] = [];
  while (first.length < lookedAt || (wanted !== undefined && (first.at(-1)?.number ?? 0) < wanted)) {
    const next = await iterator.next();
    if (next.done === true) break;
    if (wanted === undefined || next.value.number >= wanted) first.push(next.value);
    if (wanted !== undefined && first.length > 0) break;
  }
  const at = wanted === undefined ? likelyHeader(first) : 0;
  const row = first[at];
  if (wanted !== undefined && row?.number !== wanted && row !== undefined)
    throw fileError("no-header", `${name}: row ${wanted}, which should hold the column titles, is blank.`, "Check `headerRow`.");
  if (!row) return undefined;
  return { header: { row: row.number, ...titlesOf(row.cells) }, rows: joined(first.slice(at + 1), iterator) };
}

async function* joined(first: readonly Row[], rest: AsyncIterator<Row>): AsyncGenerator<Row> {
  try {
    yield* first;
    for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
  } finally {
    await rest.return?.();
  }
}

/** Exports often have a title and a date above the table: the header is the first row that is about as wide as the widest. */
function likelyHeader(rows: readonly Row[]): number {
  const widths = rows.map((row) => row.cells.filter((cell) => cell !== null).length);
  const widest = Math.max(0, ...widths);
  return Math.max(
    0,
    widths.findIndex((width) => width >= widest * 0.6),
  );
}

function titlesOf(cells: readonly Cell[]): Pick<Header, "titles" | "remarks"> {
  const taken = new Set<string>(placeFields);
  const remarks: string[] = [];
  const titles = cells.map((cell, at) => {
    const said = (cell === null || typeof cell === "string" ? (cell ?? "") : cell.text).replace(/[\s\u00a0\ufeff]+/g, " ").trim();
    const wanted = said === "" ? `column_${columnLetters(at)}` : said.replaceAll(".", "_");
    let title = wanted;
    for (let again = 2; taken.has(title); again++) title = `${wanted}_${again}`;
    taken.add(title);
    if (said === "") remarks.push(`column ${columnLetters(at)} has no title and is called ${title}`);
    else if (title !== wanted) remarks.push(`a second column is titled ${wanted} and is called ${title}`);
    return title;
  });
  while (titles.length > 0 && (cells[titles.length - 1] ?? null) === null) {
    titles.pop();
    remarks.splice(
      remarks.findIndex((remark) => remark.startsWith(`column ${columnLetters(titles.length)} `)),
      1,
    );
  }
  return { titles, remarks };
}

/** The same for headers that mean the same: order, case and signs do not count. */
export function fingerprint(titles: readonly string[]): string {
  return createHash("sha256").update(titles.map(plainTitle).sort().join("\n")).digest("hex").slice(0, 16);
}

/** "E-Mail Address" and "email_address" are one. */
export function plainTitle(title: string): string {
  return title
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, "");
}
