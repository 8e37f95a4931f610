import { randomUUID } from "node:crypto";
import { renameSync, utimesSync, writeFileSync } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DataRecord } from "@fieldwright/connector-kit";
import { createClock, createFaults, createRandom, createTraffic, type Simulator } from "@fieldwright/connector-kit/testing";
import { csvText } from "./csv-text.js";
import { plainExcel, textCell } from "./plain-excel.js";

interface Kept {
  readonly key: string;
  records: DataRecord[];
  /** Puts the records on disk, beside the file and then in its place. */
  save(records: readonly DataRecord[]): void;
}

const titles = ["id", "name", "zip", "note"] as const;
const days = ["2026-01", "2026-02", "2026-03"] as const;

/** Files in a temporary folder: what an HTTP simulator is to others. A file has no requests, so there is nothing to fault or to count. */
export async function simulate(size = 23): Promise<Simulator> {
  const name = `fieldwright-${randomUUID()}`;
  const path = join(tmpdir(), name);
  await mkdir(path);
  const clock = createClock(new Date(Date.now() + 3_600_000));
  const put = (file: string, content: string | Buffer): void => {
    writeFileSync(join(path, `.${file}`), content);
    utimesSync(join(path, `.${file}`), clock.now(), clock.now());
    renameSync(join(path, `.${file}`), join(path, file));
  };
  const streams = { ...textStreams(put, size), jobs: excelStream(put, size) };
  for (const stream of Object.values(streams)) stream.save(stream.records);
  clock.advance(3_600_000);
  const kept = (stream: string): Kept => streams[stream as keyof typeof streams];
  return {
    // No address: the last part of the folder's, for the promise about a place that is not there.
    url: `file-folder://${name}/`,
    options: { folder: path, streams: optionsOf() },
    secrets: [],
    clock,
    faults: createFaults([]),
    traffic: createTraffic(),
    holds: (stream) => kept(stream).records,
    add: (stream, record) => {
      kept(stream).records = [...kept(stream).records, record];
      kept(stream).save(kept(stream).records);
      return record;
    },
    change: (stream, key, set) => {
      const all = kept(stream);
      all.records = all.records.map((record) => (String(record[all.key]) === key ? { ...record, ...set } : record));
      all.save(all.records);
      return all.records.find((record) => String(record[all.key]) === key) ?? {};
    },
    remove: (stream, key) => {
      const all = kept(stream);
      all.records = all.records.filter((record) => String(record[all.key]) !== key);
      all.save(all.records);
    },
    close: () => rm(path, { recursive: true, force: true }),
  };
}

function optionsOf() {
  return {
    customers: { file: "customers.csv", key: "id", types: { id: "integer" }, write: "rewrite" },
    orders: { file: "orders-*.tsv", key: ["no", "line"], skipUnchanged: true },
    log: { file: "log.csv", key: "id", write: "append" },
    jobs: {
      file: "jobs.xlsx",
      sheet: "Jobs",
      key: "id",
      types: { due: "date", started: "datetime", hours: "number", open: "boolean" },
    },
  };
}

type Put = (file: string, content: string | Buffer) => void;

function textStreams(put: Put, size: number): Readonly<Record<"customers" | "orders" | "log", Kept>> {
  const random = createRandom(7);
  const customers = Array.from({ length: size }, (_, n) => ({
    id: n + 1,
    name: `${random.pick(["Ada", "Greta", "Zoë"])} ${random.pick(["Birchfield", "O'Fern; Sons", 'the "Elm"'])}`,
    zip: String(random.integer(0, 99_999)).padStart(5, "0"),
    note: random.chance(0.3) ? "first line\r\nsecond line" : null,
  }));
  const orders = Array.from({ length: size }, (_, n) => ({ no: `A${Math.floor(n / 2)}`, line: String((n % 2) + 1), sum: `${n},50` }));
  const table = (records: readonly DataRecord[], fields: readonly string[]) => [
    fields,
    ...records.map((record) => fields.map((field) => record[field])),
  ];
  return {
    customers: {
      key: "id",
      records: customers.map(noProblem),
      save: (records) => put("customers.csv", csvText(table(records, titles), { delimiter: ";", lineEnd: "\r\n" })),
    },
    orders: {
      key: "no+line",
      records: orders.map((order) => ({ ...noProblem(order), "no+line": `${order.no}/${order.line}` })),
      save(records) {
        for (const [at, day] of days.entries())
          put(
            `orders-${day}.tsv`,
            csvText(
              table(
                records.filter((_, n) => n % days.length === at),
                ["no", "line", "sum"],
              ),
              { delimiter: "\t" },
            ),
          );
      },
    },
    log: {
      key: "id",
      records: customers.map((one) => noProblem({ ...one, id: String(one.id) })),
      save: (records) => put("log.csv", csvText(table(records, titles))),
    },
  };
}

const fields = ["id", "title", "due", "started", "hours", "open"] as const;

function excelStream(put: Put, size: number): Kept {
  const random = createRandom(11);
  const records = Array.from({ length: size }, (_, n) =>
    noProblem({
      id: String(1000 + n),
      title: `Job ${n}`,
      due: new Date(Date.UTC(2026, random.integer(0, 11), random.integer(1, 28))).toISOString().slice(0, 10),
      started: `2026-03-0${random.integer(1, 9)}T1${random.integer(0, 9)}:30:15`,
      hours: random.integer(0, 1000) / 4,
      open: random.chance(0.5),
    }),
  );
  const save = (all: readonly DataRecord[]): void => {
    const rows = all.map((record) => `<row>${fields.map((field) => excelCell(field, record[field])).join("")}</row>`);
    const sheet = `<sheetData><row>${fields.map(textCell).join("")}</row>${rows.join("")}</sheetData>`;
    put("jobs.xlsx", plainExcel({ name: "Jobs", sheet, formats: ["dd/mm/yyyy", "dd/mm/yyyy\\ hh:mm:ss"] }));
  };
  return { key: "id", records, save };
}

function excelCell(field: string, value: unknown): string {
  const days = (text: string): number => Date.parse(text) / 86_400_000 + 25_569;
  if (field === "due") return `<c s="1"><v>${days(`${String(value)}T00:00:00Z`)}</v></c>`;
  if (field === "started") return `<c s="2"><v>${days(`${String(value)}Z`)}</v></c>`;
  if (field === "open") return `<c t="b"><v>${value === true ? 1 : 0}</v></c>`;
  return field === "title" ? textCell(String(value)) : `<c><v>${String(value)}</v></c>`;
}

function noProblem<T extends DataRecord>(record: T): T & DataRecord {
  return { ...record, _file: "", _sheet: null, _row: 0, _problems: null };
}
