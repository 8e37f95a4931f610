import { zip } from "./zip.js";

const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
const relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

export interface PlainExcel {
  /** What stands in <worksheet>. */
  readonly sheet: string;
  readonly name?: string;
  /** Codes of number formats: the cells of style 1 have the first, and so on. */
  readonly formats?: readonly string[];
  readonly texts?: string;
  readonly date1904?: boolean;
}

/** An Excel file written by hand, for what no library writes. */
export function plainExcel({ sheet, name = "Sheet1", formats = [], texts, date1904 = false }: PlainExcel): Buffer {
  const codes = formats.map((code, at) => `<numFmt numFmtId="${200 + at}" formatCode="${code}"/>`).join("");
  const styles = ["", ...formats].map((_, at) => `<xf numFmtId="${at === 0 ? 0 : 199 + at}"/>`).join("");
  return zip([
    {
      name: "xl/workbook.xml",
      content: `${head}<workbook ${main} xmlns:r="${relations}"><workbookPr date1904="${date1904 ? 1 : 0}"/><sheets><sheet name="${name}" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    },
    {
      name: "xl/_rels/workbook.xml.rels",
      content: `${head}<Relationships><Relationship Id="rId1" Type="${relations}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
    },
    {
      name: "xl/styles.xml",
      content: `${head}<styleSheet ${main}><numFmts>${codes}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs>${styles}</cellXfs></styleSheet>`,
    },
    { name: "xl/worksheets/sheet1.xml", content: `${head}<worksheet ${main}>${sheet}</worksheet>` },
    ...(texts === undefined ? [] : [{ name: "xl/sharedStrings.xml", content: `${head}<sst ${main}>${texts}</sst>` }]),
  ]);
}

/** A cell of a text. */
export function textCell(text: string): string {
  return `<c t="inlineStr"><is><t xml:space="preserve">${text.replaceAll("&", "&amp;").replaceAll("<", "&lt;")}</t></is></c>`;
}
