import type { Account } from "./account.js";
import { customerRow } from "./rows/customer-row.js";

/** Customers as JSON, rendered once and kept: then a load test measures whoever reads, not this server. */
export interface RenderedCustomers {
  /** The body of an A-list with these records. */
  list(indexes: readonly number[], paging: Readonly<Record<string, number>>): Buffer<ArrayBuffer>;
  /** Renders all now, instead of each when it is first asked for. */
  warm(): void;
}

const blockSize = 500;

/** `blockSize` rows in one piece; row n ends at `ends[n]`. */
interface Block {
  readonly bytes: Buffer;
  readonly ends: Uint32Array;
}

export function createRenderedCustomers(account: Account): RenderedCustomers {
  const blocks = new Map<number, Block>();
  const versions = (): string =>
    [account.users, account.offices, account.statuses, account.statusLogs, account.customFields].map((records) => records.version).join();
  let madeAt = versions();
  const fields = account.settings.customerFields;
  const text = (index: number): string =>
    JSON.stringify(customerRow(account, account.customers.record(index)), fields ? [...fields] : undefined);

  const blockAt = (number: number): Block => {
    const known = blocks.get(number);
    if (known) return known;
    const ends = new Uint32Array(blockSize);
    const rows: Buffer[] = [];
    let end = 0;
    for (let place = 0; place < blockSize; place += 1) {
      const index = number * blockSize + place;
      const row = Buffer.from(index < account.settings.sizes.customers ? text(index) : "");
      rows.push(row);
      end += row.length;
      ends[place] = end;
    }
    const block = { bytes: Buffer.concat(rows), ends };
    blocks.set(number, block);
    return block;
  };

  const row = (index: number, among: "many" | "few"): Buffer => {
    const number = Math.floor(index / blockSize);
    // A filter picks few rows of each block: rendering all the others would be for nothing.
    if (account.customers.touched(index) || (among === "few" && !blocks.has(number))) return Buffer.from(text(index));
    const block = blockAt(number);
    const place = index % blockSize;
    return block.bytes.subarray(place === 0 ? 0 : block.ends[place - 1], block.ends[place]);
  };

  return {
    list(indexes, paging) {
      // A row shows names of users and statuses and the history: when those change, all is rendered anew.
      if (madeAt !== versions()) {
        blocks.clear();
        madeAt = versions();
      }
      const parts: Buffer[] = [Buffer.from('{"status":1,"statusCode":200,"message":"success","result":{"data":[')];
      const among = (indexes.at(-1) ?? 0) - (indexes[0] ?? 0) < indexes.length * 2 ? "many" : "few";
      indexes.forEach((index, n) => {
        if (n > 0) parts.push(comma);
        parts.push(row(index, among));
      });
      parts.push(Buffer.from(`],${JSON.stringify(paging).slice(1, -1)}}}`));
      return Buffer.concat(parts);
    },
    warm() {
      for (let number = 0; number * blockSize < account.settings.sizes.customers; number += 1) blockAt(number);
    },
  };
}

const comma = Buffer.from(",");
