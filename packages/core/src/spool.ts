import { closeSync, createReadStream, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

const bufferedCharacters = 256 * 1024;

/** Rows put aside on disk, so that memory does not grow with their number. Readable by this user only, and gone when closed. */
export class Spool<T> {
  readonly #folder = mkdtempSync(join(tmpdir(), "fieldwright-"));
  readonly #file = join(this.#folder, "rows");
  readonly #handle = openSync(this.#file, "wx", 0o600);
  #buffer = "";
  #count = 0;

  get count(): number {
    return this.#count;
  }

  add(row: T): void {
    this.#buffer += `${JSON.stringify(row)}\n`;
    this.#count++;
    if (this.#buffer.length >= bufferedCharacters) this.#flush();
  }

  /** All rows so far, in order, `size` at a time. */
  async *batches(size: number): AsyncGenerator<readonly T[]> {
    this.#flush();
    let batch: T[] = [];
    for await (const line of createInterface({ input: createReadStream(this.#file), crlfDelay: Number.POSITIVE_INFINITY })) {
      batch.push(JSON.parse(line) as T);
      if (batch.length < size) continue;
      yield batch;
      batch = [];
    }
    if (batch.length > 0) yield batch;
  }

  close(): void {
    closeSync(this.#handle);
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #flush(): void {
    if (this.#buffer !== "") writeSync(this.#handle, this.#buffer);
    this.#buffer = "";
  }
}
