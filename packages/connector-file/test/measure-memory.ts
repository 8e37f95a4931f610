// Reads a generated Excel file of 200,000 rows of 12 columns and says how much memory that took at most:
//   node --conditions=fieldwright-source --import tsx packages/connector-file/test/measure-memory.ts make
//   node --conditions=fieldwright-source --import tsx packages/connector-file/test/measure-memory.ts
import { mkdir, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { WorkbookWriter } from "@cj-tech-master/excelts";
import file from "@fieldwright/connector-file";

const folder = join(tmpdir(), "fieldwright-measure-file");
const path = join(folder, "big.xlsx");
const rowCount = 200_000;

async function make(): Promise<void> {
  await mkdir(folder, { recursive: true });
  const book = new WorkbookWriter({ filename: path, useSharedStrings: true, useStyles: true });
  const sheet = book.addWorksheet("Rows");
  sheet.addRow(["id", "name", "street", "city", "email", "phone", "status", "amount", "rate", "created", "updated", "note"]).commit();
  for (let n = 0; n < rowCount; n++) {
    const texts = [
      `Name ${n}`,
      `${n} Elm Street`,
      `City ${n % 500}`,
      `p${n}@example.test`,
      `+180155501${n % 100}`,
      n % 3 === 0 ? "won" : "open",
    ];
    const days = [new Date(1.7e12 + n * 60_000), new Date(1.7e12 + n * 90_000)];
    sheet.addRow([n, ...texts, n * 1.25, n / 7, ...days, `note number ${n * 31}`]).commit();
  }
  await book.commit();
}

async function measure(): Promise<void> {
  const atStart = process.memoryUsage.rss();
  const world = { now: () => new Date(), notice: () => undefined, secret: () => undefined };
  const connection = await file.open(file.options.parse({ folder, streams: { rows: { file: "big.xlsx", key: "id" } } }), world);
  const call = { signal: new AbortController().signal };
  const [stream] = await connection.streams(call);
  const began = performance.now();
  let count = 0;
  for await (const page of stream?.read?.({ pageSize: 1000 }, call) ?? []) count += page.records.length;
  const mib = (bytes: number): number => Math.round(bytes / 1024 / 1024);
  const { size } = await stat(path);
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  console.log(
    `${count} rows of ${mib(size)} MiB in ${seconds} s; ${mib(atStart)} MiB before, ${mib(process.resourceUsage().maxRSS * 1024)} MiB at most.`,
  );
}

await (process.argv[2] === "make" ? make() : measure());
