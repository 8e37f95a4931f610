import type { DataRecord } from "../../contract.js";
import { randomAt } from "../generate.js";
import { createTable, type Table } from "../table.js";
import type { MemoryStream } from "./memory-streams.js";

const start = Date.parse("2025-01-06T08:00:00Z");

/** Tables with `size` invented records each. */
export function memoryTables(size: number): Readonly<Record<MemoryStream, Table>> {
  const table = (at: (index: number) => DataRecord, letter: string): Table =>
    createTable({
      key: "id",
      updatedField: "updated",
      records: { count: size, at },
      indexOf: (key) => (key.startsWith(letter) ? Number(key.slice(1)) - 1 : undefined),
    });
  return { contacts: table(contact, "c"), deals: table((index) => deal(index, size), "d") };
}

function contact(index: number): DataRecord {
  const random = randomAt(11, index);
  return {
    id: `c${index + 1}`,
    name: random.name(),
    email: random.email(index),
    phone: random.phone(),
    status: random.pick(["lead", "customer", "lost"]),
    tags: random.chance(0.5) ? ["imported"] : [],
    owner: random.givenName(),
    note: random.sentence(),
    ...times(index),
  };
}

function deal(index: number, contacts: number): DataRecord {
  const random = randomAt(12, index);
  return {
    id: `d${index + 1}`,
    title: `Deal ${random.code(6)}`,
    pipeline: random.pick(["sales", "service"]),
    stage: random.pick(["new", "quoted", "won", "lost"]),
    value: `${random.integer(100, 90_000)}.${random.integer(10, 99)}`,
    contact_id: `c${random.integer(1, contacts)}`,
    ...times(index),
  };
}

function times(index: number): DataRecord {
  const moment = new Date(start + index * 7_000_000).toISOString();
  return { created: moment, updated: moment };
}
