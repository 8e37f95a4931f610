import { renameSync, writeFileSync } from "node:fs";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { VendorError } from "@fieldwright/connector-kit";
import { describe, expect, test } from "vitest";
import { excelRows } from "./excel-file.js";
import { call, folder, plain } from "./folder.js";

const options = { streams: { people: { file: "people.csv", key: "id", write: "rewrite" } } };
const before = 'My export\r\n\r\nid;name;note\r\n1;Ada;"a ""quoted"" word"\r\n2; Bela ;\r\n3;Cato;"x;y"\r\n';

async function people(content: string | Buffer = before, more: Readonly<Record<string, unknown>> = {}) {
  const at = await folder();
  const path = await at.write("people.csv", content);
  const opened = await at.open({ streams: { people: { ...options.streams.people, ...more } } });
  const stream = await opened.stream();
  return { ...at, ...opened, stream, file: () => readFile(path, "utf8") };
}

describe("a CSV that is rewritten", () => {
  test("keeps every row that is not asked about as it is written, to the byte", async () => {
    const { stream, file } = await people();
    expect(await stream.update?.([{ key: "2", set: { note: "new\nline" } }], call())).toEqual([{ ok: true, key: "2", created: false }]);
    expect(await file()).toBe('My export\r\n\r\nid;name;note\r\n1;Ada;"a ""quoted"" word"\r\n2; Bela ;"new\nline"\r\n3;Cato;"x;y"\r\n');
  });

  test("tells of each record of a batch what became of it, and does the good ones", async () => {
    const { stream, read } = await people();
    const outcomes = await stream.create?.(
      [
        { id: "4", name: "Dora" },
        { id: "1", name: "again" },
        { name: "no key" },
        { id: "5", age: 7 },
        { id: "6", name: ["a"] },
        { id: "4", name: "twice" },
      ],
      call(),
    );
    expect(outcomes?.map((outcome) => (outcome.ok ? outcome.key : `${outcome.error.code} ${outcome.error.next}`))).toEqual([
      "4",
      "file/key-exists hold-record",
      "file/no-key hold-record",
      "file/no-column hold-record",
      "file/no-cell hold-record",
      "file/key-exists hold-record",
    ]);
    expect(plain((await read()).records).map((record) => record.id)).toEqual(["1", "2", "3", "4"]);
  });

  test("deletes rows, and refuses a key that stands in two rows, because either may be meant", async () => {
    const { stream, file } = await people("id,name\n1,a\n2,b\n2,c\n3,d\n");
    const outcomes = await stream.delete?.(["1", "2", "9"], call());
    expect(outcomes?.map((outcome) => (outcome.ok ? "gone" : outcome.error.code))).toEqual(["gone", "file/two-rows", "file/not-found"]);
    expect(await file()).toBe("id,name\n2,b\n2,c\n3,d\n");
  });

  test("refuses to change a key, because others know the record by it", async () => {
    const { stream } = await people();
    const [same, other] =
      (await stream.update?.(
        [
          { key: "1", set: { id: "1" } },
          { key: "2", set: { id: "7" } },
        ],
        call(),
      )) ?? [];
    expect(same?.ok).toBe(true);
    expect(other).toMatchObject({ ok: false, error: { code: "file/key-fixed", field: "id" } });
  });

  test("leaves the old file and nothing beside it when the write is aborted", async () => {
    const { stream, file, path } = await people();
    await expect(stream.delete?.(["1"], call(AbortSignal.abort()))).rejects.toThrow();
    expect(await file()).toBe(before);
    expect(await readdir(path)).toEqual(["people.csv"]);
  });

  test("writes nothing into a file that is cut off, because its last row would be lost", async () => {
    const cut = "id,name,note\n1,a,b\n2,c";
    const { stream, file } = await people(cut);
    await expect(stream.delete?.(["1"], call())).rejects.toMatchObject({ code: "file/truncated" });
    expect(await file()).toBe(cut);
  });

  test("writes dates, numbers and the file's own encoding as it found them", async () => {
    const { stream, path } = await people(Buffer.from("id;due;sum;name\r\n1;31.01.2026;1.234,50;Caf\xe9\r\n", "latin1"), {
      types: { due: { type: "date", format: "dd.MM.yyyy" }, sum: "decimal" },
      decimalSign: ",",
    });
    const outcomes = await stream.create?.(
      [
        { id: "2", due: "2026-02-28", sum: "7.25", name: "10 € Zoë" },
        { id: "3", name: "Ł" },
      ],
      call(),
    );
    expect(outcomes?.[1]).toMatchObject({ ok: false, error: { code: "file/no-sign", field: "name" } });
    expect((await readFile(join(path, "people.csv"))).toString("latin1")).toBe(
      "id;due;sum;name\r\n1;31.01.2026;1.234,50;Caf\xe9\r\n2;28.02.2026;7,25;10 \x80 Zo\xeb\r\n",
    );
  });

  test("keeps the mark and the encoding of UTF-16, as Excel writes it", async () => {
    const { stream, path, read } = await people(Buffer.from("\ufeffid\tname\r\n1\tŁ\r\n", "utf16le"));
    await stream.create?.([{ id: "2", name: "Ω" }], call());
    expect((await readFile(join(path, "people.csv"))).toString("utf16le")).toBe("\ufeffid\tname\r\n1\tŁ\r\n2\tΩ\r\n");
    expect(plain((await read()).records)).toEqual([
      { id: "1", name: "Ł" },
      { id: "2", name: "Ω" },
    ]);
  });

  test("loses no write of several at once, because they wait in line", async () => {
    const { stream, read } = await people("id,name\n");
    await Promise.all(Array.from({ length: 20 }, (_, n) => stream.create?.([{ id: `k${n}`, name: "n" }], call())));
    expect((await read()).records).toHaveLength(20);
  });

  test("comes again later when another process writes, and clears the lock of one that has died", async () => {
    const { stream, path } = await people();
    await writeFile(join(path, ".people.csv.lock"), `1 ${hostname()}\n`);
    const error = await stream.delete?.(["1"], call()).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(VendorError);
    expect(error).toMatchObject({ code: "file/locked", next: "retry" });
    await writeFile(join(path, ".people.csv.lock"), `99999999 ${hostname()}\n`);
    expect(await stream.delete?.(["1"], call())).toMatchObject([{ ok: true }]);
    expect(await readdir(path)).toEqual(["people.csv"]);
  });
});

test("a file that another program replaced meanwhile stays as that program wrote it", async () => {
  const { stream, file, path } = await people();
  let asked = 0;
  const { signal } = new AbortController();
  // Each piece of a file that is read asks the signal: the third time is in the second pass.
  const throwIfAborted = (): void => {
    asked++;
    if (asked !== 3) return;
    writeFileSync(join(path, "theirs"), "id;name;note\r\n8;theirs;\r\n");
    renameSync(join(path, "theirs"), join(path, "people.csv"));
  };
  const writing = stream.delete?.(["1"], { signal: Object.assign(signal, { throwIfAborted }) });
  await expect(writing).rejects.toMatchObject({ code: "file/changed", next: "retry" });
  expect(await file()).toBe("id;name;note\r\n8;theirs;\r\n");
});

test("nothing is appended to a file that is cut off in the middle of a row", async () => {
  const cut = "id,name,note\n1,a,b\n2,c";
  const { stream, file } = await people(cut, { write: "append" });
  await expect(stream.create?.([{ id: "3" }], call())).rejects.toMatchObject({ code: "file/truncated" });
  expect(await file()).toBe(cut);
});

describe("a file that is not there yet", () => {
  test("is made with the columns that the options say, and holds nothing before", async () => {
    const { open, path } = await folder();
    const { read, stream } = await open({
      streams: { people: { file: "new.csv", key: "id", columns: { "No.": "id", Name: "name" }, write: "append" } },
    });
    expect(await read()).toMatchObject({ records: [], last: { complete: false } });
    expect(await (await stream()).create?.([{ id: "1", name: "Ada, B." }], call())).toEqual([{ ok: true, key: "1", created: true }]);
    expect(await readFile(join(path, "new.csv"), "utf8")).toBe('No.,Name\n1,"Ada, B."\n');
    expect(plain((await read()).records)).toEqual([{ id: "1", name: "Ada, B." }]);
  });

  test("is refused without columns, because nobody can know them", async () => {
    const { open } = await folder();
    const { stream } = await open({ streams: { people: { file: "new.csv", key: "id", write: "rewrite" } } });
    await expect((await stream()).create?.([{ id: "1" }], call())).rejects.toMatchObject({ code: "file/no-columns" });
  });
});

test("appending touches no row that is there, and ends a last line that is open", async () => {
  const { stream, file } = await people("id,name\n1,a", { write: "append" });
  expect(stream.update).toBeUndefined();
  expect(stream.delete).toBeUndefined();
  await stream.create?.([{ id: "2", name: "b" }], call());
  expect(await file()).toBe("id,name\n1,a\n2,b\n");
});

test("an Excel file is not written, because its formulas and charts would not survive it", async () => {
  const { stream } = await people(
    await excelRows([
      ["id", "name"],
      ["1", "a"],
    ]),
  );
  await expect(stream.delete?.(["1"], call())).rejects.toMatchObject({ code: "file/not-writable" });
});

test("what cannot be a target is refused in the options", async () => {
  const { open } = await folder();
  await expect(open({ streams: { a: { file: "a-*.csv", key: "id", write: "rewrite" } } })).rejects.toThrow("name one file");
  await expect(open({ streams: { a: { file: "a.csv", write: "rewrite" } } })).rejects.toThrow("needs one field");
});
