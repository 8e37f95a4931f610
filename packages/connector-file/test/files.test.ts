import { rename, utimes } from "node:fs/promises";
import { join } from "node:path";
import { describe, saveLayout } from "@fieldwright/connector-file";
import { describe as describeTests, expect, test } from "vitest";
import { call, folder, plain } from "./folder.js";

describeTests("several files as one stream", () => {
  test("give each key once, as the newest file has it, so that no run writes an old value and then the new one", async () => {
    const { write, open } = await folder();
    await write("orders-9.csv", "no,sum\nA,1\nB,1\n");
    await write("orders-10.csv", "sum,no\n2,B\n2,C\n");
    await write("~$orders-11.csv", "no,sum\nA,9\n");
    await write("orders-12.csv.part", "no,sum\nA,9\n");
    const { read } = await open({ streams: { orders: { file: "*orders-*", key: "no" } } });
    const { records, last } = await read();
    expect(records.map(({ no, sum, _file }) => [no, sum, _file])).toEqual([
      ["B", "2", "orders-10.csv"],
      ["C", "2", "orders-10.csv"],
      ["A", "1", "orders-9.csv"],
    ]);
    expect(last?.complete).toBe(true);
  });

  test("may be taken by the time of their change, and a folder is as good as a pattern", async () => {
    const { write, open, path } = await folder();
    await write("a.csv", "no,sum\nA,new\n");
    await write("b.csv", "no,sum\nA,old\n");
    await utimes(join(path, "a.csv"), new Date(Date.now() + 60_000), new Date(Date.now() + 60_000));
    const { read } = await open({ streams: { orders: { file: ".", key: "no", order: "modified" } } });
    expect((await read()).records.map((record) => record.sum)).toEqual(["new"]);
  });

  test("leave out unchanged ones where that is asked for, but not one that was moved here with an old date", async () => {
    const { write, open, path } = await folder();
    const old = new Date("2020-01-01T00:00:00Z");
    await write("hidden.part", "no\nMoved\n");
    await utimes(join(path, "hidden.part"), old, old);
    await write("orders-1.csv", "no\nA\n");
    const { read, stream } = await open({ streams: { orders: { file: "orders-*.csv", key: "no", skipUnchanged: true } } });
    expect((await stream()).cursor).toMatchObject({ filter: true, granularity: "millisecond" });
    const inAnHour = new Date(Date.now() + 3_600_000).toISOString();
    expect((await read("orders", { since: inAnHour })).records).toEqual([]);
    const before = new Date(Date.now() - 1000).toISOString();
    await rename(join(path, "hidden.part"), join(path, "orders-2.csv"));
    expect((await read("orders", { since: before })).records.map((record) => record.no)).toContain("Moved");
    expect((await read("orders", { since: before })).last?.complete).toBe(false);
  });

  test("without any file prove nothing", async () => {
    const { open } = await folder();
    const { read } = await open({ streams: { orders: { file: "orders-*.csv", key: "no" } } });
    expect(await read()).toMatchObject({ records: [], last: { complete: false } });
  });
});

test("a folder by itself gives a stream a file, and one that cannot be read takes no other with it", async () => {
  const { write, open } = await folder();
  await write("My Customers.csv", "id,name\n1,a\n");
  await write("broken.xlsx", "PK\x03\x04 and nothing more");
  await write("letter.pdf", "%PDF");
  const { connection, read } = await open();
  expect((await connection.streams(call())).map((stream) => stream.name)).toEqual(["my_customers", "broken"]);
  expect(plain((await read("my_customers")).records)).toEqual([{ id: "1", name: "a" }]);
  await expect(read("broken")).rejects.toMatchObject({ code: "file/truncated" });
  expect((await connection.check(call())).map((item) => item.ok)).toEqual([true, false]);
});

describeTests("records without a key", () => {
  test("are known by their content, wherever they stand, and two that are alike are two", async () => {
    const { write, open } = await folder();
    await write("t.csv", "name,city\na,b\nc,d\na,b\n");
    const { read } = await open({ streams: { t: { file: "t.csv" } } });
    const before = (await read()).records.map((record) => record._digest);
    expect(new Set(before).size).toBe(3);
    await write("t.csv", "city,name\nnew,row\nb,a\nb,a\nd,c\n");
    const after = (await read()).records.map((record) => record._digest);
    expect(after.slice(1).sort()).toEqual([...before].sort());
  });

  test("of several columns carry them in one, and a slash in a part stays apart from the one between parts", async () => {
    const { write, open } = await folder();
    await write("t.csv", "a,b\nx/y,z\nx,y/z\n");
    const { read } = await open({ streams: { t: { file: "t.csv", key: ["a", "b"] } } });
    expect((await read()).records.map((record) => record["a+b"])).toEqual(["x\\/y/z", "x/y\\/z"]);
  });
});

describeTests("layouts", () => {
  const expects = ["email", "customerName", "zip"];

  test("are guessed from the titles, with a reason that is shown", async () => {
    const { write, open } = await folder();
    await write("t.csv", "id,E-Mail Address,Customer Name,Postal Code,Joined\n1,a@example.test,Ada,01234,31.12.2026\n");
    const { connection, read } = await open({ streams: { t: { file: "t.csv", key: "id", expects } } });
    expect(plain((await read()).records)).toEqual([
      { id: "1", email: "a@example.test", customerName: "Ada", zip: "01234", Joined: "31.12.2026" },
    ]);
    const [item] = await connection.check(call());
    expect(item?.says).toContain('"E-Mail Address" is email (guessed: it means the same)');
    expect(item?.says).toContain('"Customer Name" is customerName (guessed: it has the same name)');
    expect(item?.says).toContain("Joined looks like date (dates as dd.MM.yyyy)");
  });

  test("guess nothing where two titles fit equally well", async () => {
    const { write, open } = await folder();
    await write("t.csv", "id,Mail,Email Address\n1,a,b\n");
    const { read } = await open({ streams: { t: { file: "t.csv", key: "id", expects: ["email"] } } });
    expect(plain((await read()).records)).toEqual([{ id: "1", Mail: "a", "Email Address": "b" }]);
  });

  test("that were saved hold for every file with such a header, in whatever order, and for no other", async () => {
    const { write, open, path } = await folder();
    await write("t.csv", "Id,Mail,Since\n1,a,31.12.2026\n");
    const options = { folder: path, layouts: "layouts.json", streams: { t: { file: "t.csv", key: "id" } } };
    const description = await describe({ ...options, streams: { t: { file: "t.csv" } } }, "t", call().signal);
    expect(description).toMatchObject({ headerRow: 1, possibleKeys: ["Id", "Mail", "Since"], written: "utf-8, separated by ," });
    await saveLayout(join(path, "layouts.json"), {
      stream: "t",
      fingerprint: description?.fingerprint ?? "",
      layout: {
        titles: description?.columns.map((column) => column.title) ?? [],
        columns: { Id: "id", Mail: "email", Since: "since" },
        types: { since: { type: "date", format: "dd.MM.yyyy" } },
      },
    });
    await write("t.csv", "since;MAIL;id\n1.1.2026;b;2\n01.02.2026;c;3\n");
    const { read } = await open(options);
    expect(plain((await read()).records)).toEqual([
      { since: "1.1.2026", email: "b", id: "2" },
      { since: "2026-02-01", email: "c", id: "3" },
    ]);
    await write("t.csv", "Id,Mail,Until\n1,a,b\n");
    await expect(read()).rejects.toMatchObject({ code: "file/no-column" });
  });

  test("of types are only shown, because a guess from some rows must not change how all are read", async () => {
    const { write, open, path } = await folder();
    await write("t.csv", 'id,n,d,amb,zip,money\n1,5,2026-01-02,1/2/2026,01234,"1,5"\n2,6,2026-01-03,3/4/2026,98765,"2,25"\n');
    const { read, stream } = await open({ streams: { t: { file: "t.csv", key: "id" } } });
    expect(plain((await read()).records)[0]).toMatchObject({ n: "5", d: "2026-01-02" });
    expect((await stream()).fields.n).toMatchObject({ type: "text" });
    const found = await describe({ folder: path, streams: { t: { file: "t.csv" } } }, "t", call().signal);
    expect(Object.fromEntries(found?.columns.map((column) => [column.field, column.looksLike.type]) ?? [])).toEqual({
      id: "integer",
      n: "integer",
      d: "date",
      amb: "text",
      zip: "text",
      money: { type: "decimal", decimalSign: "," },
    });
  });
});
