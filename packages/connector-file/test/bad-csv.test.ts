import { appendFile, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { csvText } from "./csv-text.js";
import { call, folder, pagesOf, plain } from "./folder.js";

async function table(
  content: string | Buffer,
  stream: Readonly<Record<string, unknown>> = {},
  more: Readonly<Record<string, unknown>> = {},
) {
  const at = await folder();
  await at.write("t.csv", content);
  return { ...at, ...(await at.open({ streams: { t: { file: "t.csv", key: "id", ...stream } }, ...more })) };
}

describe("a cut export", () => {
  test("gives its whole rows, and ends with an error in place of a half row", async () => {
    const { stream } = await table("id,name,city\n1,a,b\n2,c,d\n3,e");
    const seen: unknown[] = [];
    const pages = (await stream()).read?.({ pageSize: 1 }, call());
    const reading = (async () => {
      for await (const page of pages ?? []) seen.push(...page.records.map((record) => record.id));
    })();
    await expect(reading).rejects.toMatchObject({ code: "file/truncated", next: "stop-stream" });
    expect(seen).toEqual(["1"]);
  });

  test("proves nothing where its last row looks whole but has no line end, because the rest may be missing", async () => {
    const { read, notices } = await table("id,name\n1,a\n2,b");
    const { records, last } = await read();
    expect(records).toHaveLength(2);
    expect(last?.complete).toBe(false);
    expect(notices.join()).toContain("Nothing is taken for gone");
  });

  test("is whole without a line end where the options say that it never has one", async () => {
    const { read } = await table("id,name\n1,a\n2,b", { mayEndOpen: true });
    expect((await read()).last?.complete).toBe(true);
  });

  test("is told by a quote that is never closed", async () => {
    const { read } = await table('id,name\n1,a\n2,"b\n3,c\n');
    await expect(read()).rejects.toMatchObject({ code: "file/truncated" });
  });
});

describe("a file that is still being written", () => {
  test("keeps its last row back until that has a line end", async () => {
    const { open, path, write } = await folder();
    await write("t.csv", "id,name\n1,a\n2,Sal");
    const { read } = await open({ streams: { t: { file: "t.csv", key: "id" } }, quietSeconds: 7200 });
    expect(plain((await read()).records)).toEqual([{ id: "1", name: "a" }]);
    await appendFile(join(path, "t.csv"), "em\n");
    const { records, last } = await read();
    expect(plain(records)).toEqual([
      { id: "1", name: "a" },
      { id: "2", name: "Salem" },
    ]);
    expect(last?.complete).toBe(false);
  });

  test("proves nothing where it grew under the reader, and gives what was there when the read began", async () => {
    const { stream, path, notices } = await table(csvText([["id"], ...Array.from({ length: 5 }, (_, n) => [n])]));
    const ids: unknown[] = [];
    let complete: boolean | undefined;
    for await (const page of (await stream()).read?.({ pageSize: 2 }, call()) ?? []) {
      if (ids.length === 0) await appendFile(join(path, "t.csv"), "99\n");
      ids.push(...page.records.map((record) => record.id));
      complete = page.complete;
    }
    expect(ids).toEqual(["0", "1", "2", "3", "4"]);
    expect(complete).toBe(false);
    expect(notices.join()).toContain("grew while it was read");
  });

  test("is no file to go by where it was written anew under the reader", async () => {
    const { stream, path } = await table(csvText([["id"], ...Array.from({ length: 5 }, (_, n) => [n])]));
    const reading = (async () => {
      for await (const _ of (await stream()).read?.({ pageSize: 2 }, call()) ?? []) await writeFile(join(path, "t.csv"), "id\n7\n");
    })();
    await expect(reading).rejects.toMatchObject({ code: "file/still-written" });
  });

  test("begins anew when it has changed since a read stopped, because its rows may stand elsewhere", async () => {
    const { stream, write } = await table("id\n1\n2\n3\n");
    const found = await stream();
    const [first] = await pagesOf(found, { pageSize: 1 });
    await write("t.csv", "id\n0\n1\n2\n3\n");
    const rest = await pagesOf(found, { pageSize: 10, ...(first?.next ? { position: first.next } : {}) });
    expect(rest.flatMap((page) => page.records.map((record) => record.id))).toEqual(["0", "1", "2", "3"]);
  });
});

describe("rows that cannot be records", () => {
  test("with a cell too many or too few are held by line, because their values may stand under wrong titles", async () => {
    const { read, notices } = await table("id,name,city\n1,a,b\n2,shifted,c,d\n3,short\n4,e,f\n");
    const { records, last } = await read();
    expect(records.map((record) => record.id)).toEqual(["1", null, null, "4"]);
    expect(records[1]).toMatchObject({
      id: null,
      _row: 3,
      _problems: [expect.stringContaining("t.csv, line 3: 4 cells where the header has 3")],
    });
    expect(records[1]).not.toHaveProperty("name");
    expect(last?.complete).toBe(false);
    expect(notices.join("\n")).toContain("t.csv, line 4: 2 cells");
  });

  test("with nothing but commas at their end are as good as any", async () => {
    const { read } = await table("id,name,,\n1,a,,\n2,b,,\n");
    expect(plain((await read()).records)).toEqual([
      { id: "1", name: "a" },
      { id: "2", name: "b" },
    ]);
  });

  test("with a key that stands further up are held, and the first counts", async () => {
    const { read, notices } = await table("id,name\n1,a\n2,b\n1,c\n");
    const { records, last } = await read();
    expect(records.map((record) => [record.id, record.name])).toEqual([
      ["1", "a"],
      ["2", "b"],
      [null, "c"],
    ]);
    expect(last?.complete).toBe(false);
    expect(notices[0]).toContain('row 4: the key "1" (id) stands further up');
  });

  test("stop the stream where they are so many that the file must be another one", async () => {
    const { read } = await table(
      csvText([["id", "name"], ...Array.from({ length: 30 }, () => [null, "x"])]),
      {},
      { limits: { maxProblems: 20 } },
    );
    await expect(read()).rejects.toMatchObject({ code: "file/too-many-problems" });
  });
});

test("a cell that is not of its column's type stays as it is, and the record tells its place", async () => {
  const { read } = await table("id;due;sum\n1;31.02.2026;12\n2;28.02.2026;1.234,5\n", {
    types: { due: { type: "date", format: "dd.MM.yyyy" }, sum: "decimal" },
    decimalSign: ",",
  });
  const { records, last } = await read();
  expect(plain(records)).toEqual([
    { id: "1", due: "31.02.2026", sum: "12" },
    { id: "2", due: "2026-02-28", sum: "1234.5" },
  ]);
  expect(records[0]?._problems).toEqual(['t.csv, line 2, column 2 (due): "31.02.2026" is not a date as dd.MM.yyyy']);
  expect(last?.complete).toBe(true);
});

describe("the way a text file is written", () => {
  test.each([
    [";", "id;name\n1;a,b\n"],
    ["\t", "id\tname\n1\ta,b\n"],
    ["|", "id|name\n1|a,b\n"],
    [",", 'id,name\n1,"a,b"\n'],
  ])("is found out: cells separated by %j", async (_, content) => {
    const { read } = await table(content);
    expect(plain((await read()).records)).toEqual([{ id: "1", name: "a,b" }]);
  });

  test.each([
    ["UTF-8 with a mark", Buffer.from("\ufeffid,name\n1,Zoë €\n")],
    ["UTF-8 without one", Buffer.from("id,name\n1,Zoë €\n")],
    ["UTF-16 with a mark", Buffer.from("\ufeffid,name\n1,Zoë €\n", "utf16le")],
    ["UTF-16 without one", Buffer.from("id,name\n1,Zoë €\n", "utf16le")],
    ["windows-1252", Buffer.from("id,name\n1,Zo\xeb \x80\n", "latin1")],
  ])("is found out: %s", async (_, content) => {
    const { read } = await table(content);
    expect(plain((await read()).records)).toEqual([{ id: "1", name: "Zoë €" }]);
  });

  test("is not taken on trust: a file that is not in the encoding of the options stops with the place", async () => {
    const { read } = await table(Buffer.from("id,name\n1,Zo\xeb\n", "latin1"), { encoding: "utf-8" });
    await expect(read()).rejects.toMatchObject({ code: "file/wrong-encoding", hint: expect.stringContaining("windows-1252") });
  });

  test("is not taken on trust: a mark that says another encoding stops the stream", async () => {
    const { read } = await table(Buffer.from("\ufeffid,name\n1,a\n"), { encoding: "windows-1252" });
    await expect(read()).rejects.toMatchObject({ code: "file/wrong-encoding" });
  });

  test("may have line ends of both kinds, and keeps those within quotes", async () => {
    const { read } = await table('id,name\r\n1,"a\r\nb"\n2,"c\nd"\r\n');
    const { records } = await read();
    expect(plain(records)).toEqual([
      { id: "1", name: "a\r\nb" },
      { id: "2", name: "c\nd" },
    ]);
    expect(records.map((record) => record._row)).toEqual([2, 4]);
  });

  test("may have a quote in the middle of a cell, as in inches", async () => {
    const { read } = await table('id,name\n1,5" pipe\n2,b\n');
    expect(plain((await read()).records)[0]).toEqual({ id: "1", name: '5" pipe' });
  });
});

describe("titles", () => {
  test("that stand twice or are blank get names of their own, and check tells so", async () => {
    const { read, connection, stream } = await table("id,name,name,,__proto__,a.b\n1,a,b,c,d,e\n");
    const [record] = (await read()).records;
    expect(Object.entries(record ?? {}).slice(4)).toEqual([
      ["id", "1"],
      ["name", "a"],
      ["name_2", "b"],
      ["column_D", "c"],
      ["__proto__", "d"],
      ["a_b", "e"],
    ]);
    expect(Object.keys((await stream()).fields)).toContain("__proto__");
    const [item] = await connection.check(call());
    expect(item?.says).toContain("a second column is titled name and is called name_2");
    expect(item?.says).toContain("column D has no title and is called column_D");
  });

  test("below the name of a report are found, or are where the options say", async () => {
    const { read } = await table("Customers of May\nprinted today\n\nid,name,city\n1,a,b\n");
    expect(plain((await read()).records)).toEqual([{ id: "1", name: "a", city: "b" }]);
    const told = await table("x,y,z\nid,name\n1,a\n", { headerRow: 2 });
    expect(plain((await told.read()).records)).toEqual([{ id: "1", name: "a" }]);
  });

  test("that the options name must be there, because a missing column would quietly blank a field", async () => {
    const { read } = await table("id,name\n1,a\n", { columns: { "E-Mail": "email" } });
    await expect(read()).rejects.toMatchObject({ code: "file/no-column" });
    const without = await table("no,name\n1,a\n");
    await expect(without.read()).rejects.toMatchObject({ code: "file/no-column" });
  });

  test("without a row below are a table that is empty, and a file without anything proves nothing", async () => {
    const header = await table("id,name\n");
    expect(await header.read()).toMatchObject({ records: [], last: { complete: true } });
    for (const content of ["", "\ufeff", "\n\n\n"]) {
      const { read, notices } = await table(content);
      expect(await read()).toMatchObject({ records: [], last: { complete: false } });
      expect(notices[0]).toContain("it is empty");
    }
  });
});

describe("limits", () => {
  test("let a cell of a megabyte through, because notes can be long", async () => {
    const long = "x".repeat(1024 * 1024);
    const { read } = await table(`id,name\n1,${long}\n2,"${long}"\n`);
    expect((await read()).records.map((record) => String(record.name).length)).toEqual([long.length, long.length]);
  });

  test("end a line without end before it fills the memory", async () => {
    const { read } = await table(`id,name\n1,${"x".repeat(3_000_000)}`, {}, { limits: { maxRowBytes: 1_000_000 } });
    await expect(read()).rejects.toMatchObject({ code: "file/row-too-long", next: "stop-stream" });
  });

  test.each([
    ["maxBytes", 19, "file/too-large"],
    ["maxRows", 2, "file/too-large"],
    ["maxColumns", 1, "file/too-large"],
  ])("of %s are kept", async (limit, most, code) => {
    const { read } = await table("id,name\n1,a\n2,b\n3,c\n", {}, { limits: { [limit]: most } });
    await expect(read()).rejects.toMatchObject({ code });
  });
});

test("a file that is none of ours is told by what it is", async () => {
  for (const [head, code] of [
    ["%PDF-1.7", "file/not-a-table"],
    ["\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "file/old-excel"],
  ] as const) {
    const { read } = await table(Buffer.from(head, "latin1"));
    await expect(read()).rejects.toMatchObject({ code });
  }
});

test("reading changes nothing in the folder", async () => {
  const { read, path } = await table("id,name\n1,a\n");
  await read();
  expect(await readFile(join(path, "t.csv"), "utf8")).toBe("id,name\n1,a\n");
});
