import { Workbook, type Worksheet } from "@cj-tech-master/excelts";

/** An Excel file as the library makes it that the connector does not read with. */
export async function excelFile(fill: (sheet: Worksheet, workbook: Workbook) => void, name = "Sheet1"): Promise<Buffer> {
  const workbook = new Workbook();
  fill(workbook.addWorksheet(name), workbook);
  return Buffer.from(await workbook.xlsx.writeBuffer());
}

export async function excelRows(rows: readonly (readonly unknown[])[], name?: string): Promise<Buffer> {
  return excelFile((sheet) => {
    for (const row of rows) sheet.addRow([...row]);
  }, name);
}
