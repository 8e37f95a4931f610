import { describe, expect, test } from "vitest";
import { excelFile, excelRows } from "./excel-file.js";
import { call, folder, plain } from "./folder.js";
import { type PlainExcel, plainExcel, textCell } from "./plain-excel.js";
import { zip } from "./zip.js";

async function workbook(content: Buffer, stream: Readonly<Record<string, unknown>> = {}, more: Readonly<Record<string, unknown>> = {}) {
  const at = await folder();
  await at.write("t.xlsx", content);
  return { ...at, ...(await at.open({ streams: { t: { file: "t.xlsx", key: "id", ...stream } }, ...more })) };
}

const rows = (...all: readonly string[]): string => `<sheetData>${all.map((row) => `<row>${row}</row>`).join("")}</sheetData>`;
const head = (...titles: readonly string[]): string => titles.map(textCell).join("");
const number = (value: number | string, style = 0): string => `<c s="${style}"><v>${value}</v></c>`;

async function cells(row: string, given: Partial<PlainExcel> = {}): Promise<unknown> {
  const { read } = await workbook(plainExcel({ sheet: rows(head("id", "value"), number(1) + row), ...given }));
  return (await read()).records[0]?.value;
}

test("reads what a library writes: texts, numbers, dates, yes and no, and formulas by their results", async () => {
  const content = await excelFile((sheet) => {
    sheet.addRow(["id", "name", "zip", "sum", "due", "at", "open", "total", "link"]);
    sheet.addRow(["007", "Zoë & <Co>", 1234, 0.1 + 0.2, new Date("2026-02-28T00:00:00Z"), new Date("2026-02-28T13:45:10Z"), true]);
    sheet.getCell("C2").numFmt = "00000";
    sheet.getCell("E2").numFmt = "dd/mm/yyyy";
    sheet.getCell("F2").numFmt = "dd/mm/yyyy hh:mm";
    sheet.getCell("H2").value = { formula: "D2*2", result: 42.5 };
    sheet.getCell("I2").value = { text: "our page", hyperlink: "https://example.test/" };
  });
  const { read } = await workbook(content);
  const { records, last } = await read();
  expect(plain(records)).toEqual([
    {
      id: "007",
      name: "Zoë & <Co>",
      zip: "01234",
      sum: "0.30000000000000004",
      due: "2026-02-28",
      at: "2026-02-28T13:45:10",
      open: "true",
      total: "42.5",
      link: "our page",
    },
  ]);
  expect(records[0]).toMatchObject({ _sheet: "Sheet1", _row: 2, _problems: null });
  expect(last?.complete).toBe(true);
});

describe("a cell that cannot be read", () => {
  test.each([
    ["an error", '<c t="e"><v>#N/A</v></c>', "#N/A", '"#N/A" is an error of Excel'],
    ["a formula with an error", '<c t="e"><f>1/0</f><v>#DIV/0!</v></c>', "#DIV/0!", '"#DIV/0!" is an error of Excel'],
    ["a formula without a result", "<c><f>A1</f></c>", null, "it is a formula whose result was never saved"],
    ["a text that is not there", '<c t="s"><v>9</v></c>', "9", '"9" points to a text that is not in the file'],
  ])("is told by sheet, row and column, and the others of its row are read: %s", async (_, cell, value, problem) => {
    const { read, notices } = await workbook(
      plainExcel({ name: "May", sheet: rows(head("id", "x", "name"), number(1) + cell + textCell("a")) }),
    );
    const [record] = (await read()).records;
    expect(record).toMatchObject({ id: "1", x: value, name: "a" });
    expect(record?._problems).toEqual([expect.stringContaining(`t.xlsx, sheet May, row 2, column B (x): ${problem}`)]);
    expect(notices).toEqual(record?._problems);
  });

  test("holds its row where it is the key, because the row cannot be told from others", async () => {
    const { read } = await workbook(plainExcel({ sheet: rows(head("id", "name"), `<c t="e"><v>#REF!</v></c>${textCell("a")}`) }));
    expect((await read()).records).toMatchObject([{ id: null, _problems: [expect.stringContaining("row 2, column A (id)")] }]);
  });
});

describe("values", () => {
  test.each([
    ["a date", number(46_081, 1), ["dd/mm/yyyy"], "2026-02-28"],
    ["a date before March 1900, which Excel counts wrong", number(59, 1), ["dd/mm/yyyy"], "1900-02-28"],
    ["a date with a time", number(46_081.5, 1), ["m/d/yy h:mm"], "2026-02-28T12:00:00"],
    ["a time", number(0.75, 1), ["h:mm AM/PM"], "18:00:00"],
    ["a duration over a day", number(1.25, 1), ["[h]:mm:ss"], "30:00:00"],
    ["a format with a colour and a text", number(46_081, 1), ["[Red]&quot;day&quot; yyyy-mm-dd"], "2026-02-28"],
    ["a format of red dollars, which is no date", number(5, 1), ["[Red]&quot;USD&quot; 0.00"], "5"],
    ["leading zeros by format", number(42, 1), ["00000"], "00042"],
    ["a large number", number("1.2345678901234568E+18"), [], "1234567890123456800"],
    ["a small number", number("1.5E-7"), [], "0.00000015"],
    ["no", '<c t="b"><v>0</v></c>', [], "false"],
    [
      "runs of text without their pronunciation",
      '<c t="inlineStr"><is><r><t>a</t></r><r><t xml:space="preserve"> b</t></r><rPh><t>x</t></rPh></is></c>',
      [],
      "a b",
    ],
    ["signs that XML cannot hold", textCell("a_x000D_b"), [], "a\rb"],
  ])("are read as they show: %s", async (_, cell, formats, value) => {
    expect(await cells(cell, { formats: [...formats] })).toBe(value);
  });

  test("of files that count from 1904 are four years on", async () => {
    expect(await cells(number(44_619, 1), { formats: ["yyyy-mm-dd"], date1904: true })).toBe("2026-02-28");
  });

  test("of shared texts come in runs and without their pronunciation too", async () => {
    const texts = "<si><r><t>one</t></r><r><t> two</t></r><rPh><t>x</t></rPh></si>";
    expect(await cells('<c t="s"><v>0</v></c>', { texts })).toBe("one two");
  });

  test("stand in their columns where blank cells are left out", async () => {
    const sheet = rows(head("id", "a", "b"), '<c r="A2"><v>1</v></c><c r="C2"><v>3</v></c>');
    const { read } = await workbook(plainExcel({ sheet }));
    expect(plain((await read()).records)).toEqual([{ id: "1", a: null, b: "3" }]);
  });
});

test("rows below a merged cell get its value, as a person reads them, and columns beside it do not", async () => {
  const content = await excelFile((sheet) => {
    sheet.addRow(["Report of May"]);
    sheet.mergeCells("A1:D1");
    sheet.addRow(["id", "customer", "phone", "fax"]);
    sheet.addRow([1, "Ada", "1", null]);
    sheet.addRow([2, null, "2", null]);
    sheet.addRow([3, "Bela", "3", null]);
    sheet.mergeCells("B3:B4");
    sheet.mergeCells("C5:D5");
  });
  const { read } = await workbook(content);
  expect(plain((await read()).records)).toEqual([
    { id: "1", customer: "Ada", phone: "1", fax: null },
    { id: "2", customer: "Ada", phone: "2", fax: null },
    { id: "3", customer: "Bela", phone: "3", fax: null },
  ]);
});

test("a sheet is chosen by name or number, else the first that is not hidden", async () => {
  const content = await excelFile((sheet, book) => {
    sheet.addRow(["id"]);
    sheet.addRow(["hidden"]);
    sheet.state = "hidden";
    for (const name of ["May", "June"]) {
      const other = book.addWorksheet(name);
      other.addRow(["id"]);
      other.addRow([name]);
    }
  });
  const ids = async (sheet?: string | number) =>
    (await (await workbook(content, sheet === undefined ? {} : { sheet })).read()).records.map((one) => one.id);
  expect(await ids()).toEqual(["May"]);
  expect(await ids("june")).toEqual(["June"]);
  expect(await ids(1)).toEqual(["hidden"]);
  await expect(ids("July")).rejects.toMatchObject({ code: "file/no-sheet", hint: expect.stringContaining('"May"') });
});

describe("an Excel file that is no good", () => {
  test("because it is cut off is told so before any row is read", async () => {
    const whole = await excelRows([["id", "name"], ...Array.from({ length: 100 }, (_, n) => [n, `name ${n}`])]);
    const { read } = await workbook(whole.subarray(0, whole.length - 200));
    await expect(read()).rejects.toMatchObject({ code: "file/truncated", next: "stop-stream" });
  });

  test("because its bytes are damaged is told so", async () => {
    const content = plainExcel({ sheet: rows(head("id"), ...Array.from({ length: 500 }, (_, n) => number(n * 7919))) });
    const at = content.indexOf("sheet1.xml") + 10;
    content.fill(0xff, at + 40, at + 80);
    const { read } = await workbook(content);
    await expect(read()).rejects.toMatchObject({ code: "file/damaged" });
  });

  test("because it is another archive is told so", async () => {
    const { read } = await workbook(zip([{ name: "letter.txt", content: "Dear all" }]));
    await expect(read()).rejects.toMatchObject({ code: "file/not-a-table" });
  });
});

describe("a bomb", () => {
  const filling = "A".repeat(40_000_000);

  test("that unpacks to more than it may ends the read, whatever size it claims", async () => {
    const sheet = `<sheetData><row>${head("id")}</row>${`<row>${number(1)}</row>`.repeat(400_000)}</sheetData>`;
    const honest = plainExcel({ sheet });
    expect(honest.length).toBeLessThan(200_000);
    const { read } = await workbook(honest, {}, { limits: { maxUnpackedBytes: 1_000_000 } });
    await expect(read()).rejects.toMatchObject({
      code: "file/too-large",
      message: expect.stringContaining("unpacks to more than 1000000 bytes"),
    });
  });

  test("of one endless text ends the read before it fills the memory", async () => {
    const { read } = await workbook(plainExcel({ sheet: rows(head("id"), textCell(filling)) }));
    await expect(read()).rejects.toMatchObject({ code: "file/row-too-long" });
  });

  test("of one endless shared text ends the read", async () => {
    const { read } = await workbook(plainExcel({ sheet: rows(head("id")), texts: `<si><t>${filling}</t></si>` }));
    await expect(read()).rejects.toMatchObject({ code: "file/row-too-long" });
  });

  test("of one endless row ends the read", async () => {
    const { read } = await workbook(plainExcel({ sheet: rows(head("id"), number(1).repeat(1_500_000)) }));
    await expect(read()).rejects.toMatchObject({ code: "file/row-too-long" });
  });

  test("in the table of texts ends the read", async () => {
    const content = plainExcel({ sheet: rows(head("id"), number(1)), texts: "<si><t>a</t></si>".repeat(200_000) });
    const { read } = await workbook(content, {}, { limits: { maxTextBytes: 1_000_000 } });
    await expect(read()).rejects.toMatchObject({ code: "file/too-large", hint: expect.stringContaining("maxTextBytes") });
  });

  test("of entities does not go off, because none but the five of XML are known", async () => {
    const sheet = rows(head("id", "value"), `${number(1)}<c t="str"><v>&amp;lol;&lol9;&#65;</v></c>`);
    const { read } = await workbook(plainExcel({ sheet: `<!DOCTYPE lolz [<!ENTITY lol9 "lol">]>${sheet}` }));
    expect((await read()).records[0]?.value).toBe("&lol;&lol9;A");
  });
});

test("the marks of XML may stand in attributes and in raw text, and elements may have prefixes", async () => {
  const { read } = await workbook(
    plainExcel({
      sheet: rows(head("id", "value"), `<x:c note="a>b" t='n'><x:v>1</x:v></x:c><!-- <c> --><c t="str"><v><![CDATA[a<b>&amp;]]></v></c>`),
    }),
  );
  expect(plain((await read()).records)).toEqual([{ id: "1", value: "a<b>&amp;" }]);
});

test("a read of Excel stops at an abort", async () => {
  const { stream } = await workbook(await excelRows([["id"], ...Array.from({ length: 5000 }, (_, n) => [n])]));
  const controller = new AbortController();
  const reading = (async () => {
    for await (const _ of (await stream()).read?.({ pageSize: 10 }, call(controller.signal)) ?? []) controller.abort();
  })();
  await expect(reading).rejects.toThrow();
});
