import { expect, test } from "vitest";
import { folder, plain } from "./folder.js";

test("reads a CSV as text, so that leading zeros and long numbers stay as they are", async () => {
  const { write, open } = await folder();
  await write("customers.csv", "id,zip,account\n1,01234,12345678901234567890\n2,00000,1.10\n");
  const { read } = await open({ streams: { customers: { file: "customers.csv", key: "id" } } });
  const { records, last } = await read();
  expect(plain(records)).toEqual([
    { id: "1", zip: "01234", account: "12345678901234567890" },
    { id: "2", zip: "00000", account: "1.10" },
  ]);
  expect(records[1]).toMatchObject({ _file: "customers.csv", _sheet: null, _row: 3, _problems: null });
  expect(last?.complete).toBe(true);
});
