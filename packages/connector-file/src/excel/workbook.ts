import { fileError } from "../file-error.js";
import type { Limits } from "../options.js";
import type { OpenFile } from "../source-file.js";
import { type NumberFormat, numberFormat } from "./number-format.js";
import { createTextTable, type TextTable } from "./text-table.js";
import { unpack } from "./unpack.js";
import { attribute, createXml, plainText, type XmlHandler, XmlTooLong } from "./xml.js";
import { type ZipEntry, zipDirectory } from "./zip-directory.js";

export interface Sheet {
  readonly name: string;
  readonly entry: ZipEntry;
  readonly hidden: boolean;
}

/** All of an Excel file but the rows of its sheets. */
export interface Workbook {
  readonly sheets: readonly Sheet[];
  readonly texts: TextTable;
  /** By the number of a cell's style. */
  readonly formats: readonly NumberFormat[];
  readonly from1904: boolean;
}

export interface Opening {
  readonly limits: Limits;
  readonly signal: AbortSignal;
}

const silent: XmlHandler = { open() {}, close() {}, text() {} };

const maxPartBytes = 32 * 1024 * 1024;

export async function openWorkbook(open: OpenFile, opening: Opening): Promise<Workbook> {
  const parts = await zipDirectory(open.file, open.handle);
  const read = async (path: string, handler: XmlHandler): Promise<void> => {
    const entry = parts.get(path.toLowerCase());
    if (entry) await readPart(open, entry, { handler, opening });
  };
  if (!parts.has("xl/workbook.xml"))
    throw fileError("not-a-table", `${open.file.name} is an archive, but no Excel file (.xlsx).`, "Save it as .xlsx, or export it as CSV.");
  const paths = new Map<string, string>();
  await read(
    "xl/_rels/workbook.xml.rels",
    onOpen("Relationship", (given) => paths.set(attribute(given, "Id") ?? "", attribute(given, "Target") ?? "")),
  );
  const named: { name: string; id: string; hidden: boolean }[] = [];
  let from1904 = false;
  await read("xl/workbook.xml", {
    ...silent,
    open(name, given) {
      if (name === "workbookPr") from1904 = ["1", "true"].includes(attribute(given, "date1904") ?? "");
      if (name !== "sheet") return;
      const id = /\s\w+:id="([^"]*)"/.exec(given)?.[1] ?? "";
      named.push({ name: attribute(given, "name") ?? "", id, hidden: (attribute(given, "state") ?? "visible") !== "visible" });
    },
  });
  const formats: NumberFormat[] = [];
  await read("xl/styles.xml", formatsInto(formats));
  const texts = createTextTable();
  await read("xl/sharedStrings.xml", textsInto(texts));
  const sheets = named.flatMap(({ name, id, hidden }) => {
    const entry = parts.get(pathOf(paths.get(id) ?? ""));
    return entry ? [{ name, entry, hidden }] : [];
  });
  return { sheets, texts, formats, from1904 };
}

function pathOf(target: string): string {
  return (target.startsWith("/") ? target.slice(1) : `xl/${target.replace(/^\.\//, "")}`).toLowerCase();
}

interface Part {
  readonly handler: XmlHandler;
  readonly opening: Opening;
}

async function readPart(open: OpenFile, entry: ZipEntry, { handler, opening }: Part): Promise<void> {
  const { limits, signal } = opening;
  const isTexts = entry.name.toLowerCase() === "xl/sharedstrings.xml";
  const limit = isTexts ? { maxBytes: limits.maxTextBytes, limit: "maxTextBytes" } : { maxBytes: maxPartBytes, limit: "maxBytes" };
  const xml = createXml(handler, limits.maxRowBytes);
  for await (const piece of unpack(open, { entry, signal, ...limit })) guarded(open.file.name, limits, () => xml.write(piece));
}

/** The reader of XML knows neither files nor options. */
export function guarded(name: string, limits: Limits, work: () => void): void {
  try {
    work();
  } catch (error) {
    if (!(error instanceof XmlTooLong)) throw error;
    throw fileError(
      "row-too-long",
      `${name}: a row or cell is longer than ${limits.maxRowBytes} bytes.`,
      "If this is no trap, raise `limits.maxRowBytes`.",
    );
  }
}

function onOpen(wanted: string, take: (attributes: string) => void): XmlHandler {
  return {
    ...silent,
    open(name, attributes) {
      if (name === wanted) take(attributes);
    },
  };
}

function formatsInto(formats: NumberFormat[]): XmlHandler {
  const codes = new Map<number, string>();
  let inCells = false;
  return {
    open(name, given) {
      if (name === "numFmt") codes.set(Number(attribute(given, "numFmtId")), attribute(given, "formatCode") ?? "");
      if (name === "cellXfs") inCells = true;
      if (name !== "xf" || !inCells) return;
      const id = Number(attribute(given, "numFmtId") ?? 0);
      formats.push(numberFormat(id, codes.get(id)));
    },
    close(name) {
      if (name === "cellXfs") inCells = false;
    },
    text() {},
  };
}

/** Texts may be in runs of several fonts; what is said of their pronunciation is no part of them. */
function textsInto(texts: TextTable): XmlHandler {
  let parts: string[] = [];
  let inText = false;
  let spoken = false;
  return {
    open(name) {
      if (name === "si") parts = [];
      if (name === "rPh") spoken = true;
      inText = name === "t" && !spoken;
    },
    close(name) {
      if (name === "rPh") spoken = false;
      if (name === "t") inText = false;
      if (name === "si") texts.add(parts.length === 1 ? (parts[0] ?? "") : parts.join(""));
    },
    text(raw) {
      if (inText) parts.push(plainText(raw));
    },
  };
}
